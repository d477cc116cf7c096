import { AFTERWARDS_CAUSES } from './afterwards.ts'
import type { CauseText } from './cause.ts'
import { FLOW_CAUSES } from './flow.ts'
import { HASH_CAUSES } from './hash.ts'
import { MACHINE_CAUSES } from './machine.ts'
import { OAUTH2_CAUSES } from './oauth2.ts'
import { PERMISSION_CAUSES } from './permission.ts'
import { PRIVILEGE_SETTING_CAUSES } from './privilege-settings.ts'
import { TOKEN_CAUSES } from './token.ts'
import { TOKEN_SETTING_CAUSES } from './token-settings.ts'
import { TRANSPORT_CAUSES } from './transport.ts'

/** Every cause that a refusal or a finding names. Ids are part of the API: some are added, none is renamed. */
export const CAUSES = {
  ...FLOW_CAUSES,
  ...HASH_CAUSES,
  ...TOKEN_CAUSES,
  ...TOKEN_SETTING_CAUSES,
  ...PERMISSION_CAUSES,
  ...PRIVILEGE_SETTING_CAUSES,
  ...TRANSPORT_CAUSES,
  ...OAUTH2_CAUSES,
  ...AFTERWARDS_CAUSES,
  ...MACHINE_CAUSES,
} as const satisfies Record<string, CauseText>

export type CauseId = keyof typeof CAUSES

/** Where a person reads on. */
export function docsOf(id: CauseId): string {
  return `docs/reference/causes.md#${id}`
}
