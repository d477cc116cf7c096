import type { Fingerprint } from '@latchkey/core'

/** Those whose digest begins as what was printed does; whole ones first. Capitals count, since they are a mistake. */
export function fingerprintMatches(rows: readonly Fingerprint[], printed: string): readonly Fingerprint[] {
  const text = printed.trim()
  if (text === '') return rows
  const whole = rows.filter(({ digest }) => digest.trim() === text)
  return whole.length > 0 ? whole : rows.filter(({ digest }) => digest.startsWith(text))
}

/** One line each, separated by tabs, as spreadsheets take it. */
export function tableText(rows: readonly Fingerprint[]): string {
  return ['digest\tcause\twhat was done', ...rows.map(({ digest, cause, did }) => `${digest}\t${cause}\t${did}`)].join(
    '\n',
  )
}
