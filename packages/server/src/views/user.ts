import type { User } from '@latchkey/authority'

export function userView(user: User) {
  return {
    objectType: 'KalturaUser',
    id: user.id,
    partnerId: user.partnerId,
    screenName: user.screenName,
    fullName: user.fullName,
    email: user.email,
    tags: user.tags,
    status: user.status,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    partnerData: user.partnerData,
    firstName: user.firstName,
    lastName: user.lastName,
    isAdmin: user.isAdmin,
    description: user.description,
    roleIds: user.roleIds.length > 0 ? user.roleIds.join(',') : undefined,
  }
}
