import type { SeenSetting } from '../seen.ts'

const SETTING = /^[ \t]*(?:export[ \t]+|set[ \t]+|\$env:)?([A-Z][A-Z0-9_]{2,80})[ \t]*=[ \t]*(.{0,8000})$/
const COMMENT = /^[ \t]*(?:#|;|\/\/|$)/
const MOST_LINES = 5_000

/** Reads an `.env`; `undefined` where one line is neither a setting nor a comment, or there is no setting at all. */
export function readSettings(lines: readonly string[], firstLine: number): readonly SeenSetting[] | undefined {
  const settings: SeenSetting[] = []
  for (const [at, line] of lines.slice(0, MOST_LINES).entries()) {
    if (COMMENT.test(line)) continue
    const match = SETTING.exec(line)
    if (match === null) return undefined
    settings.push({ where: `line ${firstLine + at}`, name: match[1] ?? '', value: unquoted(match[2] ?? '') })
  }
  return settings.length > 0 ? settings : undefined
}

/** What a shell would see. A blank at the end stays where quotes hold it. */
function unquoted(text: string): string {
  const trimmed = text.trim()
  const quote = trimmed[0]
  if ((quote === '"' || quote === "'") && trimmed.length > 1 && trimmed.endsWith(quote)) return trimmed.slice(1, -1)
  return trimmed
}
