import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTION_COUNT,
  ACTIONS,
  actionsOf,
  FEATURE_NAMES,
  findAction,
  findPermission,
  isKnownService,
  neededPermissions,
  SERVICES,
  STOCK_ROLES,
  TEMPLATE_ROLES,
} from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'

/** Made once from the original's data, not from the rows that they are to hold. */
const CLOSED_DIGEST = '1cd57a77593b7c4d0323b43b2ef74b94c1f66db046acaccc2f8fe840d5f3722a'
const ROLES_DIGEST = '9d727705edb85c7bb9ff4ded804d619c81e3c72af667a46cb454b07119226849'

const compareBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const digestOf = (rows: readonly string[]) =>
  nodePrimitives.digestHex('sha256', [...rows].sort(compareBytes).join('\n'))

describe('what can be called besides the 772', () => {
  const listed = new Set(ACTIONS)
  const all = SERVICES.flatMap((service) => actionsOf(service))
  const others = all.filter((action) => !listed.has(action) && action.kind !== 'ours')

  test('is 283 actions for internal accounts and 48 without permissions of their own', () => {
    assert.equal(others.length, 283 + 48)
    const rows = others.map((action) => {
      const permissions = [...neededPermissions(action)].sort(compareBytes).join(',')
      // The two that stand for internal ones have no permissions either.
      const isAlias = /^liveStream\.(?:finish|register)Conf$/.test(`${action.service}.${action.action}`)
      const mark = isAlias || permissions !== '' ? permissions : action.kind
      return `${action.service}.${action.action}:${mark}`
    })
    assert.equal(digestOf(rows), CLOSED_DIGEST)
  })

  test('is opened by no permission, but for what is checked as one that is', () => {
    for (const action of others) {
      assert.equal(action.permissions.length > 0, action.kind === 'ordinary')
      const meant = ACTIONS[action.index]
      if (action.index === -1) assert.notEqual(action.kind, 'ordinary')
      else assert.deepEqual([meant?.kind, meant?.permissions], [action.kind, action.permissions])
    }
  })

  test('is listed with the rest under the service, in any case', () => {
    assert.equal(ACTION_COUNT, 772)
    assert.equal(all.filter(({ kind }) => kind !== 'ours').length, ACTION_COUNT + others.length)
    assert.deepEqual(
      actionsOf('APPTOKEN').map(({ action }) => action),
      ['add', 'delete', 'get', 'list', 'startSession', 'update'],
    )
    assert.deepEqual(actionsOf('appTok'), [])
    for (const service of SERVICES) {
      assert.ok(isKnownService(service))
      for (const action of actionsOf(service)) assert.equal(findAction(service, action.action), action)
    }
  })
})

test('what this server adds is in services of its own, opened to any session or by permissions that all accounts share', () => {
  const ours = SERVICES.flatMap((service) => actionsOf(service)).filter(({ kind }) => kind === 'ours')
  const openersOf = (action: (typeof ours)[number]) => action.opensTo ?? neededPermissions(action).join(',')
  assert.deepEqual(
    ours.map((action) => `${action.service}.${action.action} ${openersOf(action)}`),
    [
      ...['explain', 'matrix', 'suggest', 'reach', 'compare', 'lint'].map((name) => `latchkey_access.${name} session`),
      ...['pause', 'resume', 'rotate', 'annotate'].map((name) => `latchkey_token.${name} APP_TOKEN_UPDATE`),
      'latchkey_token.usage APP_TOKEN_BASE',
      'latchkey_journal.list APP_TOKEN_BASE,KMC_READ_ONLY',
    ],
  )
})

test('the roles are those that the committed digest was made of', () => {
  const rows = (kind: string, roles: typeof STOCK_ROLES) =>
    roles.map(({ systemName, tags, permissionNames }) => `${kind}:${systemName}:${tags}:${permissionNames.join(',')}`)
  assert.equal(digestOf([...rows('shared', STOCK_ROLES), ...rows('template', TEMPLATE_ROLES)]), ROLES_DIGEST)
})

test('a feature is what permissions depend on and no role can list', () => {
  assert.ok(FEATURE_NAMES.has('METADATA_PLUGIN_PERMISSION') && FEATURE_NAMES.has('FEATURE_LIVE_STREAM'))
  assert.ok(!FEATURE_NAMES.has('KMC_ACCESS'))
  for (const name of FEATURE_NAMES) assert.equal(findPermission(name), undefined)
})
