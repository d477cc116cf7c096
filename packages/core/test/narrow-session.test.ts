import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ActionScope,
  type CatalogueAction,
  countingKey,
  decideNarrowing,
  findAction,
  keysToAsk,
  type NarrowingContext,
  type NarrowingWish,
  parseScope,
  revocationKeys,
  type Session,
} from '@latchkey/core'
import { nodePrimitives as primitives } from '@latchkey/core/node'

const NOW = 1_700_000_000
const PARENT: Session = {
  version: 2,
  partnerId: 7,
  expiresAt: NOW + 600,
  type: 2,
  userId: 'ada',
  privileges: 'sessionid:0_a,apptoken:0_a,list:*,setrole:5',
  fingerprint: 'f'.repeat(40),
}
const CONTEXT: NarrowingContext = {
  now: NOW,
  actionCount: 5,
  readAddress: (text) => (/^[\d.]+$/.test(text) ? text : undefined),
  isInRange: (address, range) => address.startsWith(range.split('/')[0]?.replace('0/', '') ?? '?'),
}

function actions(...names: string[]): ActionScope {
  return new ActionScope(
    names.flatMap((name): CatalogueAction | [] => {
      const [service = '', action = ''] = name.split('.')
      return findAction(service, action) ?? []
    }),
  )
}

function narrow(wish: Partial<NarrowingWish> & { readonly scope?: string }, parent = PARENT, context = CONTEXT) {
  const { scope, ...rest } = wish
  return decideNarrowing(parent, { privileges: parseScope(scope ?? '').privileges, ...rest }, context)
}

function codesOf(narrowing: ReturnType<typeof narrow>): readonly string[] {
  return narrowing.effect === 'allow' ? ['allow'] : narrowing.reasons.map(({ code }) => code)
}

describe('a session is narrowed', () => {
  test('to fewer actions, and keeps user, type, role and privileges', () => {
    const narrowed = narrow({ actions: actions('media.list') })
    assert.ok(narrowed.effect === 'allow')
    assert.equal(
      narrowed.fields.privileges,
      `sessionid:0_a,apptoken:0_a,list:*,setrole:5,latchkey_parents:${PARENT.fingerprint},latchkey_actions:media.list`,
    )
    const { partnerId, expiresAt, type, userId } = narrowed.fields
    assert.deepEqual([partnerId, expiresAt, type, userId], [7, NOW + 600, 2, 'ada'])
  })

  test('to a shorter time, or one address', () => {
    const shorter = narrow({ lifetimeSeconds: 60 })
    assert.ok(shorter.effect === 'allow' && shorter.fields.expiresAt === NOW + 60)
    const bound = narrow({ scope: 'priv:iprestrict:10.0.0.7' })
    assert.ok(bound.effect === 'allow' && bound.fields.privileges.endsWith(',iprestrict:10.0.0.7'))
  })

  test('never to more, and each thing that would be more is told', () => {
    assert.deepEqual(codesOf(narrow({ scope: 'priv:edit:* priv:sview:0_a', lifetimeSeconds: 601 })), [
      'wider',
      'wider',
      'wider',
    ])
    const bound = { ...PARENT, privileges: `${PARENT.privileges},iprestrict:10.0.0.1/10.0.0.2` }
    assert.deepEqual(codesOf(narrow({ scope: 'priv:iprestrict:10.0.0.3' }, bound)), ['wider'])
    assert.deepEqual(codesOf(narrow({ scope: 'priv:iprestrict:10.0.0.1/10.0.0.2' })), ['wider'])
    assert.deepEqual(codesOf(narrow({ scope: 'priv:iprestrict:nowhere' })), ['wider'])
    const one = narrow({ scope: 'priv:iprestrict:10.0.0.2' }, bound)
    assert.ok(one.effect === 'allow' && !one.fields.privileges.includes('10.0.0.1'))
    const ranged = { ...PARENT, privileges: `${PARENT.privileges},latchkey_addresses:10.` }
    assert.deepEqual(codesOf(narrow({ scope: 'priv:iprestrict:11.0.0.1' }, ranged)), ['wider'])
    assert.deepEqual(codesOf(narrow({ scope: 'priv:iprestrict:10.0.0.1' }, ranged)), ['allow'])
  })

  test('and not to the same once more', () => {
    assert.deepEqual(codesOf(narrow({})), ['not-narrower'])
    assert.deepEqual(codesOf(narrow({ lifetimeSeconds: 600, scope: 'priv:list:*' })), ['not-narrower'])
    assert.deepEqual(codesOf(narrow({ actions: actions('media.list') }, PARENT, { ...CONTEXT, actionCount: 1 })), [
      'not-narrower',
    ])
  })

  test('where ends are rounded up, never beyond the end of the one it comes from', () => {
    const parent = { ...PARENT, expiresAt: NOW + 90, privileges: `${PARENT.privileges},downloadasset:*` }
    assert.deepEqual(codesOf(narrow({ lifetimeSeconds: 60 }, parent)), ['wider'])
    const whole = narrow({ lifetimeSeconds: 60 }, { ...parent, expiresAt: 1_700_000_400 })
    assert.ok(whole.effect === 'allow' && whole.fields.expiresAt === 1_700_000_100)
  })

  test('not where it would read back as something else than was written', () => {
    const odd = { ...PARENT, privileges: `${PARENT.privileges},setrole:7` }
    assert.deepEqual(codesOf(narrow({ lifetimeSeconds: 60 }, odd)), ['unsealable'])
    assert.deepEqual(codesOf(narrow({ lifetimeSeconds: 60 }, { ...odd, version: 1 })), ['allow'])
  })

  test('so often and no more', () => {
    let parent = PARENT
    for (let deep = 0; deep < 8; deep += 1) {
      const narrowed = narrow({ lifetimeSeconds: 500 - deep }, parent)
      assert.ok(narrowed.effect === 'allow')
      parent = { ...parent, ...narrowed.fields, fingerprint: String(deep).repeat(40) }
    }
    assert.deepEqual(codesOf(narrow({ lifetimeSeconds: 1 }, parent)), ['too-deep'])
    const keys = revocationKeys(primitives, parent)
    assert.equal(keysToAsk(keys).length, 10)
    assert.equal(countingKey(keys), PARENT.fingerprint, 'calls of all of them count together')
  })

  test('never by more than eight, however many somebody with a secret has written into one', () => {
    const written = Array.from({ length: 40_000 }, (_, at) => String(at).padStart(40, '0'))
    const parentsIn = (text: string) =>
      keysToAsk(revocationKeys(primitives, { ...PARENT, privileges: `latchkey_parents:${text}` })).slice(1)
    assert.deepEqual(parentsIn(written.join('/')), written.slice(0, 8))
    assert.deepEqual(parentsIn(`x/\0/${written[0]}/${'F'.repeat(40)}`), [written[0]], 'what is none is none')
  })
})
