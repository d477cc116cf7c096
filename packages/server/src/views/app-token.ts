import type { AppToken } from '@latchkey/core'

const STATUS = { disabled: 1, active: 2, deleted: 3 } as const

/** @param showsValue whether the session may see the token's value: the permission that manages app tokens decides */
export function appTokenView(token: AppToken, showsValue: boolean) {
  return {
    objectType: 'KalturaAppToken',
    id: token.id,
    token: showsValue ? token.value.expose() : undefined,
    partnerId: token.partnerId,
    createdAt: token.createdAt,
    updatedAt: token.updatedAt,
    status: STATUS[token.status],
    expiry: token.expiresAt,
    sessionType: token.sessionType,
    sessionUserId: token.sessionUserId,
    sessionDuration: token.sessionSeconds,
    sessionPrivileges: token.sessionPrivileges,
    hashType: token.hashType,
    description: token.description,
  }
}

/** What the original's app token does not have. */
export function ownTokenFields(token: AppToken) {
  return {
    labels: token.labels ?? [],
    note: token.note,
    addresses: token.addresses ?? [],
    startsPerMinute: token.startsPerMinute,
    rotatedAt: token.rotatedAt,
    previousUntil: token.previous?.until,
  }
}
