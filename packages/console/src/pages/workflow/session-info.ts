import { isObject, numberOf, objectsOf, textOf } from '../../connection/json.ts'

/** What `appToken.startSession` answers. */
export interface SessionInfo {
  readonly ks: string
  readonly type: 'USER' | 'ADMIN'
  readonly userId: string
  /** Epoch seconds of the server. */
  readonly expiresAt: number | undefined
  readonly privileges: readonly string[]
  /** Asked for and left out; only a Latchkey says so. */
  readonly dropped: readonly { readonly privilege: string; readonly text: string }[]
  readonly warnings: readonly string[]
}

export function parseSessionInfo(value: unknown): SessionInfo | undefined {
  if (!isObject(value) || typeof value.ks !== 'string' || value.ks === '') return undefined
  return {
    ks: value.ks,
    type: numberOf(value.sessionType) === 2 ? 'ADMIN' : 'USER',
    userId: textOf(value.userId),
    expiresAt: numberOf(value.expiry),
    privileges: privilegesIn(textOf(value.privileges)),
    dropped: objectsOf(value.dropped).map(({ privilege, text }) => ({
      privilege: textOf(privilege),
      text: textOf(text),
    })),
    warnings: objectsOf(value.warnings).map(({ text }) => textOf(text)),
  }
}

/** The same out of the answer's body, as it is kept over a reload. */
export function parseSessionAnswer(body: string): SessionInfo | undefined {
  if (body === '') return undefined
  try {
    return parseSessionInfo(JSON.parse(body))
  } catch {
    return undefined
  }
}

/** Privileges of a text, as they are written: with commas between them. */
export function privilegesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Asked for, but not among what was granted: for servers that do not say it themselves. */
export function missingFrom(asked: readonly string[], granted: readonly string[]): readonly string[] {
  return asked.filter((item) => !granted.includes(item))
}
