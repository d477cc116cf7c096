import type { JournalLine, PartnerStatus, PermissionRecord, Revocation, Role, UserStatus } from '@latchkey/authority'
import type { AppTokenStatus, HashType } from '@latchkey/core'
import type { Generated } from 'kysely'

// What both engines hold. Times are seconds since the epoch, a flag is 0 or 1, lists are JSON text, and whatever is
// named "sealed" in a comment is ciphertext as sealing.ts makes it. `null` stands for absent here and nowhere else.

export type Flag = 0 | 1

export interface StoreInfoTable {
  /** `schema`: the number of the last migration; `data_key`: the wrapped key that seals secrets. */
  name: string
  value: string
}

/** Where new ids come from, alike on both engines and never given twice. */
export interface SequenceTable {
  name: string
  last: number
}

export interface PartnerTable {
  id: number
  name: string
  status: PartnerStatus
  /** Sealed. */
  admin_secret: string
  /** Sealed JSON list. */
  additional_admin_secrets: string
  /** Sealed. */
  user_secret: string
  session_version: 1 | 2
  max_session_seconds: number
  is_https_only: Flag
  features: string
  rules: string | null
  created_at: number
  updated_at: number
}

export interface UserTable {
  partner_id: number
  id: string
  status: UserStatus
  is_admin: Flag
  role_ids: string
  screen_name: string | null
  full_name: string | null
  first_name: string | null
  last_name: string | null
  email: string | null
  description: string | null
  tags: string | null
  partner_data: string | null
  created_at: number
  updated_at: number
}

export interface AppTokenTable {
  id: string
  partner_id: number
  /** Sealed. */
  value: string
  status: AppTokenStatus
  expires_at: number | null
  session_type: number | null
  session_user_id: string | null
  session_seconds: number
  session_privileges: string | null
  hash_type: HashType
  description: string | null
  /** Sealed. */
  previous_value: string | null
  previous_until: number | null
  rotated_at: number | null
  labels: string | null
  note: string | null
  addresses: string | null
  starts_per_minute: number | null
  created_at: number
  updated_at: number
}

export interface RoleTable {
  id: number
  partner_id: number
  name: string
  system_name: string | null
  description: string | null
  status: Role['status']
  permission_names: string
  tags: string | null
  created_at: number
  updated_at: number
}

export interface PermissionTable {
  id: number
  partner_id: number
  type: PermissionRecord['type']
  name: string
  friendly_name: string | null
  description: string | null
  status: PermissionRecord['status']
  depends_on: string
  item_ids: string
  tags: string | null
  created_at: number
  updated_at: number
}

export interface WidgetTable {
  id: string
  partner_id: number
  entry_id: string | null
  ui_conf_id: number | null
  security_type: number | null
  enforce_entitlement: Flag
  privacy_context: string | null
  roles: string | null
  privileges: string | null
  created_at: number
  updated_at: number
}

export interface EntryTable {
  id: string
  partner_id: number
  owner_id: string | null
  creator_id: string | null
  co_editors: string
  name: string
  description: string | null
  tags: string | null
  admin_tags: string | null
  reference_id: string | null
  media_type: number
  duration_seconds: number
  status: number
  created_at: number
  updated_at: number
}

export interface EntryCategoryTable {
  entry_id: string
  category_id: number
  /** Keeps the order in which the entry names its categories. */
  place: number
}

export interface CategoryTable {
  id: number
  partner_id: number
  parent_id: number | null
  name: string
  full_name: string
  description: string | null
  tags: string | null
  owner_id: string | null
  privacy_context: string | null
  reference_id: string | null
  created_at: number
  updated_at: number
}

export interface RevocationTable {
  key: string
  kind: Revocation['kind']
  valid_until: number | null
  created_at: number
}

export interface CallCounterTable {
  key: string
  remaining: number
  valid_until: number
}

/** On PostgreSQL only: beside the embedded database the journal is files. */
export interface JournalTable {
  /** In the order of writing. */
  id: Generated<number>
  at: number
  partner_id: number
  request_id: string
  door: JournalLine['door']
  action: string
  outcome: JournalLine['outcome']
  token_id: string | null
  actor: string | null
  cause: string | null
  code: string | null
  object: string | null
  address: string | null
  client: string | null
  value: 'current' | 'previous' | null
}

/** Allowed calls of an app token's sessions, added up. */
export interface TokenUsageTable {
  partner_id: number
  token_id: string
  calls: number
  last_call_at: number
}

export interface Database {
  store_info: StoreInfoTable
  sequences: SequenceTable
  partners: PartnerTable
  users: UserTable
  app_tokens: AppTokenTable
  roles: RoleTable
  permissions: PermissionTable
  widgets: WidgetTable
  entries: EntryTable
  entry_categories: EntryCategoryTable
  categories: CategoryTable
  revocations: RevocationTable
  call_counters: CallCounterTable
  journal: JournalTable
  token_usage: TokenUsageTable
}
