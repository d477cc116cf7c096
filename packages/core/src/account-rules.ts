/** What an account has of its own in the place of what all accounts start with; what is absent is as everywhere. */
export interface AccountRules {
  /** Role of widget sessions. */
  readonly widgetRoleId?: number | undefined
  /** Roles of USER sessions, taken together. */
  readonly userRoleIds?: readonly number[] | undefined
  /** Role of ADMIN sessions. */
  readonly adminRoleId?: number | undefined
  /** Role of every session, whatever it names and whoever its user is. */
  readonly secondaryRoleId?: number | undefined
  /** Patterns of `service.action`; in force as action-blocks.ts says. */
  readonly blockedActions?: readonly string[] | undefined
  /** Permissions that every call holds, in the place of `ALWAYS_ALLOWED_ACTIONS`. */
  readonly alwaysAllowed?: readonly string[] | undefined
}
