// Made by scripts/client-actions.ts of the registry of actions; do not edit.

/** Every action that has types, with its parameters and its answer. */
export interface Actions {
  readonly session: {
    /** Starts a session with a secret of the account. */
    readonly start: {
      readonly params: {
        /** Admin secret, or for a USER session the user secret. */
        readonly secret: string
        /** User of the session; need not exist. */
        readonly userId?: string | undefined
        /** 0 USER, 2 ADMIN. */
        readonly type?: KalturaSessionType | undefined
        /** Whose secret it is. */
        readonly partnerId?: number | undefined
        /** Life in seconds, cut to the longest of the account. */
        readonly expiry?: number | undefined
        /** Privileges to write into it. */
        readonly privileges?: string | undefined
      }
      readonly result: string
    }
    /** Starts an unprivileged session, for anybody. */
    readonly startWidgetSession: {
      readonly params: {
        /** Underscore and partner id. */
        readonly widgetId: string
        /** Life in seconds, cut to the longest of the account. */
        readonly expiry?: number | undefined
      }
      readonly result: KalturaStartWidgetSessionResponse
    }
    /** Tells what a session string says; it may have expired. */
    readonly get: {
      readonly params: {
        /** Session string to look at; the one of the call where it is empty. */
        readonly session?: string | undefined
      }
      readonly result: KalturaSessionInfo
    }
    /** Ends the session of the call. */
    readonly end: {
      readonly params: {}
      readonly result: null
    }
    /** Starts a session of another account that the one with the secret may act for. */
    readonly impersonate: {
      readonly params: {
        /** Admin secret, or for a USER session the user secret. */
        readonly secret: string
        /** Account to act for. */
        readonly impersonatedPartnerId: number
        /** User of the session; need not exist. */
        readonly userId?: string | undefined
        /** 0 USER, 2 ADMIN. */
        readonly type?: KalturaSessionType | undefined
        /** Whose secret it is. */
        readonly partnerId?: number | undefined
        /** Life in seconds, cut to the longest of the account. */
        readonly expiry?: number | undefined
        /** Privileges to write into it. */
        readonly privileges?: string | undefined
      }
      readonly result: string
    }
  }
  readonly appToken: {
    /** Makes an app token and answers with its value. */
    readonly add: {
      readonly params: {
        /** Settings of its sessions. */
        readonly appToken: KalturaAppTokenInput
      }
      readonly result: KalturaAppToken
    }
    /** Reads an app token. */
    readonly get: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
      }
      readonly result: KalturaAppToken
    }
    /** Lists the app tokens of the account. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaAppTokenFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaAppTokenListResponse
    }
    /** Changes an app token. */
    readonly update: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
        /** What changes; running sessions keep what they have. */
        readonly appToken: KalturaAppTokenInput
      }
      readonly result: KalturaAppToken
    }
    /** Deletes an app token and ends all of its sessions. */
    readonly delete: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
      }
      readonly result: null
    }
    /** Exchanges an app token for a session. */
    readonly startSession: {
      readonly params: {
        /** Id of the app token, not its value. */
        readonly id: string
        /** Lower-case hex digest over session string and token value. */
        readonly tokenHash: string
        /** Counts only where the app token names no user. */
        readonly userId?: string | undefined
        /** Counts only where the app token has no type. */
        readonly type?: KalturaSessionType | undefined
        /** Life in seconds; 0 is as long as the app token allows. */
        readonly expiry?: number | undefined
        /** Privileges to add or to narrow. */
        readonly sessionPrivileges?: string | undefined
      }
      readonly result: KalturaSessionInfo
    }
  }
  readonly user: {
    /** Adds a user. */
    readonly add: {
      readonly params: {
        /** The user, with its id. */
        readonly user: KalturaUserInput
      }
      readonly result: KalturaUser
    }
    /** Reads a user. */
    readonly get: {
      readonly params: {
        /** Absent is the session's own user. */
        readonly userId?: string | undefined
      }
      readonly result: KalturaUser
    }
    /** Lists the users of the account. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaUserFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaUserListResponse
    }
    /** Changes a user. */
    readonly update: {
      readonly params: {
        /** The account's own id of the user. */
        readonly userId: string
        /** What changes. */
        readonly user: KalturaUserInput
      }
      readonly result: KalturaUser
    }
    /** Deletes a user with its app tokens, and ends their sessions. */
    readonly delete: {
      readonly params: {
        /** The account's own id of the user. */
        readonly userId: string
      }
      readonly result: KalturaUser
    }
  }
  readonly userRole: {
    /** Adds a role. Permissions that others depend on are not added by themselves. */
    readonly add: {
      readonly params: {
        /** The role, with its name and the names of its permissions. */
        readonly userRole: KalturaUserRoleInput
      }
      readonly result: KalturaUserRole
    }
    /** Reads a role of the account, or one that all accounts share. */
    readonly get: {
      readonly params: {
        /** Id of the role. */
        readonly userRoleId: number
      }
      readonly result: KalturaUserRole
    }
    /** Lists the roles of the account and those that all accounts share. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaUserRoleFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaUserRoleListResponse
    }
    /** Changes a role of the account. */
    readonly update: {
      readonly params: {
        /** Id of the role. */
        readonly userRoleId: number
        /** What changes; it counts at the next call. */
        readonly userRole: KalturaUserRoleInput
      }
      readonly result: KalturaUserRole
    }
    /** Deletes a role that no user has. Sessions that name it are refused from then on. */
    readonly delete: {
      readonly params: {
        /** Id of the role. */
        readonly userRoleId: number
      }
      readonly result: KalturaUserRole
    }
    /** Copies a role, also a shared one, into the account. */
    readonly clone: {
      readonly params: {
        /** Id of the role. */
        readonly userRoleId: number
      }
      readonly result: KalturaUserRole
    }
  }
  readonly permission: {
    /** Makes a permission of the account out of permission items, finer than those that all accounts share. */
    readonly add: {
      readonly params: {
        /** The permission, with its name and the ids of its items. */
        readonly permission: KalturaPermissionInput
      }
      readonly result: KalturaPermission
    }
    /** Reads a permission of the account, or one that all accounts share. */
    readonly get: {
      readonly params: {
        /** Name; case matters. */
        readonly permissionName: string
      }
      readonly result: KalturaPermission
    }
    /** Lists the permissions of the account and those that all accounts share. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaPermissionFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaPermissionListResponse
    }
    /** Changes a permission of the account. Roles that list it by its old name lose it. */
    readonly update: {
      readonly params: {
        /** Name; case matters. */
        readonly permissionName: string
        /** What changes; it counts at the next call. */
        readonly permission: KalturaPermissionInput
      }
      readonly result: KalturaPermission
    }
    /** Deletes a permission of the account. Roles that list it lose it. */
    readonly delete: {
      readonly params: {
        /** Name; case matters. */
        readonly permissionName: string
      }
      readonly result: KalturaPermission
    }
    /** Names of the permissions that this call holds, separated by commas; open to everybody. */
    readonly getCurrentPermissions: {
      readonly params: {}
      readonly result: string
    }
  }
  readonly permissionItem: {
    /** Reads a permission item: one action, or one access to one property of an object. */
    readonly get: {
      readonly params: {
        /** Id of the item; the same at every account. */
        readonly permissionItemId: number
      }
      readonly result: KalturaPermissionItem | KalturaApiActionPermissionItem | KalturaApiParameterPermissionItem
    }
    /** Lists the permission items, which permissions are made of. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaPermissionItemFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaPermissionItemListResponse
    }
  }
  readonly widget: {
    /** Adds a widget, with whose id anybody may start a widget session. */
    readonly add: {
      readonly params: {
        /** What sessions that are started with it are to be like. */
        readonly widget: KalturaWidgetInput
      }
      readonly result: KalturaWidget
    }
    /** Reads a widget; open to everybody. */
    readonly get: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
      }
      readonly result: KalturaWidget
    }
    /** Lists the widgets of the account. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaWidgetFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaWidgetListResponse
    }
  }
  readonly baseEntry: {
    /** Adds an entry that has no content yet. */
    readonly add: {
      readonly params: {
        /** The entry, without content. */
        readonly entry: KalturaBaseEntryInput | KalturaPlayableEntryInput | KalturaMediaEntryInput
        /** Accepted; the sandbox makes media clips only. */
        readonly type?: KalturaEntryType | undefined
      }
      readonly result: KalturaBaseEntry | KalturaPlayableEntry | KalturaMediaEntry
    }
    /** Reads an entry. */
    readonly get: {
      readonly params: {
        /** Id of the entry. */
        readonly entryId: string
        /** Accepted; the sandbox has one version. */
        readonly version?: number | undefined
      }
      readonly result: KalturaBaseEntry | KalturaPlayableEntry | KalturaMediaEntry
    }
    /** Lists entries: an ADMIN session and one with list:* those of all users, others their own. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaBaseEntryFilter | KalturaPlayableEntryFilter | KalturaMediaEntryFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaBaseEntryListResponse
    }
    /** Counts the entries that a list would hold. */
    readonly count: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaBaseEntryFilter | KalturaPlayableEntryFilter | KalturaMediaEntryFilter | undefined
      }
      readonly result: number
    }
    /** Changes an entry. */
    readonly update: {
      readonly params: {
        /** Id of the entry. */
        readonly entryId: string
        /** What changes. */
        readonly baseEntry: KalturaBaseEntryInput | KalturaPlayableEntryInput | KalturaMediaEntryInput
      }
      readonly result: KalturaBaseEntry | KalturaPlayableEntry | KalturaMediaEntry
    }
    /** Deletes an entry. */
    readonly delete: {
      readonly params: {
        /** Id of the entry. */
        readonly entryId: string
      }
      readonly result: null
    }
  }
  readonly media: {
    /** Adds an entry that has no content yet. */
    readonly add: {
      readonly params: {
        /** The entry, without content. */
        readonly entry: KalturaMediaEntryInput
      }
      readonly result: KalturaMediaEntry
    }
    /** Reads an entry. */
    readonly get: {
      readonly params: {
        /** Id of the entry. */
        readonly entryId: string
        /** Accepted; the sandbox has one version. */
        readonly version?: number | undefined
      }
      readonly result: KalturaMediaEntry
    }
    /** Lists entries: an ADMIN session and one with list:* those of all users, others their own. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaMediaEntryFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaMediaListResponse
    }
    /** Counts the entries that a list would hold. */
    readonly count: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaMediaEntryFilter | undefined
      }
      readonly result: number
    }
    /** Changes an entry. */
    readonly update: {
      readonly params: {
        /** Id of the entry. */
        readonly entryId: string
        /** What changes. */
        readonly mediaEntry: KalturaMediaEntryInput
      }
      readonly result: KalturaMediaEntry
    }
    /** Deletes an entry. */
    readonly delete: {
      readonly params: {
        /** Id of the entry. */
        readonly entryId: string
      }
      readonly result: null
    }
  }
  readonly category: {
    /** Adds a category. */
    readonly add: {
      readonly params: {
        /** The category, with its name. */
        readonly category: KalturaCategoryInput
      }
      readonly result: KalturaCategory
    }
    /** Reads a category. */
    readonly get: {
      readonly params: {
        /** Id of the category. */
        readonly id: number
      }
      readonly result: KalturaCategory
    }
    /** Lists categories. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: KalturaCategoryFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: KalturaCategoryListResponse
    }
    /** Changes a category. */
    readonly update: {
      readonly params: {
        /** Id of the category. */
        readonly id: number
        /** What changes. */
        readonly category: KalturaCategoryInput
      }
      readonly result: KalturaCategory
    }
    /** Deletes a category with all below it. */
    readonly delete: {
      readonly params: {
        /** Id of the category. */
        readonly id: number
        /** Accepted; entries leave the category. */
        readonly moveEntriesToParentCategory?: KalturaNullableBoolean | undefined
      }
      readonly result: null
    }
  }
  readonly system: {
    /** Answers true. */
    readonly ping: {
      readonly params: {}
      readonly result: boolean
    }
    /** The server's clock in epoch seconds. */
    readonly getTime: {
      readonly params: {}
      readonly result: number
    }
    /** Version of this server. */
    readonly getVersion: {
      readonly params: {}
      readonly result: string
    }
  }
  readonly partner: {
    /** The account of the session, without its secrets. */
    readonly getInfo: {
      readonly params: {}
      readonly result: KalturaPartner
    }
  }
  readonly latchkey_access: {
    /** Says of each action whether it would be let through, why, and what would let it through. */
    readonly explain: {
      readonly params: {
        /** service.action, several in a list or with commas between them. */
        readonly actions: string | readonly string[]
        /** Id of an app token; absent is the calling session's own access. */
        readonly tokenId?: string | undefined
        /** A role, in place of a token. */
        readonly roleId?: number | undefined
        /** Address, URI and entry id to judge it under; what is left out closes no gate. */
        readonly context?: LatchkeyContext | undefined
      }
      readonly result: readonly LatchkeyExplanation[]
    }
    /** A row a service with allow, own, deny or never for each of its actions. */
    readonly matrix: {
      readonly params: {
        /** Id of an app token; absent is the calling session's own access. */
        readonly tokenId?: string | undefined
        /** A role, in place of a token. */
        readonly roleId?: number | undefined
        /** Names of services; absent is all. */
        readonly services?: string | readonly string[] | undefined
      }
      readonly result: LatchkeyMatrix
    }
    /** The least that opens some actions, and the calls that make an app token of it. */
    readonly suggest: {
      readonly params: {
        /** service.action, several in a list or with commas between them. */
        readonly actions?: string | readonly string[] | undefined
        /** get-and-list, upload, recent-calls or full, in place of or with actions. */
        readonly preset?: string | undefined
        /** Of the preset get-and-list: which services; absent is all. */
        readonly services?: string | readonly string[] | undefined
        /** Proposes also what shows secrets or changes app tokens or roles. */
        readonly allowSensitive?: boolean | undefined
      }
      readonly result: LatchkeySuggestion
    }
    /** All that whoever holds an app token can do with it. */
    readonly reach: {
      readonly params: {
        /** Id of an app token; absent is the one that the session came from. */
        readonly tokenId?: string | undefined
      }
      readonly result: LatchkeyReach
    }
    /** What each of two can call that the other cannot. */
    readonly compare: {
      readonly params: {
        /** A session string, an app token id or a role id. */
        readonly a: string
        /** Another one. */
        readonly b: string
      }
      readonly result: LatchkeyComparison
    }
    /** Says what an app token will do, and what about it will hurt. */
    readonly lint: {
      readonly params: {
        /** Id of an app token that there is. */
        readonly tokenId?: string | undefined
        /** Or the settings of one that is only thought of. */
        readonly appToken?: KalturaAppTokenInput | undefined
        /** What it is wanted for: service.action, with commas between them. */
        readonly actions?: string | readonly string[] | undefined
      }
      readonly result: LatchkeyLint
    }
  }
  readonly latchkey_token: {
    /** Stops an app token and, while it is paused, the sessions that it started. */
    readonly pause: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
      }
      readonly result: KalturaAppToken
    }
    /** Lets a paused app token and its sessions go on. */
    readonly resume: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
      }
      readonly result: KalturaAppToken
    }
    /** Gives an app token a new value, and answers with it. */
    readonly rotate: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
        /** For how many seconds the old value is taken beside the new one; -1 is until finish. */
        readonly overlap?: number | undefined
        /** Makes no new value, but ends the overlap of the last rotation. */
        readonly finish?: boolean | undefined
      }
      readonly result: KalturaAppToken
    }
    /** How often an app token was used and refused, when last, and who still uses its old value. */
    readonly usage: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
      }
      readonly result: LatchkeyTokenUsage
    }
    /** Writes down what an app token is for, and binds it to addresses and a rate. */
    readonly annotate: {
      readonly params: {
        /** Id of the object. */
        readonly id: string
        /** In place of those it has; empty clears them. */
        readonly labels?: string | readonly string[] | undefined
        /** Free text; empty clears it. */
        readonly note?: string | undefined
        /** Addresses and ranges that it may be used from; empty is anywhere. */
        readonly addresses?: string | readonly string[] | undefined
        /** Sessions that it starts a minute at most; 0 is no limit. */
        readonly startsPerMinute?: number | undefined
      }
      readonly result: KalturaAppToken
    }
  }
  readonly latchkey_journal: {
    /** What was issued, refused, revoked and changed, the newest first. */
    readonly list: {
      readonly params: {
        /** What the objects must match; absent is all. */
        readonly filter?: LatchkeyJournalFilter | undefined
        /** Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1. */
        readonly pager?: KalturaFilterPager | undefined
      }
      readonly result: LatchkeyJournalListResponse
    }
  }
}

/** What any object that is sent may have beside its fields: `name__null: ''` clears the field `name`. */
interface Sent {
  /** The subclass that is meant, where the declared class has some. */
  readonly objectType?: string | undefined
  readonly [clears: `${string}__null`]: ''
}

export interface KalturaListResponse {
  readonly objectType?: string | undefined
  readonly totalCount?: number | undefined
}

export interface KalturaSessionInfo {
  readonly objectType?: string | undefined
  readonly ks?: string | undefined
  readonly sessionType?: KalturaSessionType | `${number}` | undefined
  readonly partnerId?: number | `${number}` | undefined
  readonly userId?: string | undefined
  /** Seconds since 1970. */
  readonly expiry?: number | `${number}` | undefined
  readonly privileges?: string | undefined
}

export interface KalturaStartWidgetSessionResponse {
  readonly objectType?: string | undefined
  readonly partnerId?: number | undefined
  readonly ks?: string | undefined
  readonly userId?: string | undefined
}

export interface KalturaAppToken {
  readonly objectType?: string | undefined
  readonly id?: string | undefined
  readonly token?: string | undefined
  readonly partnerId?: number | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
  readonly status?: KalturaAppTokenStatus | undefined
  /** Seconds since 1970. */
  readonly expiry?: number | undefined
  readonly sessionType?: KalturaSessionType | undefined
  readonly sessionUserId?: string | undefined
  readonly sessionDuration?: number | undefined
  readonly sessionPrivileges?: string | undefined
  readonly hashType?: KalturaAppTokenHashType | undefined
  readonly description?: string | undefined
}

export interface KalturaAppTokenListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaAppToken[] | undefined
}

export interface KalturaBaseUser {
  readonly objectType?: string | undefined
  readonly id?: string | undefined
  readonly partnerId?: number | undefined
  readonly screenName?: string | undefined
  readonly fullName?: string | undefined
  readonly email?: string | undefined
  readonly country?: string | undefined
  readonly state?: string | undefined
  readonly city?: string | undefined
  readonly zip?: string | undefined
  readonly tags?: string | undefined
  readonly status?: KalturaUserStatus | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
  readonly partnerData?: string | undefined
  readonly language?: string | undefined
}

export interface KalturaUser extends KalturaBaseUser {
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly isAdmin?: boolean | undefined
  readonly description?: string | undefined
  readonly roleIds?: string | undefined
  readonly roleNames?: string | undefined
  readonly isAccountOwner?: boolean | undefined
}

export interface KalturaUserListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaUser[] | undefined
}

export interface KalturaUserRole {
  readonly objectType?: string | undefined
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly systemName?: string | undefined
  readonly description?: string | undefined
  readonly status?: KalturaUserRoleStatus | undefined
  readonly partnerId?: number | undefined
  readonly permissionNames?: string | undefined
  readonly tags?: string | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
}

export interface KalturaUserRoleListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaUserRole[] | undefined
}

export interface KalturaPermission {
  readonly objectType?: string | undefined
  readonly id?: number | undefined
  readonly type?: KalturaPermissionType | undefined
  readonly name?: string | undefined
  readonly friendlyName?: string | undefined
  readonly description?: string | undefined
  readonly status?: KalturaPermissionStatus | undefined
  readonly partnerId?: number | undefined
  readonly dependsOnPermissionNames?: string | undefined
  readonly tags?: string | undefined
  readonly permissionItemsIds?: string | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
  readonly partnerGroup?: string | undefined
}

export interface KalturaPermissionListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaPermission[] | undefined
}

export interface KalturaPermissionItem {
  readonly objectType?: string | undefined
  readonly id?: number | undefined
  readonly type?: string | undefined
  readonly partnerId?: number | undefined
  readonly tags?: string | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
}

export interface KalturaApiActionPermissionItem extends KalturaPermissionItem {
  readonly service?: string | undefined
  readonly action?: string | undefined
}

export interface KalturaApiParameterPermissionItem extends KalturaPermissionItem {
  readonly object?: string | undefined
  readonly parameter?: string | undefined
  readonly action?: string | undefined
}

export interface KalturaPermissionItemListResponse extends KalturaListResponse {
  readonly objects?: readonly (KalturaPermissionItem | KalturaApiActionPermissionItem | KalturaApiParameterPermissionItem)[] | undefined
}

export interface KalturaWidget {
  readonly objectType?: string | undefined
  readonly id?: string | undefined
  readonly partnerId?: number | undefined
  readonly entryId?: string | undefined
  readonly uiConfId?: number | undefined
  readonly securityType?: KalturaWidgetSecurityType | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
  readonly enforceEntitlement?: boolean | undefined
  readonly privacyContext?: string | undefined
  readonly roles?: string | undefined
  readonly privileges?: string | undefined
}

export interface KalturaWidgetListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaWidget[] | undefined
}

export interface KalturaPartner {
  readonly objectType?: string | undefined
  readonly id?: number | undefined
  readonly name?: string | undefined
  readonly website?: string | undefined
  readonly adminName?: string | undefined
  readonly adminEmail?: string | undefined
  readonly description?: string | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  readonly status?: number | undefined
  readonly commercialUse?: number | undefined
}

export interface KalturaBaseEntry {
  readonly objectType?: string | undefined
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly partnerId?: number | undefined
  readonly userId?: string | undefined
  readonly creatorId?: string | undefined
  readonly tags?: string | undefined
  readonly adminTags?: string | undefined
  readonly categories?: string | undefined
  readonly categoriesIds?: string | undefined
  readonly status?: string | undefined
  readonly moderationStatus?: number | undefined
  readonly type?: KalturaEntryType | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
  readonly rank?: number | undefined
  readonly totalRank?: number | undefined
  readonly votes?: number | undefined
  readonly downloadUrl?: string | undefined
  readonly searchText?: string | undefined
  readonly licenseType?: number | undefined
  readonly version?: number | undefined
  readonly thumbnailUrl?: string | undefined
  readonly accessControlId?: number | undefined
  /** Seconds since 1970. */
  readonly startDate?: number | undefined
  /** Seconds since 1970. */
  readonly endDate?: number | undefined
  readonly referenceId?: string | undefined
  readonly entitledUsersEdit?: string | undefined
  readonly entitledUsersPublish?: string | undefined
}

export interface KalturaPlayableEntry extends KalturaBaseEntry {
  readonly plays?: number | undefined
  readonly views?: number | undefined
  /** Seconds since 1970. */
  readonly lastPlayedAt?: number | undefined
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly duration?: number | undefined
  readonly msDuration?: number | undefined
}

export interface KalturaMediaEntry extends KalturaPlayableEntry {
  readonly mediaType?: KalturaMediaType | undefined
  readonly conversionQuality?: string | undefined
  readonly sourceType?: number | undefined
  readonly creditUserName?: string | undefined
  readonly creditUrl?: string | undefined
  /** Seconds since 1970. */
  readonly mediaDate?: number | undefined
  readonly dataUrl?: string | undefined
  readonly flavorParamsIds?: string | undefined
}

export interface KalturaBaseEntryListResponse extends KalturaListResponse {
  readonly objects?: readonly (KalturaBaseEntry | KalturaPlayableEntry | KalturaMediaEntry)[] | undefined
}

export interface KalturaMediaListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaMediaEntry[] | undefined
}

export interface KalturaCategory {
  readonly objectType?: string | undefined
  readonly id?: number | undefined
  readonly parentId?: number | undefined
  readonly depth?: number | undefined
  readonly partnerId?: number | undefined
  readonly name?: string | undefined
  readonly fullName?: string | undefined
  readonly fullIds?: string | undefined
  readonly entriesCount?: number | undefined
  /** Seconds since 1970. */
  readonly createdAt?: number | undefined
  /** Seconds since 1970. */
  readonly updatedAt?: number | undefined
  readonly description?: string | undefined
  readonly tags?: string | undefined
  readonly referenceId?: string | undefined
  readonly owner?: string | undefined
  readonly directEntriesCount?: number | undefined
  readonly privacyContext?: string | undefined
}

export interface KalturaCategoryListResponse extends KalturaListResponse {
  readonly objects?: readonly KalturaCategory[] | undefined
}

export interface LatchkeyJournalListResponse extends KalturaListResponse {
  readonly objects?: readonly LatchkeyJournalLine[] | undefined
}

export interface LatchkeyJournalLine {
  readonly objectType?: string | undefined
  readonly at?: number | undefined
  readonly requestId?: string | undefined
  readonly partnerId?: number | undefined
  readonly actor?: string | undefined
  readonly door?: string | undefined
  readonly action?: string | undefined
  readonly tokenId?: string | undefined
  readonly outcome?: string | undefined
  readonly cause?: string | undefined
  readonly code?: string | undefined
  readonly object?: string | undefined
  readonly address?: string | undefined
  readonly client?: string | undefined
  readonly value?: string | undefined
}

export interface LatchkeyCall {
  readonly objectType?: string | undefined
  readonly service?: string | undefined
  readonly action?: string | undefined
}

export interface LatchkeyFix {
  readonly objectType?: string | undefined
  readonly id?: string | undefined
  readonly title?: string | undefined
  readonly opens?: number | undefined
  readonly change?: readonly LatchkeyCall[] | undefined
}

export interface LatchkeyHeldPermission {
  readonly objectType?: string | undefined
  readonly permission?: string | undefined
  readonly from?: string | undefined
}

export interface LatchkeyExplanation {
  readonly objectType?: string | undefined
  readonly action?: string | undefined
  readonly effect?: string | undefined
  readonly reason?: string | undefined
  readonly text?: string | undefined
  readonly openedBy?: string | undefined
  readonly needed?: readonly string[] | undefined
  readonly held?: readonly LatchkeyHeldPermission[] | undefined
  readonly verdict?: string | undefined
  readonly advice?: string | undefined
  readonly fixes?: readonly LatchkeyFix[] | undefined
}

export interface LatchkeyMatrix {
  readonly objectType?: string | undefined
  readonly columns?: readonly string[] | undefined
  readonly rows?: readonly LatchkeyMatrixRow[] | undefined
}

export interface LatchkeyMatrixRow {
  readonly objectType?: string | undefined
  readonly service?: string | undefined
}

export interface LatchkeySuggestion {
  readonly objectType?: string | undefined
  readonly named?: LatchkeyNamedSuggestion | undefined
  readonly exact?: LatchkeyExactSuggestion | undefined
  readonly impossible?: readonly LatchkeyImpossible[] | undefined
  readonly leftOut?: readonly LatchkeyLeftOut[] | undefined
  readonly always?: readonly string[] | undefined
  readonly change?: readonly LatchkeyCall[] | undefined
}

export interface LatchkeyNamedSuggestion {
  readonly objectType?: string | undefined
  readonly permissions?: readonly string[] | undefined
  readonly surplus?: readonly string[] | undefined
  readonly proven?: boolean | undefined
  readonly bound?: number | undefined
  readonly missing?: readonly string[] | undefined
}

export interface LatchkeyExactSuggestion {
  readonly objectType?: string | undefined
  readonly permissionItemsIds?: string | undefined
  readonly actions?: readonly string[] | undefined
  readonly surplus?: readonly string[] | undefined
}

export interface LatchkeyImpossible {
  readonly objectType?: string | undefined
  readonly action?: string | undefined
  readonly reason?: string | undefined
  readonly text?: string | undefined
}

export interface LatchkeyLeftOut {
  readonly objectType?: string | undefined
  readonly permission?: string | undefined
  readonly because?: readonly string[] | undefined
  readonly opensWanted?: number | undefined
  readonly surplus?: number | undefined
}

export interface LatchkeyReach {
  readonly objectType?: string | undefined
  readonly read?: number | undefined
  readonly write?: number | undefined
  readonly delete?: number | undefined
  readonly services?: readonly LatchkeyServiceReach[] | undefined
  readonly behindPlugins?: readonly string[] | undefined
  readonly users?: LatchkeyReachUsers | undefined
  readonly lifetime?: LatchkeyReachLifetime | undefined
  readonly addresses?: LatchkeyReachAddresses | undefined
  readonly shrink?: LatchkeyShrink | undefined
}

export interface LatchkeyReachUsers {
  readonly objectType?: string | undefined
  readonly actsAs?: string | undefined
  readonly userId?: string | undefined
  readonly entries?: string | undefined
  readonly text?: string | undefined
}

export interface LatchkeyReachLifetime {
  readonly objectType?: string | undefined
  readonly sessionSeconds?: number | undefined
  readonly tokenExpiresAt?: number | undefined
  readonly text?: string | undefined
}

export interface LatchkeyReachAddresses {
  readonly objectType?: string | undefined
  readonly allowed?: readonly string[] | undefined
  readonly text?: string | undefined
}

export interface LatchkeyShrink {
  readonly objectType?: string | undefined
  readonly title?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly change?: readonly LatchkeyCall[] | undefined
}

export interface LatchkeyServiceReach {
  readonly objectType?: string | undefined
  readonly service?: string | undefined
  readonly read?: readonly string[] | undefined
  readonly write?: readonly string[] | undefined
  readonly delete?: readonly string[] | undefined
}

export interface LatchkeyComparison {
  readonly objectType?: string | undefined
  readonly onlyA?: readonly string[] | undefined
  readonly onlyB?: readonly string[] | undefined
  readonly both?: readonly string[] | undefined
}

export interface LatchkeyFinding {
  readonly objectType?: string | undefined
  readonly cause?: string | undefined
  readonly severity?: string | undefined
  readonly title?: string | undefined
  readonly saw?: string | undefined
  readonly remedy?: readonly string[] | undefined
  readonly docs?: string | undefined
}

export interface LatchkeyLint {
  readonly objectType?: string | undefined
  readonly summary?: string | undefined
  readonly details?: readonly string[] | undefined
  readonly findings?: readonly LatchkeyFinding[] | undefined
}

export interface LatchkeyTokenUsage {
  readonly objectType?: string | undefined
  readonly tokenId?: string | undefined
  readonly issued?: number | undefined
  readonly calls?: number | undefined
  readonly lastIssuedAt?: number | undefined
  readonly lastCallAt?: number | undefined
  readonly lastRefusedAt?: number | undefined
  readonly rotatedAt?: number | undefined
  readonly previousUntil?: number | undefined
  readonly isPreviousTaken?: boolean | undefined
  readonly previousValue?: readonly LatchkeyPreviousUse[] | undefined
}

export interface LatchkeyPreviousUse {
  readonly objectType?: string | undefined
  readonly client?: string | undefined
  readonly address?: string | undefined
  readonly lastAt?: number | undefined
  readonly count?: number | undefined
}

export interface KalturaFilterPager extends Sent {
  readonly pageSize?: number | undefined
  readonly pageIndex?: number | undefined
}

export interface KalturaFilter extends Sent {
  readonly orderBy?: string | undefined
  readonly advancedSearch?: KalturaSearchItemInput | undefined
}

export interface KalturaRelatedFilter extends KalturaFilter {
}

export interface KalturaSearchItemInput extends Sent {
}

export interface KalturaAppTokenInput extends Sent {
  /** Seconds since 1970; up to 315360000, from now. */
  readonly expiry?: number | undefined
  readonly sessionType?: KalturaSessionType | undefined
  readonly sessionUserId?: string | undefined
  readonly sessionDuration?: number | undefined
  readonly sessionPrivileges?: string | undefined
  readonly hashType?: KalturaAppTokenHashType | undefined
  readonly description?: string | undefined
}

export interface KalturaAppTokenBaseFilter extends KalturaFilter {
  readonly idEqual?: string | undefined
  readonly idIn?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
  readonly statusEqual?: KalturaAppTokenStatus | undefined
  readonly statusIn?: string | undefined
}

export interface KalturaAppTokenFilter extends KalturaAppTokenBaseFilter {
  readonly sessionUserIdEqual?: string | undefined
}

export interface KalturaBaseUserInput extends Sent {
  readonly id?: string | undefined
  readonly screenName?: string | undefined
  readonly fullName?: string | undefined
  readonly email?: string | undefined
  readonly country?: string | undefined
  readonly state?: string | undefined
  readonly city?: string | undefined
  readonly zip?: string | undefined
  readonly tags?: string | undefined
  readonly status?: KalturaUserStatus | undefined
  readonly partnerData?: string | undefined
  readonly language?: string | undefined
}

export interface KalturaUserInput extends KalturaBaseUserInput {
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly isAdmin?: boolean | undefined
  readonly description?: string | undefined
  readonly roleIds?: string | undefined
}

export interface KalturaUserFilter extends KalturaRelatedFilter {
  readonly idEqual?: string | undefined
  readonly idIn?: string | undefined
  readonly idOrScreenNameStartsWith?: string | undefined
  readonly screenNameStartsWith?: string | undefined
  readonly statusEqual?: KalturaUserStatus | undefined
  readonly statusIn?: string | undefined
  readonly isAdminEqual?: KalturaNullableBoolean | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
}

export interface KalturaUserRoleInput extends Sent {
  readonly name?: string | undefined
  readonly systemName?: string | undefined
  readonly description?: string | undefined
  readonly status?: KalturaUserRoleStatus | undefined
  readonly permissionNames?: string | undefined
  readonly tags?: string | undefined
}

export interface KalturaUserRoleFilter extends KalturaRelatedFilter {
  readonly idEqual?: number | undefined
  readonly idIn?: string | undefined
  readonly nameEqual?: string | undefined
  readonly nameIn?: string | undefined
  readonly systemNameEqual?: string | undefined
  readonly systemNameIn?: string | undefined
  readonly descriptionLike?: string | undefined
  readonly statusEqual?: KalturaUserRoleStatus | undefined
  readonly statusIn?: string | undefined
  readonly partnerIdEqual?: number | undefined
  readonly partnerIdIn?: string | undefined
  readonly tagsMultiLikeOr?: string | undefined
  readonly tagsMultiLikeAnd?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
}

export interface KalturaPermissionInput extends Sent {
  readonly name?: string | undefined
  readonly friendlyName?: string | undefined
  readonly description?: string | undefined
  readonly status?: KalturaPermissionStatus | undefined
  readonly dependsOnPermissionNames?: string | undefined
  readonly tags?: string | undefined
  readonly permissionItemsIds?: string | undefined
  readonly partnerGroup?: string | undefined
}

export interface KalturaPermissionFilter extends KalturaRelatedFilter {
  readonly idEqual?: number | undefined
  readonly idIn?: string | undefined
  readonly typeEqual?: KalturaPermissionType | undefined
  readonly typeIn?: string | undefined
  readonly nameEqual?: string | undefined
  readonly nameIn?: string | undefined
  readonly friendlyNameLike?: string | undefined
  readonly descriptionLike?: string | undefined
  readonly statusEqual?: KalturaPermissionStatus | undefined
  readonly statusIn?: string | undefined
  readonly partnerIdEqual?: number | undefined
  readonly partnerIdIn?: string | undefined
  readonly dependsOnPermissionNamesMultiLikeOr?: string | undefined
  readonly dependsOnPermissionNamesMultiLikeAnd?: string | undefined
  readonly tagsMultiLikeOr?: string | undefined
  readonly tagsMultiLikeAnd?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
}

export interface KalturaPermissionItemFilter extends KalturaRelatedFilter {
  readonly idEqual?: number | undefined
  readonly idIn?: string | undefined
  readonly typeEqual?: KalturaPermissionItemType | undefined
  readonly typeIn?: string | undefined
  readonly partnerIdEqual?: number | undefined
  readonly partnerIdIn?: string | undefined
  readonly tagsMultiLikeOr?: string | undefined
  readonly tagsMultiLikeAnd?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
}

export interface KalturaWidgetInput extends Sent {
  readonly entryId?: string | undefined
  readonly uiConfId?: number | undefined
  readonly securityType?: KalturaWidgetSecurityType | undefined
  readonly enforceEntitlement?: boolean | undefined
  readonly privacyContext?: string | undefined
  readonly roles?: string | undefined
  readonly privileges?: string | undefined
}

export interface KalturaWidgetFilter extends KalturaFilter {
  readonly idEqual?: string | undefined
  readonly idIn?: string | undefined
  readonly sourceWidgetIdEqual?: string | undefined
  readonly rootWidgetIdEqual?: string | undefined
  readonly partnerIdEqual?: number | undefined
  readonly entryIdEqual?: string | undefined
  readonly uiConfIdEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
  readonly partnerDataLike?: string | undefined
}

export interface KalturaBaseEntryInput extends Sent {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly userId?: string | undefined
  readonly creatorId?: string | undefined
  readonly tags?: string | undefined
  readonly adminTags?: string | undefined
  readonly categories?: string | undefined
  readonly categoriesIds?: string | undefined
  readonly type?: KalturaEntryType | undefined
  readonly licenseType?: number | undefined
  readonly accessControlId?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly startDate?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly endDate?: number | undefined
  readonly referenceId?: string | undefined
  readonly entitledUsersEdit?: string | undefined
  readonly entitledUsersPublish?: string | undefined
}

export interface KalturaPlayableEntryInput extends KalturaBaseEntryInput {
  readonly msDuration?: number | undefined
}

export interface KalturaMediaEntryInput extends KalturaPlayableEntryInput {
  readonly mediaType?: KalturaMediaType | undefined
  readonly conversionQuality?: string | undefined
  readonly sourceType?: number | undefined
  readonly creditUserName?: string | undefined
  readonly creditUrl?: string | undefined
}

export interface KalturaBaseEntryFilter extends KalturaRelatedFilter {
  readonly idEqual?: string | undefined
  readonly idIn?: string | undefined
  readonly nameLike?: string | undefined
  readonly nameEqual?: string | undefined
  readonly tagsLike?: string | undefined
  readonly userIdEqual?: string | undefined
  readonly userIdIn?: string | undefined
  readonly creatorIdEqual?: string | undefined
  readonly statusEqual?: string | undefined
  readonly statusIn?: string | undefined
  readonly typeEqual?: string | undefined
  readonly typeIn?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
  readonly referenceIdEqual?: string | undefined
  readonly referenceIdIn?: string | undefined
  readonly redirectFromEntryId?: string | undefined
  readonly parentEntryIdEqual?: string | undefined
  readonly categoriesIdsMatchOr?: string | undefined
  readonly categoriesMatchOr?: string | undefined
  readonly freeText?: string | undefined
}

export interface KalturaPlayableEntryFilter extends KalturaBaseEntryFilter {
}

export interface KalturaMediaEntryFilter extends KalturaPlayableEntryFilter {
  readonly mediaTypeEqual?: KalturaMediaType | undefined
  readonly mediaTypeIn?: string | undefined
}

export interface KalturaCategoryInput extends Sent {
  readonly parentId?: number | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly tags?: string | undefined
  readonly referenceId?: string | undefined
  readonly owner?: string | undefined
  readonly privacyContext?: string | undefined
}

export interface KalturaCategoryFilter extends KalturaRelatedFilter {
  readonly idEqual?: number | undefined
  readonly idIn?: string | undefined
  readonly parentIdEqual?: number | undefined
  readonly parentIdIn?: string | undefined
  readonly fullNameEqual?: string | undefined
  readonly fullNameStartsWith?: string | undefined
  readonly freeText?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly createdAtLessThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly updatedAtLessThanOrEqual?: number | undefined
}

export interface LatchkeyContext extends Sent {
  readonly address?: string | undefined
  readonly uri?: string | undefined
  readonly entryId?: string | undefined
}

export interface LatchkeyJournalFilter extends KalturaFilter {
  readonly tokenIdEqual?: string | undefined
  readonly outcomeEqual?: string | undefined
  readonly outcomeIn?: string | undefined
  readonly actionEqual?: string | undefined
  readonly actionIn?: string | undefined
  readonly causeEqual?: string | undefined
  readonly causeIn?: string | undefined
  readonly actorEqual?: string | undefined
  readonly requestIdEqual?: string | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly atGreaterThanOrEqual?: number | undefined
  /** Seconds since 1970; up to 315360000, from now. */
  readonly atLessThanOrEqual?: number | undefined
}

/** Others are possible: servers differ. */
export type KalturaSessionType = 0 | 2 | (number & {})

/** Others are possible: servers differ. */
export type KalturaAppTokenStatus = 1 | 2 | 3 | (number & {})

/** Others are possible: servers differ. */
export type KalturaAppTokenHashType = 'SHA1' | 'MD5' | 'SHA256' | 'SHA512' | (string & {})

/** Others are possible: servers differ. */
export type KalturaUserStatus = 0 | 1 | 2 | (number & {})

/** Others are possible: servers differ. */
export type KalturaUserRoleStatus = 1 | 2 | 3 | (number & {})

/** Others are possible: servers differ. */
export type KalturaPermissionType = 1 | 2 | 3 | 4 | (number & {})

/** Others are possible: servers differ. */
export type KalturaPermissionStatus = 1 | 2 | 3 | (number & {})

/** Others are possible: servers differ. */
export type KalturaPermissionItemType = 'kApiActionPermissionItem' | 'kApiParameterPermissionItem' | 'KalturaApiActionPermissionItem' | 'KalturaApiParameterPermissionItem' | (string & {})

/** Others are possible: servers differ. */
export type KalturaWidgetSecurityType = 1 | 2 | (number & {})

/** Others are possible: servers differ. */
export type KalturaMediaType = 1 | 2 | 5 | 201 | 202 | 203 | 204 | (number & {})

/** Others are possible: servers differ. */
export type KalturaEntryType = '-1' | '1' | '2' | '5' | '7' | '10' | (string & {})

/** Others are possible: servers differ. */
export type KalturaNullableBoolean = -1 | 0 | 1 | (number & {})

/** Others are possible: servers differ. */
export type KalturaResponseProfileType = 1 | 2 | (number & {})
