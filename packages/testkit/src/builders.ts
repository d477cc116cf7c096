import type { Category, Entry, Partner, PermissionRecord, Revocation, Role, User, Widget } from '@latchkey/authority'
import { type AppToken, Secret } from '@latchkey/core'

// Each gives a sound value with an id of its own, so that tests on one store don't meet; name what the test is about.

const CREATED = 1_700_000_000

let drawn = 0

/** Unlike any other number of this process; large enough not to meet an id that the code under test gives. */
export function nextNumber(): number {
  drawn += 1
  return 1_000_000 + drawn
}

/** The public form of an app token's id. */
export function appTokenId(): string {
  return `0_${nextNumber().toString(36).padStart(8, '0')}`
}

export function partner(overrides: Partial<Partner> = {}): Partner {
  const id = overrides.id ?? nextNumber()
  return {
    id,
    name: `partner ${id}`,
    status: 1,
    adminSecret: new Secret(`admin-secret-of-${id}`),
    additionalAdminSecrets: [],
    userSecret: new Secret(`user-secret-of-${id}`),
    sessionVersion: 2,
    maxSessionSeconds: 86_400,
    isHttpsOnly: false,
    features: [],
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function user(overrides: Partial<User> & Pick<User, 'partnerId'>): User {
  return {
    id: `user-${nextNumber()}`,
    status: 1,
    isAdmin: false,
    roleIds: [],
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function appToken(overrides: Partial<AppToken> & Pick<AppToken, 'partnerId'>): AppToken {
  const id = overrides.id ?? appTokenId()
  return {
    id,
    value: new Secret(`value-of-${id}`),
    status: 'active',
    sessionSeconds: 86_400,
    hashType: 'SHA256',
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function role(overrides: Partial<Omit<Role, 'id'>> & Pick<Role, 'partnerId'>): Omit<Role, 'id'> {
  return {
    name: `role ${nextNumber()}`,
    status: 1,
    permissionNames: [],
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function permission(
  overrides: Partial<Omit<PermissionRecord, 'id'>> & Pick<PermissionRecord, 'partnerId'>,
): Omit<PermissionRecord, 'id'> {
  return {
    type: 1,
    name: `PERMISSION_${nextNumber()}`,
    status: 1,
    dependsOn: [],
    itemIds: [],
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function widget(overrides: Partial<Widget> & Pick<Widget, 'partnerId'>): Widget {
  return {
    id: `widget-${nextNumber()}`,
    enforceEntitlement: true,
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function entry(overrides: Partial<Entry> & Pick<Entry, 'partnerId'>): Entry {
  const id = overrides.id ?? `0_e${nextNumber().toString(36)}`
  return {
    id,
    coEditors: [],
    name: `entry ${id}`,
    categoryIds: [],
    mediaType: 1,
    durationSeconds: 60,
    status: 2,
    createdAt: CREATED,
    updatedAt: CREATED,
    ...overrides,
  }
}

export function category(overrides: Partial<Omit<Category, 'id'>> & Pick<Category, 'partnerId'>): Omit<Category, 'id'> {
  const name = overrides.name ?? `category ${nextNumber()}`
  return { name, fullName: name, createdAt: CREATED, updatedAt: CREATED, ...overrides }
}

export function revocation(overrides: Partial<Revocation> = {}): Revocation {
  return { key: nextNumber().toString(16).padStart(40, '0'), kind: 'session', createdAt: CREATED, ...overrides }
}
