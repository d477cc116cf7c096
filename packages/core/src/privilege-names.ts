/**
 * The 33 names that a request for a session cannot bring in by itself: each restricts or widens what a session may do,
 * so it has to come from the app token. With what each one does.
 */
export const RESERVED_PRIVILEGES = {
  edit: 'change and delete these entries of other users',
  sview: 'see these entries past access control that asks for a session',
  list: 'list entries of other users',
  download: 'download these entries or files',
  downloadasset: 'download these assets; the session ends on a multiple of 300 seconds',
  editplaylist: 'change the entries of this playlist',
  sviewplaylist: 'see the entries of this playlist past access control',
  actionslimit: 'only so many calls',
  setrole: 'this role in place of every other',
  restrictingrole: 'without the permissions of this role',
  limitentry: 'metadata and cue points of this entry only',
  iprestrict: 'only from these addresses',
  urirestrict: 'only these URIs',
  enableentitlement: 'entitlement is enforced',
  disableentitlement: 'entitlement is not enforced',
  disableentitlementforentry: 'entitlement is not enforced for these entries',
  disableentitlementforplaylist: 'entitlement is not enforced for the entries of this playlist',
  privacycontext: 'the context that entitlement is judged in',
  searchcontext: 'the context that searches are remembered under',
  enablecategorymoderation: 'new entries of categories wait for approval',
  enablecaptionmoderation: 'new captions wait for approval',
  reftime: 'the time that relative times count from',
  sessionkey: 'reads find what this session wrote',
  preview: 'so many bytes of each file',
  sessionid: 'the group that sessions are revoked by',
  apptoken: 'the app token that the session came from',
  jobtype: 'internal: the type of batch job',
  enablechangeaccount: 'switch to these accounts only',
  edituser: 'make these users owners of entries',
  editadmintags: 'write admin tags',
  restrictexplicitliveview: 'explicit live streams stay hidden',
  virtualeventid: 'the virtual event that actions are counted for',
  disablesessiontypecheck: 'access control does not look at the type of session',
} as const satisfies Record<string, string>

export type ReservedPrivilege = keyof typeof RESERVED_PRIVILEGES

const reservedNames: ReadonlySet<string> = new Set(Object.keys(RESERVED_PRIVILEGES))

export function isReservedPrivilege(name: string): name is ReservedPrivilege {
  return reservedNames.has(name)
}

/** Keys of a session's own fields, which travel among its privileges. */
const FIELD_KEYS: ReadonlySet<string> = new Set(['_e', '_t', '_u', '_m', '_d'])
const PRIVILEGE_NAME = /^[A-Za-z0-9_-]+$/

/** Would be read back as a session's expiry, type, user, master partner or additional data. */
export function isFieldKey(name: string): boolean {
  return FIELD_KEYS.has(name)
}

/**
 * Whether a privilege of this name is read back as it was written. Other characters are renamed on reading (`.m` comes
 * back as `_m`, the master partner) or break the reader.
 */
export function isPrivilegeName(name: string): boolean {
  return PRIVILEGE_NAME.test(name) && !FIELD_KEYS.has(name)
}

const GRANTING: ReadonlySet<string> = new Set([
  'edit',
  'sview',
  'list',
  'download',
  'downloadasset',
  'editplaylist',
  'sviewplaylist',
  'edituser',
  'editadmintags',
  'caption',
])

/** Whether its values are what it gives, so that `*` among them means every value, whatever stands beside it. */
export function isGrantingPrivilege(name: string): boolean {
  return GRANTING.has(name)
}
