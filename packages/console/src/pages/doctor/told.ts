import { type HASH_TYPES, type HashType, Secret } from '@latchkey/core'
import type { Pasted, Told } from '@latchkey/doctor'

/** The form of the probes, as it was typed. */
export interface ProbeFields {
  readonly partnerId: string
  readonly tokenId: string
  readonly tokenValue: string
  /** Empty where nobody knows: then all are tried. */
  readonly hashType: string
  readonly wanted: string
  readonly receivedHash: string
  readonly sentSession: string
  readonly otherSession: string
  readonly widgetId: string
  readonly userId: string
  readonly type: string
  readonly expiry: string
  readonly privileges: string
}

export type WrongFields = Readonly<Partial<Record<keyof ProbeFields, string>>>

export type ReadFields =
  | { readonly ok: true; readonly told: Told }
  | { readonly ok: false; readonly wrong: WrongFields }

const HASH_TYPES_KNOWN: readonly HashType[] = ['MD5', 'SHA1', 'SHA256', 'SHA512'] satisfies (keyof typeof HASH_TYPES)[]
const ACTION = /^[A-Za-z]\w{0,99}\.[A-Za-z]\w{0,99}$/
const MOST_WANTED = 100

/**
 * Reads the form. What was pasted fills what was left empty, and goes along.
 *
 * @param serviceUrl already judged
 */
export function readProbeFields(fields: ProbeFields, serviceUrl: string, pasted?: Pasted | undefined): ReadFields {
  const partnerId = whole(fields.partnerId)
  const wanted = fields.wanted.split(/[\s,;]+/).filter((name) => name !== '')
  const odd = wanted.find((name) => !ACTION.test(name))
  const hasLogin = fields.tokenId.trim() !== '' || fields.tokenValue.trim() !== ''
  const type = whole(fields.type)
  const expiry = whole(fields.expiry)
  const wrong: WrongFields = {
    ...(Number.isNaN(partnerId) && { partnerId: 'A partner id is a whole number, such as 4242' }),
    ...(hasLogin && partnerId === undefined && { partnerId: 'The login needs the id of the account that it is for' }),
    ...(hasLogin && fields.tokenId.trim() === '' && { tokenId: 'The login needs the id of the app token as well' }),
    ...(hasLogin && fields.tokenValue.trim() === '' && { tokenValue: 'The login needs the value of the app token' }),
    ...(odd !== undefined && { wanted: `“${odd.slice(0, 60)}” is no action; media.list is one` }),
    ...(wanted.length > MOST_WANTED && {
      wanted: `These are ${wanted.length} actions; up to ${MOST_WANTED} are asked`,
    }),
    ...(Number.isNaN(type) && { type: 'A session type is a number: 0 is USER, 2 is ADMIN' }),
    ...(Number.isNaN(expiry) && { expiry: 'A duration is a whole number of seconds' }),
  }
  if (Object.keys(wrong).length > 0) return { ok: false, wrong }
  const told: Told = {
    serviceUrl,
    partnerId,
    widgetId: textOf(fields.widgetId),
    tokenId: textOf(fields.tokenId),
    // As it was typed: a blank at its end may be the very mistake.
    tokenValue: secretOf(fields.tokenValue),
    hashType: HASH_TYPES_KNOWN.find((known) => known === fields.hashType),
    userId: textOf(fields.userId),
    type,
    expiry,
    privileges: textOf(fields.privileges),
    wanted: [...new Set(wanted)],
    receivedHash: secretOf(fields.receivedHash) ?? pasted?.login?.receivedHash,
    sentSession: secretOf(fields.sentSession) ?? pasted?.login?.sentSession,
    otherSessions: fields.otherSession === '' ? [] : [new Secret(fields.otherSession)],
    record: pasted?.record,
  }
  return { ok: true, told }
}

/** @returns NaN for what is there and no whole number */
function whole(text: string): number | undefined {
  const bare = text.trim()
  if (bare === '') return undefined
  return /^\d{1,15}$/.test(bare) ? Number(bare) : Number.NaN
}

function textOf(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim()
}

function secretOf(text: string): Secret | undefined {
  return text.trim() === '' ? undefined : new Secret(text)
}
