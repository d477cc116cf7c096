import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import {
  diagnoseFacts,
  exitCodeOf,
  type Facts,
  gather,
  type LocalFacts,
  type Told,
  type V3Call,
  type V3Reply,
} from '@latchkey/doctor'

const TOLD: Told = { serviceUrl: 'https://example.org', partnerId: 102, wanted: [] }
const LOCAL: LocalFacts = {
  store: { kind: 'sqlite', schema: 4, knownSchema: 4 },
  masterKey: { path: '/keys/master.key', isThere: true, mode: 0o600, fits: true },
  disk: { path: '/data', freeBytes: 10_000_000_000 },
}

const causes = (facts: Facts) =>
  diagnoseFacts(facts, nodePrimitives).map(({ cause, severity }) => `${severity} ${cause}`)
const local = (changes: Partial<LocalFacts>): Facts => ({
  startedAt: 1_800_000_000,
  told: { ...TOLD, serviceUrl: '' },
  exchanges: [],
  local: { ...LOCAL, ...changes },
})

function answering(body: string, more: Partial<V3Reply> = {}): V3Call {
  return () => Promise.resolve({ status: 200, headers: { 'content-type': 'text/html' }, body, ...more })
}

function examine(call: V3Call, told: Partial<Told> = {}): Promise<Facts> {
  return gather(call, { told: { ...TOLD, ...told }, primitives: nodePrimitives, clock: () => 1_800_000_000_000 })
}

describe('the checks of a machine', () => {
  test('find nothing where all is as it should be', () => {
    assert.deepEqual(causes(local({})), [])
  })

  test('tell a store of a newer version from one that the next start brings up to date', () => {
    assert.deepEqual(causes(local({ store: { kind: 'sqlite', schema: 9, knownSchema: 4 } })), ['error store-version'])
    assert.deepEqual(causes(local({ store: { kind: 'sqlite', schema: 3, knownSchema: 4 } })), ['note store-version'])
  })

  test('see a disk that fills up before it is full', () => {
    assert.deepEqual(causes(local({ disk: { path: '/data', freeBytes: 200_000_000 } })), ['warning disk-full'])
    assert.deepEqual(causes(local({ disk: { path: '/data', freeBytes: 1_000_000 } })), ['error disk-full'])
  })
})

describe('what answers and is no v3 endpoint', () => {
  const odd: Readonly<Record<string, V3Call>> = {
    'a web page': answering('<!doctype html><title>Hello</title>'),
    'nothing at all': answering(''),
    'something cut off': answering('{"code":'),
    'a megabyte of brackets': answering('['.repeat(1_000_000)),
    'a redirection': answering('', { status: 301 }),
    'a connection that is refused': () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })),
    'an error of no kind': () => Promise.reject('no'),
  }
  for (const [name, call] of Object.entries(odd)) {
    test(`is named, and nothing more is asked: ${name}`, async () => {
      const facts = await examine(call)
      assert.equal(facts.exchanges.length, 1)
      assert.deepEqual(causes(facts), ['error wrong-endpoint'])
      assert.equal(exitCodeOf(facts, diagnoseFacts(facts, nodePrimitives)), 2)
    })
  }

  for (const body of ['{"hello":"world"}', '[]', 'null', 'true', '"pong"', '{"ks":""}']) {
    test(`is named where it answers all calls with ${body}, since that starts no session`, async () => {
      const facts = await examine(answering(body))
      assert.deepEqual(causes(facts), ['error wrong-endpoint'])
    })
  }

  test('an endpoint that answers everything alike makes no check throw', async () => {
    const bodies = [
      'true',
      '"pong"',
      '{}',
      '[]',
      'null',
      '{"ks":""}',
      '{"ks":"x","expiry":"soon"}',
      '{"totalCount":"many"}',
    ]
    for (const body of bodies) {
      const facts = await examine(answering(body), {
        tokenId: '0_k3v9qz1m',
        tokenValue: new Secret('00112233445566778899aabbccddeeff'),
        wanted: ['media.list', 'user.list'],
        sentSession: new Secret('djJ8MTAyfAAAA'),
        receivedHash: new Secret('x'),
      })
      assert.ok(Array.isArray(diagnoseFacts(facts, nodePrimitives)), body)
    }
  })

  test('a server that names the cause of a refusal has the first word, and what is seen from here is beside it', async () => {
    const info = { sessionType: 0, partnerId: 102, userId: 'ana', expiry: 1_800_086_400, privileges: 'list:*' }
    const refusing =
      (diagnosis: unknown): V3Call =>
      ({ service, action }) => {
        const error = { code: 'SERVICE_FORBIDDEN', message: 'forbidden', args: {} }
        const body =
          service === 'user'
            ? { objectType: 'KalturaAPIException', ...error, diagnosis }
            : action === 'getCurrentPermissions'
              ? 'BASE_USER_SESSION_PERMISSION'
              : action.startsWith('start')
                ? { ks: 'djJ8MTAyfAAAA', ...info }
                : true
        return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify(body) })
      }
    const told = {
      tokenId: '0_k3v9qz1m',
      tokenValue: new Secret('00112233445566778899aabbccddeeff'),
      wanted: ['user.list'],
    }
    const seen = async (diagnosis?: unknown) => {
      const facts = await examine(refusing(diagnosis), told)
      return causes(facts).filter((line) => /list-privilege|user-session|role-/.test(line))
    }
    assert.deepEqual(await seen({ cause: { id: 'user-session-lacks-permission' } }), [
      'error user-session-lacks-permission',
      'note list-privilege-misread',
    ])
    const own = ['error list-privilege-misread']
    for (const odd of [
      undefined,
      'x',
      {},
      { cause: 'role-too-small' },
      { cause: { id: 'toString' } },
      { cause: { id: 7 } },
    ])
      assert.deepEqual(await seen(odd), own)
  })

  test('a session in quotes is named without any server', () => {
    const told = { ...TOLD, serviceUrl: '', sentSession: new Secret('"djJ8MTAyfAAAAAAAAAAAAAAAAAAAA"') }
    assert.deepEqual(causes({ startedAt: 0, told, exchanges: [] }), ['error session-quoted'])
  })
})
