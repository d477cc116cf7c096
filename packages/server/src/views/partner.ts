import type { Partner } from '@latchkey/authority'

/** Without its secrets, whatever the session holds: one integration's session must not be the key to the account. */
export function partnerView(partner: Partner) {
  return {
    objectType: 'KalturaPartner',
    id: partner.id,
    name: partner.name,
    createdAt: partner.createdAt,
    status: partner.status,
    commercialUse: 0,
  }
}
