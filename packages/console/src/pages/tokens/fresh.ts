import { signal } from '@preact/signals'
import { draft, secretDraft } from '../../app/kept.ts'
import { go } from '../../app/router.ts'
import type { Made } from '../../connection/call.ts'
import { served, serviceUrl } from '../../connection/connection.ts'
import { isObject, textOf } from '../../connection/json.ts'
import type { ChangeEnd } from '../../connection/run-change.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import type { Handover } from './handover.ts'
import type { Token } from './token.ts'

/** A value that has just been made, in full view until its page is left. In memory only. */
export interface Fresh {
  readonly id: string
  readonly value: string
  readonly why: 'made' | 'rotated'
  /** What was to be done besides, and was refused. */
  readonly stopped?: ChangeEnd | undefined
}

export const fresh = signal<Fresh | undefined>(undefined)

/** Asks for the value of one token, because somebody wants it. */
export async function fetchValue(id: string): Promise<string | Made> {
  const made = await callSignedIn({
    service: 'appToken',
    action: 'get',
    params: { id, responseProfile: { objectType: 'KalturaDetachedResponseProfile', type: 1, fields: 'id,token' } },
  })
  const value = made.outcome.kind === 'result' && isObject(made.outcome.value) ? textOf(made.outcome.value.token) : ''
  return value === '' ? made : value
}

/** Fills the second step of the workflow with a token, and goes there. */
export function takeToWorkflow({ id, partnerId, hashType }: Token, value: string): void {
  draft('partner', String(served?.partnerId ?? '')).value = String(partnerId)
  draft('workflow.tokenId').value = id
  secretDraft('workflow.tokenValue').value = value
  draft('workflow.hashType', 'SHA256').value = hashType
  go('')
}

export function handoverOf({ id, partnerId, hashType, description, expiresAt }: Token, value: string): Handover {
  return { serviceUrl: serviceUrl.value, partnerId, id, value, hashType, description, expiresAt }
}
