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
