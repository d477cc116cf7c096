import type { AccountRules, AppToken, EpochSeconds, Secret } from '@latchkey/core'
import type { Journal } from './journal-port.ts'

/** 0 deleted, 1 active, 2 content blocked, 3 fully blocked, 4 read-only. Only 1 and 4 may call the API. */
export type PartnerStatus = 0 | 1 | 2 | 3 | 4

export interface Partner {
  readonly id: number
  readonly name: string
  readonly status: PartnerStatus
  /** Signs every session that is issued; the first that is tried when one is read. */
  readonly adminSecret: Secret
  /** Tried after the first one when a session is read; for rotation. */
  readonly additionalAdminSecrets: readonly Secret[]
  /** A password for `session.start` of a USER session; signs nothing. */
  readonly userSecret: Secret
  readonly sessionVersion: 1 | 2
  readonly maxSessionSeconds: number
  readonly isHttpsOnly: boolean
  /** Names of plugin and special-feature permissions switched on, such as `METADATA_PLUGIN_PERMISSION`. */
  readonly features: readonly string[]
  /** What the account has of its own in the place of what all accounts start with; absent for nearly all. */
  readonly rules?: AccountRules | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

/** 0 blocked, 1 active, 2 deleted. */
export type UserStatus = 0 | 1 | 2

export interface User {
  readonly partnerId: number
  /** The account's own id of the user; case matters. */
  readonly id: string
  readonly status: UserStatus
  readonly isAdmin: boolean
  readonly roleIds: readonly number[]
  readonly screenName?: string | undefined
  readonly fullName?: string | undefined
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly email?: string | undefined
  readonly description?: string | undefined
  readonly tags?: string | undefined
  readonly partnerData?: string | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export interface Role {
  readonly id: number
  readonly partnerId: number
  readonly name: string
  readonly systemName?: string | undefined
  readonly description?: string | undefined
  /** 1 active, 2 blocked (which has no effect), 3 deleted. */
  readonly status: 1 | 2 | 3
  readonly permissionNames: readonly string[]
  readonly tags?: string | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export interface PermissionRecord {
  readonly id: number
  readonly partnerId: number
  /** 1 normal, 2 special feature, 3 plugin, 4 partner group. */
  readonly type: 1 | 2 | 3 | 4
  readonly name: string
  readonly friendlyName?: string | undefined
  readonly description?: string | undefined
  readonly status: 1 | 2 | 3
  readonly dependsOn: readonly string[]
  readonly itemIds: readonly number[]
  readonly tags?: string | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export interface Widget {
  /** `_<partnerId>` for the one that every account is born with. */
  readonly id: string
  readonly partnerId: number
  readonly entryId?: string | undefined
  /** Of the player that shows it; only kept. */
  readonly uiConfId?: number | undefined
  /** 1 none, 2 time hash; only kept. */
  readonly securityType?: number | undefined
  readonly enforceEntitlement: boolean
  readonly privacyContext?: string | undefined
  readonly roles?: string | undefined
  readonly privileges?: string | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

/** Sample data of the sandbox, not a video platform. */
export interface Entry {
  readonly id: string
  readonly partnerId: number
  readonly ownerId?: string | undefined
  readonly creatorId?: string | undefined
  readonly coEditors: readonly string[]
  readonly name: string
  readonly description?: string | undefined
  readonly tags?: string | undefined
  readonly adminTags?: string | undefined
  readonly referenceId?: string | undefined
  readonly categoryIds: readonly number[]
  /** 1 video, 2 image, 5 audio. */
  readonly mediaType: number
  readonly durationSeconds: number
  /** 2 ready, 3 deleted, 7 no content. */
  readonly status: number
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export interface Category {
  readonly id: number
  readonly partnerId: number
  readonly parentId?: number | undefined
  readonly name: string
  /** Names from the root down, joined by `>`. */
  readonly fullName: string
  readonly description?: string | undefined
  readonly tags?: string | undefined
  readonly ownerId?: string | undefined
  readonly privacyContext?: string | undefined
  readonly referenceId?: string | undefined
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export interface Revocation {
  /** A session's fingerprint, or the group key of an app token's sessions. */
  readonly key: string
  /** `pause`: a group whose app token is paused; taken back when that is resumed. */
  readonly kind: 'session' | 'group' | 'pause'
  /** From then on the row no longer matters and may be purged; absent is never. */
  readonly validUntil?: EpochSeconds | undefined
  readonly createdAt: EpochSeconds
}

export interface Page {
  /** Rows to skip. */
  readonly offset: number
  /** At most 500. */
  readonly limit: number
}

/** Sorted by the first, ties by the next; the store always ends with the row's id, so that pages never overlap. */
export interface Order<Field extends string> {
  readonly field: Field
  readonly direction: 'ascending' | 'descending'
}

export interface Listed<T> {
  /** All rows that match, whatever the page. */
  readonly total: number
  readonly items: readonly T[]
}

export interface TimeRange {
  readonly from?: EpochSeconds | undefined
  readonly to?: EpochSeconds | undefined
}

export interface AppTokenFilter {
  readonly ids?: readonly string[] | undefined
  readonly statuses?: readonly AppToken['status'][] | undefined
  readonly sessionUserId?: string | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
}

export interface UserFilter {
  readonly ids?: readonly string[] | undefined
  readonly idOrScreenNameStartsWith?: string | undefined
  readonly statuses?: readonly UserStatus[] | undefined
  readonly isAdmin?: boolean | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
}

export interface EntryFilter {
  readonly ids?: readonly string[] | undefined
  readonly ownerIds?: readonly string[] | undefined
  readonly creatorIds?: readonly string[] | undefined
  readonly names?: readonly string[] | undefined
  readonly referenceIds?: readonly string[] | undefined
  readonly mediaTypes?: readonly number[] | undefined
  readonly statuses?: readonly number[] | undefined
  /** Entries in any of these categories. */
  readonly categoryIds?: readonly number[] | undefined
  readonly nameLike?: string | undefined
  /** Matches name, tags or description. */
  readonly freeText?: string | undefined
  readonly tagsLike?: string | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
  /** Only what entitlement lets this viewer see. */
  readonly visibleTo?: EntryViewer | undefined
}

/** Who looks at entries where entitlement is on. */
export interface EntryViewer {
  /** Sees what it owns or edits with others. */
  readonly userId?: string | undefined
  /** Sees the categories of this privacy context; those without one anybody sees. */
  readonly context?: string | undefined
  /** Entries that entitlement is lifted for. */
  readonly entryIds: readonly string[]
}

export interface CategoryFilter {
  readonly ids?: readonly number[] | undefined
  readonly parentIds?: readonly number[] | undefined
  readonly fullNameEqual?: string | undefined
  readonly fullNameStartsWith?: string | undefined
  readonly freeText?: string | undefined
  readonly createdAt?: TimeRange | undefined
  readonly updatedAt?: TimeRange | undefined
}

/** What is written in the same transaction as a change of an app token, or not at all. */
export interface AppTokenUpdate {
  /** Created where no living one has its id. */
  readonly user?: User | undefined
  readonly pause?: Revocation | undefined
  /** Key of a pause that is over. */
  readonly endPauseOf?: string | undefined
}

/**
 * What the use cases ask of a store. Reads never wait for a writer. A write resolves once it is on disk, is atomic, and
 * rejects with `STORE_UNAVAILABLE` when it did not happen. Every read is limited to the partner it names. `find` gives
 * the same object again until the row changes, so that callers may keep what they derive from it in a WeakMap.
 */
export interface Store {
  readonly partners: {
    find(id: number): Promise<Partner | undefined>
    list(): Promise<readonly Partner[]>
    /** Together with its default widget. @throws `ALREADY_EXISTS` */
    create(partner: Partner): Promise<void>
    /** False when there is no such partner. */
    update(id: number, change: Partial<Omit<Partner, 'id' | 'createdAt'>>): Promise<boolean>
  }
  readonly users: {
    /** Deleted users are not found. */
    find(partnerId: number, id: string): Promise<User | undefined>
    list(
      partnerId: number,
      filter: UserFilter,
      order: readonly Order<'id' | 'createdAt' | 'updatedAt'>[],
      page: Page,
    ): Promise<Listed<User>>
    /**
     * Takes the place of a deleted user of that id. False when a living one has it.
     * @param ownRoleIds roles of the account that must be there when it is written. @throws `USER_ROLE_UNKNOWN`
     */
    create(user: User, ownRoleIds?: readonly number[]): Promise<boolean>
    /** As create. */
    update(
      partnerId: number,
      id: string,
      change: Partial<Omit<User, 'partnerId' | 'createdAt'>>,
      ownRoleIds?: readonly number[],
    ): Promise<boolean>
    /** The user, its app tokens and these revocations, all or nothing. False when there is no such living user. */
    delete(
      partnerId: number,
      id: string,
      now: EpochSeconds,
      revocationsOf: (tokenIds: readonly string[]) => readonly Revocation[],
    ): Promise<boolean>
  }
  readonly appTokens: {
    /** Deleted tokens are not found. */
    find(partnerId: number, id: string): Promise<AppToken | undefined>
    /** The account that an id was given to, for whoever has nothing but the id; that never changes. Also of deleted tokens. */
    partnerOf(id: string): Promise<number | undefined>
    list(
      partnerId: number,
      filter: AppTokenFilter,
      order: readonly Order<'createdAt' | 'updatedAt'>[],
      page: Page,
    ): Promise<Listed<AppToken>>
    /** With `user`, creates that user too where no living one has its id. False when the token's id is taken. */
    create(token: AppToken, user?: User): Promise<boolean>
    update(
      partnerId: number,
      id: string,
      change: Partial<Omit<AppToken, 'id' | 'partnerId' | 'createdAt'>>,
      together?: AppTokenUpdate,
    ): Promise<boolean>
    /** Marks it deleted and writes the revocation, all or nothing. False when there is no such living token. */
    delete(partnerId: number, id: string, now: EpochSeconds, revocation: Revocation): Promise<boolean>
  }
  readonly roles: {
    /** Deleted roles are not found. Partner 0's are data of core, not rows. */
    find(partnerId: number, id: number): Promise<Role | undefined>
    findByName(partnerId: number, name: string): Promise<Role | undefined>
    findBySystemName(partnerId: number, systemName: string): Promise<Role | undefined>
    list(partnerId: number): Promise<readonly Role[]>
    /**
     * The store gives the id.
     * @throws `ROLE_NAME_TAKEN`, `ROLE_SYSTEM_NAME_TAKEN` by a living role of the partner, also by one that came meanwhile
     */
    create(role: Omit<Role, 'id'>): Promise<Role>
    /** @throws `ROLE_NAME_TAKEN`, `ROLE_SYSTEM_NAME_TAKEN` */
    update(
      partnerId: number,
      id: number,
      change: Partial<Omit<Role, 'id' | 'partnerId' | 'createdAt'>>,
    ): Promise<boolean>
    /** False when there is no such living role. @throws `ROLE_IN_USE` while a living user has it */
    delete(partnerId: number, id: number, now: EpochSeconds): Promise<boolean>
  }
  readonly permissions: {
    find(partnerId: number, name: string): Promise<PermissionRecord | undefined>
    /** By id. The same array again until one of them changes: every decision asks for it. */
    list(partnerId: number): Promise<readonly PermissionRecord[]>
    /** Undefined when a living one has that name. */
    create(permission: Omit<PermissionRecord, 'id'>): Promise<PermissionRecord | undefined>
    update(
      partnerId: number,
      id: number,
      change: Partial<Omit<PermissionRecord, 'id' | 'partnerId' | 'createdAt'>>,
    ): Promise<boolean>
  }
  readonly widgets: {
    find(id: string): Promise<Widget | undefined>
    list(partnerId: number): Promise<readonly Widget[]>
    create(widget: Widget): Promise<boolean>
  }
  readonly revocations: {
    /** Which of these keys are revoked at that time. */
    find(keys: readonly string[], now: EpochSeconds): Promise<readonly Revocation[]>
    /** A key that is revoked already keeps the later of the two ends. */
    add(revocations: readonly Revocation[]): Promise<void>
    /**
     * Takes one call off the counter of a limited session, which starts at `limit`. False when none was left. Exact
     * under concurrency.
     */
    takeCall(key: string, limit: number, validUntil: EpochSeconds): Promise<boolean>
    /** Whether {@link takeCall} would find one now. Takes none. */
    hasCallLeft(key: string, limit: number): Promise<boolean>
    /** Deletes rows and counters whose end has passed. Returns how many. */
    purge(now: EpochSeconds): Promise<number>
  }
  readonly entries: {
    find(partnerId: number, id: string): Promise<Entry | undefined>
    list(
      partnerId: number,
      filter: EntryFilter,
      order: readonly Order<'name' | 'createdAt' | 'updatedAt' | 'durationSeconds'>[],
      page: Page,
    ): Promise<Listed<Entry>>
    create(entries: readonly Entry[]): Promise<boolean>
    update(
      partnerId: number,
      id: string,
      change: Partial<Omit<Entry, 'id' | 'partnerId' | 'createdAt'>>,
    ): Promise<boolean>
  }
  readonly categories: {
    find(partnerId: number, id: number): Promise<Category | undefined>
    list(
      partnerId: number,
      filter: CategoryFilter,
      order: readonly Order<'name' | 'fullName' | 'createdAt' | 'updatedAt'>[],
      page: Page,
    ): Promise<Listed<Category>>
    /** The store gives the id. @throws `ALREADY_EXISTS` where a category has that full name */
    create(category: Omit<Category, 'id'>): Promise<Category>
    /**
     * Renaming carries through to the full names below, in the same transaction. False when there is none, or when
     * another one has that full name.
     */
    update(
      partnerId: number,
      id: number,
      change: Partial<Omit<Category, 'id' | 'partnerId' | 'createdAt'>>,
    ): Promise<boolean>
    /** With all categories below it; entries leave them. False when there is none. */
    delete(partnerId: number, id: number): Promise<boolean>
  }
  readonly journal: Journal
  /** Resolves when the store answers and its schema is the one this program knows. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Seconds since the epoch. Tests set it. */
export type Clock = () => EpochSeconds
