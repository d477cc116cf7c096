import { draft, secretDraft } from '../../app/kept.ts'
import { served } from '../../connection/connection.ts'
import type { PasteFill } from './reading.ts'
import type { ProbeFields } from './told.ts'

/** What is typed on this page. The login's own parts are those of the workflow: it is the same app token. */
export const fields = {
  partnerId: draft('partner', String(served?.partnerId ?? '')),
  tokenId: draft('workflow.tokenId'),
  tokenValue: secretDraft('workflow.tokenValue'),
  // Of its own, since here it may be left open.
  hashType: draft('doctor.hashType'),
  wanted: draft('doctor.wanted'),
  receivedHash: secretDraft('doctor.receivedHash'),
  sentSession: secretDraft('doctor.sentSession'),
  otherSession: secretDraft('doctor.otherSession'),
  widgetId: draft('doctor.widgetId'),
  userId: draft('doctor.userId'),
  type: draft('doctor.type'),
  expiry: draft('doctor.expiry'),
  privileges: draft('doctor.privileges'),
} as const

/** What was pasted or came out of a file; of any kind, so that it is kept as a secret is. */
export const pasteText = secretDraft('doctor.paste')

export function typedFields(): ProbeFields {
  return {
    partnerId: fields.partnerId.value,
    tokenId: fields.tokenId.value,
    tokenValue: fields.tokenValue.value,
    hashType: fields.hashType.value,
    wanted: fields.wanted.value,
    receivedHash: fields.receivedHash.value,
    sentSession: fields.sentSession.value,
    otherSession: fields.otherSession.value,
    widgetId: fields.widgetId.value,
    userId: fields.userId.value,
    type: fields.type.value,
    expiry: fields.expiry.value,
    privileges: fields.privileges.value,
  }
}

const FILL_NAMES = {
  partnerId: 'partner id',
  tokenId: 'token id',
  tokenValue: 'token value',
  hashType: 'hash type',
  receivedHash: 'hash of your tool',
  sentSession: 'session of your tool',
} as const satisfies Record<keyof PasteFill, string>

const FILL_KEYS = ['partnerId', 'tokenId', 'tokenValue', 'hashType', 'receivedHash', 'sentSession'] as const

/** The names of what a paste would fill in, for a person. */
export function namesOfFill(fill: PasteFill): readonly string[] {
  return FILL_KEYS.filter((name) => fill[name] !== '').map((name) => FILL_NAMES[name])
}

export function fillIn(fill: PasteFill): void {
  for (const name of FILL_KEYS) if (fill[name] !== '') fields[name].value = fill[name]
}
