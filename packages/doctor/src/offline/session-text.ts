import {
  type CauseId,
  describeSessionText,
  type EpochSeconds,
  LatchkeyError,
  type MalformedReason,
  type Primitives,
  readSessionHeader,
  type SessionHeader,
} from '@latchkey/core'
import { isMasked, isPlaceholder, isReference } from './read/masked.ts'

/** What a session string of version 1 says in clear. Nothing of it is proven. */
export interface ClearFields {
  readonly expiresAt?: EpochSeconds | undefined
  readonly type?: number | undefined
  readonly userId: string
  readonly privileges: string
}

/** What is wrong with a session string as a text. */
export interface SessionDamage {
  readonly cause: CauseId
  /** Lengths and edges, never the text. */
  readonly saw: string
  /** It is read all the same, and only a hash over it is spoilt. */
  readonly isStillRead: boolean
}

export interface SessionLook {
  /** A mask, or a reference that the server fills in: nothing can be said. */
  readonly isOpaque: boolean
  readonly header?: SessionHeader | undefined
  /** Of version 1. */
  readonly clear?: ClearFields | undefined
  readonly damage?: SessionDamage | undefined
}

/** Looks at a session string without any secret. */
export function lookAtSession(primitives: Primitives, text: string): SessionLook {
  if (text === '' || isMasked(text) || isReference(text)) return { isOpaque: true }
  const header = headerOf(primitives, text)
  const damage = damageOf(primitives, text, header)
  // Where the edges are all that is wrong, what is inside is worth a look.
  const inner = header instanceof LatchkeyError ? headerOf(primitives, bare(text)) : header
  if (inner instanceof LatchkeyError) return { isOpaque: false, damage }
  return {
    isOpaque: false,
    header: inner,
    clear: inner.version === 1 ? clearFields(primitives, inner) : undefined,
    damage,
  }
}

function headerOf(primitives: Primitives, text: string): SessionHeader | LatchkeyError {
  try {
    return readSessionHeader(primitives, text)
  } catch (error) {
    if (error instanceof LatchkeyError) return error
    throw error
  }
}

const QUOTES = /["'`\u201c\u201d\u2018\u2019]/

function bare(text: string): string {
  return text.replace(/^[\s"'`\u201c\u2018\ufeff]{1,4}/, '').replace(/[\s"'`\u201d\u2019]{1,4}$/, '')
}

function clearFields(primitives: Primitives, header: SessionHeader): ClearFields {
  const text = primitives.decodeUtf8(header.exposeBody())
  const fields = text.slice(text.indexOf('|') + 1).split(';', FIELDS)
  const number = (index: number) => {
    const value = Number(fields[index] === '' ? Number.NaN : fields[index])
    return Number.isFinite(value) ? Math.ceil(value) : undefined
  }
  return { expiresAt: number(2), type: number(3), userId: fields[5] ?? '', privileges: fields[6] ?? '' }
}

const FIELDS = 9
/** Widths that columns and variables have. */
const ROUND = new Set([50, 64, 100, 120, 127, 128, 150, 200, 250, 254, 255, 256, 300, 400, 500, 511, 512, 1000, 1024])

function damageOf(
  primitives: Primitives,
  text: string,
  header: SessionHeader | LatchkeyError,
): SessionDamage | undefined {
  const shown = describeSessionText(text)
  const broken = (cause: CauseId, saw: string): SessionDamage => ({ cause, saw, isStillRead: false })
  if (isPlaceholder(text))
    return broken('hash-placeholder', `ks is a word for nothing or a template that nobody filled (${shown})`)
  if (/^\s*[<{]/.test(text)) return broken('session-is-whole-response', `ks begins with ${text.trim()[0]}: ${shown}`)
  if (text.startsWith('\ufeff'))
    return broken('hash-bom', `a byte order mark stands before the session string: ${shown}`)
  const [first = '', last = ''] = [text.trim()[0], text.trim().at(-1)]
  if (QUOTES.test(first) || QUOTES.test(last)) return broken('session-quoted', `there is a quote at its edge: ${shown}`)
  if (/%[0-9a-f]{2}/i.test(text)) {
    return broken(
      'session-url-mangled',
      `there are percent signs in it: it was encoded once too often, or not decoded: ${shown}`,
    )
  }
  if (/\S[ \t]+\S/.test(text)) return blanksInside(primitives, text, shown)
  if (!(header instanceof LatchkeyError)) {
    if (text === text.trim() && !/\s/.test(text)) return undefined
    const saw = `there is white space in it: ${shown}, ${text.replaceAll(/\s/g, '').length} without`
    return { cause: 'hash-whitespace-in-session', saw, isStillRead: true }
  }
  return unreadable(primitives, text, shown, reasonOf(header))
}

function reasonOf(error: LatchkeyError): MalformedReason | undefined {
  const { details } = error
  return 'reason' in details ? REASONS.find((reason) => reason === details.reason) : undefined
}

const REASONS: readonly MalformedReason[] = [
  'not-base64',
  'no-separator',
  'too-few-fields',
  'partner-not-a-number',
  'not-whole-blocks',
  'array-name',
]

function blanksInside(primitives: Primitives, text: string, shown: string): SessionDamage {
  const mended = headerOf(primitives, text.trim().replaceAll(' ', '+'))
  const proof = mended instanceof LatchkeyError ? '' : '; with plus signs in their place it can be read'
  return { cause: 'session-url-mangled', saw: `there are blanks inside it${proof}: ${shown}`, isStillRead: false }
}

function unreadable(
  primitives: Primitives,
  text: string,
  shown: string,
  reason: MalformedReason | undefined,
): SessionDamage {
  const { length } = text
  const broken = (cause: CauseId, saw: string): SessionDamage => ({ cause, saw, isStillRead: false })
  if (/^[0-9a-f]+$/i.test(text) && [32, 40, 64, 128].includes(length)) {
    return broken(
      'session-not-sent',
      `ks has ${length} hex digits, as values and hashes have; a session string is none`,
    )
  }
  if (/^\d+_[0-9a-z]{8}$/.test(text)) return broken('session-not-sent', 'ks is an id, and no session string')
  const cutBy = ROUND.has(length) ? `, and ${length} is a width that columns have` : ''
  // Base64 in groups of four: one letter too many can only be the rest of a group.
  if (text.startsWith('djJ8') || reason === 'not-whole-blocks') {
    const blocks = blocksOf(primitives, text)
    const rest =
      blocks === undefined
        ? ''
        : blocks === 1
          ? '; 1 byte of it is no whole block of 16'
          : `; ${blocks} bytes of it are no whole blocks of 16`
    return broken(
      'session-truncated',
      `it begins like a session string of version 2 and is not whole${rest}${cutBy}: ${shown}`,
    )
  }
  if (startsLikeVersion1(primitives, text)) {
    return broken(
      'session-truncated',
      `it begins like a session string of version 1 and is not whole${cutBy}: ${shown}`,
    )
  }
  return broken('session-url-mangled', `it does not decode to two parts with a bar between: ${shown}${cutBy}`)
}

function decodedStart(primitives: Primitives, text: string): Uint8Array | undefined {
  const whole = text.replaceAll(/[^A-Za-z0-9+/_-]/g, '')
  return primitives.decodeBase64Url(whole.slice(0, whole.length - (whole.length % 4)))
}

function blocksOf(primitives: Primitives, text: string): number | undefined {
  const bytes = decodedStart(primitives, text)
  const bar = bytes?.indexOf(0x7c, 3) ?? -1
  return bytes === undefined || bar < 0 ? undefined : bytes.length - bar - 1
}

function startsLikeVersion1(primitives: Primitives, text: string): boolean {
  const bytes = decodedStart(primitives, text)
  return bytes !== undefined && /^[0-9a-f]{16,40}/.test(primitives.decodeUtf8(bytes.subarray(0, 41)))
}
