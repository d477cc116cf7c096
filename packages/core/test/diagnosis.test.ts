import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CAUSES, diagnose, docsOf, type Problem, type RequestFacts } from '@latchkey/core'
import fc from 'fast-check'
import { nearestName, showable } from '../src/diagnosis-text.ts'
import { MUTATIONS } from '../src/near-miss/mutations.ts'
import { LINT_ROWS } from './lint-rows.ts'

const FACTS: RequestFacts = { service: 'media', action: 'list', requestId: 'r-1', now: 1_700_000_000 }
const LOGIN: RequestFacts = { ...FACTS, service: 'appToken', action: 'startSession', sessionText: 'djJ8' }
const missing = (
  from: `role:${number}` | 'session-kind' | 'user',
  kind: 'user' | 'widget' | 'admin' = 'user',
  dropped: { permission: string; missing: string }[] = [],
): Problem => ({
  kind: 'deny',
  reason: {
    code: 'permission-missing',
    kind,
    needed: ['ADMIN_BASE'],
    held: [{ permission: 'X', from }],
    source: from,
    dropped,
  },
  text: 'needs it',
})
const hash = (tokenHash: string, hashType: 'MD5' | 'SHA1' | 'SHA256' = 'SHA256'): [Problem, RequestFacts] => [
  { kind: 'exchange', code: 'hash-mismatch', hashType },
  { ...LOGIN, tokenHash },
]

const ROWS: readonly (readonly [string, Problem, RequestFacts, stage: string, cause: string, saw?: RegExp])[] = [
  [
    'no session at all',
    { kind: 'deny', reason: { code: 'no-session', needed: ['A'] } },
    FACTS,
    'permission',
    'session-not-sent',
  ],
  [
    'no session for the login',
    { kind: 'deny', reason: { code: 'no-session', needed: ['A'] } },
    { ...LOGIN, sessionText: undefined },
    'permission',
    'session-not-sent',
    /hash has not been looked at/,
  ],
  [
    'no session because the body was not read',
    { kind: 'deny', reason: { code: 'no-session', needed: [] } },
    { ...FACTS, bodyNotes: ['content-type-unread'] },
    'permission',
    'session-not-sent',
    /content-type-unread/,
  ],
  [
    'a session that is a JSON text',
    { kind: 'deny', reason: { code: 'malformed' } },
    { ...FACTS, sessionText: '{"ks":"x"}' },
    'session-readable',
    'session-is-whole-response',
  ],
  [
    'a session in quotes',
    { kind: 'deny', reason: { code: 'malformed' } },
    { ...FACTS, sessionText: '"djJ8MTAy"' },
    'session-readable',
    'session-quoted',
  ],
  [
    'a session with blanks for plus signs',
    { kind: 'deny', reason: { code: 'malformed' } },
    { ...FACTS, sessionText: 'djJ8 MTAy' },
    'session-readable',
    'session-url-mangled',
  ],
  [
    'a session cut at a round length',
    { kind: 'deny', reason: { code: 'malformed' } },
    { ...FACTS, sessionText: 'djJ8'.repeat(32) },
    'session-readable',
    'session-truncated',
  ],
  [
    'a session of somewhere else',
    { kind: 'deny', reason: { code: 'bad-signature' } },
    { ...FACTS, sessionText: 'djJ8MTAyfAAA' },
    'session-readable',
    'wrong-endpoint',
  ],
  [
    'an expired session',
    { kind: 'deny', reason: { code: 'expired', expiredAt: 5 }, text: 'expired at 5' },
    FACTS,
    'session-alive',
    'session-expired',
  ],
  ['an ended session', { kind: 'deny', reason: { code: 'revoked' } }, FACTS, 'session-alive', 'session-ended'],
  [
    'the wrong address',
    { kind: 'deny', reason: { code: 'address-not-allowed', allowed: [] } },
    FACTS,
    'session-alive',
    'ip-restriction',
  ],
  [
    'the wrong URI',
    { kind: 'deny', reason: { code: 'uri-not-allowed', allowed: '' } },
    FACTS,
    'session-alive',
    'uri-restriction',
  ],
  [
    'no calls left',
    { kind: 'deny', reason: { code: 'actions-limit-used-up', limit: '1', isNumber: true } },
    FACTS,
    'session-alive',
    'actions-limit-used-up',
  ],
  [
    'a blocked account',
    { kind: 'deny', reason: { code: 'partner-blocked', partnerId: 1, isKnown: true } },
    FACTS,
    'account',
    'partner-blocked',
  ],
  ['a blocked user', { kind: 'deny', reason: { code: 'user-blocked', userId: 'u' } }, FACTS, 'account', 'user-blocked'],
  [
    'an unknown role',
    { kind: 'deny', reason: { code: 'role-unknown', role: 'x', isInvalid: false } },
    FACTS,
    'account',
    'role-unknown',
  ],
  [
    'another account',
    { kind: 'deny', reason: { code: 'wrong-partner', own: 1, requested: 2 } },
    FACTS,
    'permission',
    'partner-mismatch',
  ],
  [
    'an entry of another user',
    { kind: 'deny', reason: { code: 'entry-not-owned', privilege: 'edit' } },
    FACTS,
    'ownership',
    'entry-not-owned',
  ],
  [
    'a USER session without the permission',
    missing('session-kind'),
    FACTS,
    'permission',
    'user-session-lacks-permission',
  ],
  ['a widget session without it', missing('session-kind', 'widget'), FACTS, 'permission', 'widget-session-still-used'],
  [
    'a session whose restricting role took it away',
    {
      kind: 'deny',
      reason: {
        code: 'permission-missing',
        kind: 'user',
        needed: ['ADMIN_BASE'],
        held: [],
        source: 'session-kind',
        dropped: [],
        removed: ['ADMIN_BASE'],
      },
    },
    FACTS,
    'permission',
    'restricted-by-role',
  ],
  ['a role without it', missing('role:7'), FACTS, 'permission', 'role-too-small'],
  [
    'a role that lost it',
    missing('role:7', 'user', [{ permission: 'KMC_READ_ONLY', missing: 'KMC_ACCESS' }]),
    FACTS,
    'permission',
    'permission-dependency-missing',
    /KMC_ACCESS/,
  ],
  [
    'a role that lost it for lack of a feature',
    missing('role:7', 'user', [{ permission: 'LIVE_STREAM_ADD', missing: 'FEATURE_LIVE_STREAM' }]),
    FACTS,
    'permission',
    'feature-off',
    /FEATURE_LIVE_STREAM, which it depends on, is not/,
  ],
  ['an ADMIN session whose user has a role', missing('user', 'admin'), FACTS, 'permission', 'user-role-wins'],
  ['a USER session whose user has a role', missing('user'), FACTS, 'permission', 'role-too-small'],
  ['a role that may not log in', missing('role:7'), LOGIN, 'permission', 'role-lacks-start-session'],
  [
    'looking at a session',
    missing('session-kind'),
    { ...FACTS, service: 'session', action: 'get' },
    'permission',
    'session-get-needs-permission',
  ],
  [
    'an internal action',
    { kind: 'deny', reason: { code: 'never-open', kind: 'internal' } },
    FACTS,
    'permission',
    'internal-only',
  ],
  [
    'an action beside the scope of the session',
    { kind: 'deny', reason: { code: 'out-of-scope', scope: 'media.count', allowed: ['media.list'] } },
    FACTS,
    'permission',
    'scope-too-small',
  ],
  [
    'a wrong secret at the token endpoint',
    { kind: 'judged', stage: 'secret', cause: 'client-credentials-wrong', saw: 'client_secret has 7 characters' },
    { ...FACTS, service: 'oauth2', action: 'token' },
    'secret',
    'client-credentials-wrong',
    /7 characters/,
  ],
  ['plain HTTP', { kind: 'deny', reason: { code: 'transport-refused' } }, FACTS, 'access-control', 'https-required'],
  [
    'a plugin that is off',
    { kind: 'deny', reason: { code: 'feature-off', feature: 'F', plugin: 'f' } },
    FACTS,
    'feature',
    'feature-off',
  ],
  [
    'an unknown token',
    { kind: 'exchange', code: 'token-not-found', requestedId: '0_abcd1234' },
    LOGIN,
    'token-known',
    'token-of-other-partner',
  ],
  [
    'a value in place of an id',
    { kind: 'exchange', code: 'token-not-found', requestedId: 'a'.repeat(32) },
    LOGIN,
    'token-known',
    'token-id-mangled',
    /values have/,
  ],
  [
    'an id that a spreadsheet ate',
    { kind: 'exchange', code: 'token-not-found', requestedId: 'abcd1234' },
    LOGIN,
    'token-known',
    'token-id-mangled',
    /8 characters/,
  ],
  [
    'an unknown token elsewhere',
    { kind: 'exchange', code: 'token-not-found', requestedId: '0_abcd1234' },
    { ...FACTS, service: 'appToken', action: 'get' },
    'action',
    'token-of-other-partner',
  ],
  [
    'an inactive token',
    { kind: 'exchange', code: 'token-not-active', requestedId: '0_abcd1234' },
    LOGIN,
    'token-active',
    'token-disabled',
  ],
  [
    'an expired token',
    { kind: 'exchange', code: 'token-expired', requestedId: '0_abcd1234' },
    LOGIN,
    'token-in-date',
    'token-expired',
    /hash is right/,
  ],
  [
    'an address that the token does not take',
    { kind: 'exchange', code: 'address-not-allowed', requestedId: '0_abcd1234', address: '192.0.2.7' },
    LOGIN,
    'token-in-date',
    'address-range',
    /hash is right, but the call came from .*192\.0\.2\.7/,
  ],
  [
    'a session used where its token may not be',
    { kind: 'deny', reason: { code: 'address-not-allowed', allowed: ['10.0.0.0/8'], isOfToken: true } },
    FACTS,
    'session-alive',
    'address-range',
  ],
  [
    'more logins a minute than the token may start',
    { kind: 'exchange', code: 'too-many-starts', requestedId: '0_abcd1234' },
    LOGIN,
    'token-in-date',
    'too-many-starts',
    /as many sessions in the last minute as it may/,
  ],
  ['too many calls', { kind: 'deny', reason: { code: 'rate' } }, FACTS, 'rate', 'too-many-starts'],
  ['a hash in capitals', ...hash('AB'.repeat(32)), 'hash', 'hash-upper-case'],
  [
    'a hash of another algorithm',
    ...hash('ab'.repeat(20)),
    'hash',
    'hash-wrong-algorithm',
    /40 hex characters, as SHA1 gives; SHA256 gives 64/,
  ],
  ['a hash of 32 digits', ...hash('ab'.repeat(16)), 'hash', 'hash-wrong-algorithm', /app token values/],
  ['a hash in Base64', ...hash(`${'Ab3+'.repeat(10)}Ab3=`), 'hash', 'hash-base64'],
  ['a hash with a prefix', ...hash(`0x${'ab'.repeat(32)}`), 'hash', 'hash-decorated'],
  ['a hash with dashes', ...hash(Array(32).fill('AB').join('-')), 'hash', 'hash-decorated'],
  ['a hash with a file name', ...hash(`${'ab'.repeat(32)}  -`), 'hash', 'hash-decorated'],
  ['a hash that is short of zeros', ...hash('a'.repeat(61)), 'hash', 'hash-zeros-dropped'],
  ['a placeholder', ...hash('{{hash}}'), 'hash', 'hash-placeholder'],
  ['nothing', ...hash(''), 'hash', 'hash-placeholder'],
  ['a right length and wrong digits', ...hash('ab'.repeat(32)), 'hash', 'hash-unexplained'],
  [
    'a misspelt parameter',
    { kind: 'parameter-missing', name: 'tokenHash' },
    { ...LOGIN, parameterNames: ['id', 'tokenhash'] },
    'parameters',
    'parameter-missing',
    /"tokenhash" arrived/,
  ],
  [
    'a body that was not read',
    { kind: 'parameter-missing', name: 'id' },
    { ...LOGIN, bodyNotes: ['content-type-unread'] },
    'parameters',
    'json-charset-ignored',
  ],
  [
    'a value out of its range',
    { kind: 'parameter-invalid', name: 'type', accepted: '0 or 2' },
    LOGIN,
    'parameters',
    'parameter-invalid',
    /accepted is 0 or 2/,
  ],
  [
    'a field that is not writable',
    { kind: 'field-not-writable', field: 'KalturaAppToken::status' },
    FACTS,
    'action',
    'field-not-writable',
  ],
  [
    'a service without its prefix',
    { kind: 'service-unknown' },
    { ...FACTS, service: 'scheduleEvent' },
    'endpoint',
    'plugin-service-prefix',
    /schedule_scheduleevent/,
  ],
  [
    'a service that there is not',
    { kind: 'service-unknown' },
    { ...FACTS, service: 'nix' },
    'endpoint',
    'service-unknown',
  ],
  [
    'an action that there is not',
    { kind: 'action-unknown' },
    { ...FACTS, action: 'nix' },
    'endpoint',
    'action-unknown',
  ],
  [
    'an action with a slip in its name',
    { kind: 'action-unknown' },
    { ...FACTS, action: 'lists' },
    'endpoint',
    'action-unknown',
    /asked for "lists"; list is close to it/,
  ],
  [
    'a service with a slip in its name',
    { kind: 'service-unknown' },
    { ...FACTS, service: 'apToken' },
    'endpoint',
    'service-unknown',
    /no service "apToken"; appToken is close to it/,
  ],
  [
    'an action that is not in the sandbox',
    { kind: 'not-in-sandbox' },
    FACTS,
    'action',
    'not-in-sandbox',
    /not in the sandbox/,
  ],
  [
    'a wrong secret',
    { kind: 'secret-wrong' },
    { ...FACTS, service: 'session', action: 'start' },
    'secret',
    'partner-secret-wrong',
  ],
  ['an unknown widget', { kind: 'widget-unknown', id: '102' }, FACTS, 'action', 'widget-id-without-underscore'],
  [
    'a role that session.start does not know',
    { kind: 'session-role-unknown' },
    { ...FACTS, service: 'session', action: 'start' },
    'account',
    'role-unknown',
  ],
  ['another user', { kind: 'other-user' }, FACTS, 'action', 'user-own-only'],
  [
    'an object that is not there',
    { kind: 'object-not-found', what: 'entry', id: '0_x' },
    FACTS,
    'action',
    'object-not-found',
    /no entry with the id "0_x"/,
  ],
  ['a name that is taken', { kind: 'value-taken', what: 'user id' }, FACTS, 'action', 'value-taken'],
  ['a role that is not deleted since a user has it', { kind: 'role-in-use' }, FACTS, 'action', 'role-in-use'],
  [
    'a name that nothing has',
    { kind: 'name-unknown', parameter: 'actions', received: 'media.lst', known: ['media.list', 'user.list'] },
    FACTS,
    'action',
    'parameter-invalid',
  ],
  ['a question about another', { kind: 'about-others', held: [] }, FACTS, 'action', 'role-too-small'],
  [
    'a token that could do more than the session that makes it',
    { kind: 'beyond-maker', what: 'media.delete' },
    FACTS,
    'action',
    'token-beyond-maker',
  ],
  ['a body that is too large', { kind: 'limit', which: 'body' }, FACTS, 'endpoint', 'request-too-large'],
  ['too many steps', { kind: 'limit', which: 'steps' }, FACTS, 'endpoint', 'too-many-steps'],
  ['too slow a request', { kind: 'limit', which: 'time' }, FACTS, 'endpoint', 'request-timeout'],
  ['a request that cannot be read', { kind: 'request-malformed' }, FACTS, 'endpoint', 'request-malformed'],
  ['a fault of ours', { kind: 'server-fault' }, FACTS, 'action', 'server-fault'],
]

/** The order of the checks as the protocol has it, written down once more. */
const ORDERS = {
  oauth2:
    'endpoint access-control parameters secret account token-active token-in-date session-readable session-alive permission issued',
  login:
    'endpoint session-readable rate parameters session-alive account permission access-control token-known token-active hash token-in-date',
  secret: 'endpoint parameters account secret',
  call: 'endpoint session-readable rate parameters session-alive account permission access-control feature action',
  owned: 'endpoint session-readable rate parameters session-alive account ownership permission',
}

function passedExpected({ service, action, sessionText }: RequestFacts, stage: string): string[] {
  const name = `${service}.${action}`
  const byName =
    name === 'appToken.startSession'
      ? 'login'
      : name === 'session.start'
        ? 'secret'
        : service === 'oauth2'
          ? 'oauth2'
          : 'call'
  const rungs = ORDERS[stage === 'ownership' ? 'owned' : byName].split(' ')
  assert.ok(rungs.includes(stage), stage)
  return rungs
    .slice(0, rungs.indexOf(stage))
    .filter((rung) => sessionText !== undefined || !rung.startsWith('session-'))
}

describe('a diagnosis', () => {
  for (const [name, problem, facts, stage, cause, saw] of ROWS) {
    test(`of ${name} is ${cause} at ${stage}`, () => {
      const diagnosis = diagnose(problem, facts)
      assert.deepEqual([diagnosis.stage, diagnosis.cause.id], [stage, cause])
      assert.deepEqual(diagnosis.passed, passedExpected(facts, stage))
      assert.match(diagnosis.cause.saw, saw ?? /./)
      assert.ok(diagnosis.cause.remedy.length > 0)
      assert.deepEqual(
        [diagnosis.requestId, diagnosis.serverTime, diagnosis.cause.docs],
        ['r-1', 1_700_000_000, docsOf(diagnosis.cause.id)],
      )
      assert.ok(
        Object.values(diagnosis).every((value) => value !== undefined && value !== null),
        'absent fields are left out',
      )
    })
  }

  test('or lint names every cause of the catalogue for something, but for a few that others name', () => {
    const named = new Set<string>(ROWS.map(([, , , , cause]) => cause))
    const byLint = Object.values(LINT_ROWS).flatMap((rows) =>
      rows.flatMap(([, , found]) => found.map((text) => text.split(' ')[0] ?? '')),
    )
    for (const cause of byLint) named.add(cause)
    // Told by the search for a near miss, whose table has a test of its own.
    for (const { cause } of MUTATIONS) named.add(cause)
    const byOthers = [
      // The doctor's: they show over several answers, or on the server's own machine. Its tests commit each of them.
      'admin-secret-instead',
      'clock-skew',
      'disk-full',
      'error-cached',
      'error-inside-http-200',
      'hash-other-session',
      'hash-session-of-other-kind',
      'hash-type-unchanged',
      'master-key-open',
      'master-key-unusable',
      'session-expiry-unit',
      'store-unreachable',
      'store-version',
      'token-deleted',
      'widget-session-expired',
      // Of the forms of a hash, which have a test of their own.
      'hash-token-value-sent',
      // Told with an answer that is no refusal.
      'token-value-old',
      'user-argument-ignored',
      'reserved-privilege-dropped',
      // Only who reads the answer can tell.
      'xml-where-json-expected',
      // Of the OAuth2 endpoints and of sessions in headers and URLs; the tests of those commit each of them.
      'body-not-form',
      'client-credentials-missing',
      'client-credentials-twice',
      'client-id-as-secret',
      'client-secret-decorated',
      'client-secret-not-encoded',
      'scope-beyond-token',
      'scope-not-narrower',
      'scope-wider',
      'secret-in-url',
      'secret-over-plain-http',
      'session-in-url',
      'session-of-other-token',
      'sessions-differ',
      'too-many-wrong-secrets',
    ]
    assert.deepEqual(
      Object.keys(CAUSES)
        .filter((id) => !named.has(id))
        .sort(),
      byOthers.sort(),
    )
  })

  test('of every kind of problem is among these', () => {
    const kinds: Record<Problem['kind'], true> = {
      deny: true,
      exchange: true,
      'parameter-missing': true,
      'parameter-invalid': true,
      'field-not-writable': true,
      'service-unknown': true,
      'action-unknown': true,
      'not-in-sandbox': true,
      'secret-wrong': true,
      'widget-unknown': true,
      'session-role-unknown': true,
      'other-user': true,
      'object-not-found': true,
      'value-taken': true,
      'role-in-use': true,
      'beyond-maker': true,
      'about-others': true,
      'name-unknown': true,
      limit: true,
      'request-malformed': true,
      judged: true,
      'server-fault': true,
    }
    assert.deepEqual(new Set(ROWS.map(([, { kind }]) => kind)), new Set(Object.keys(kinds)))
  })

  test('says that nothing can be read of a text that is no session string, and speaks of secrets only where it is one', () => {
    const sawOf = (code: 'malformed' | 'bad-signature', sessionText: string) =>
      diagnose({ kind: 'deny', reason: { code } }, { ...FACTS, sessionText }).cause.saw
    assert.match(sawOf('malformed', 'notasession'), /no session string can be read from it/)
    assert.doesNotMatch(sawOf('malformed', 'hello-world'), /secret/)
    assert.match(sawOf('bad-signature', 'djJ8MTAyfAAA'), /no secret of the account that it names fits it/)
  })

  test('shows what the session lacks and holds, where that is the reason', () => {
    const { needed, held } = diagnose(missing('role:7'), FACTS)
    assert.deepEqual([needed, held], [['ADMIN_BASE'], [{ permission: 'X', from: 'role:7' }]])
    assert.ok(!('needed' in diagnose({ kind: 'other-user' }, FACTS)))
  })

  test('repeats no session, no hash, no secret and no long run of hex, whatever was sent and wherever', () => {
    const secretish = fc.oneof(
      fc.stringMatching(/^[0-9a-f]{32,64}$/),
      fc.stringMatching(/^[A-Za-z0-9+/_-]{40,300}={0,2}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{20}(?:%2[BF][A-Za-z0-9_-]{20}){3,9}(?:%3D){0,2}$/),
      fc.stringMatching(/^[ :a-z]{0,70}[0-9a-fA-F]{16,40}[ .x]{0,5}$/),
      fc.stringMatching(/^[0-9]{16,20}_[0-9a-z]{8}$/),
    )
    const places = ['id', 'requestedId', 'name', 'field'] as const
    fc.assert(
      fc.property(fc.constantFrom(...ROWS), secretish, (row, secret) => {
        const [, problem, facts] = row
        const planted: Problem = Object.assign(
          { ...problem },
          Object.fromEntries(places.filter((place) => place in problem).map((place) => [place, secret])),
        )
        const text = JSON.stringify(
          diagnose(planted, {
            ...facts,
            sessionText: secret,
            tokenHash: secret,
            tokenId: secret,
            parameterNames: [secret, secret.slice(0, -1)],
            ...(facts.service === 'nix' && { service: secret }),
            ...(facts.action === 'nix' && { action: secret }),
          }),
        )
        assert.ok(!text.includes(secret), text)
        for (const run of secret.match(/[0-9a-f]{16,}/gi) ?? []) {
          for (let at = 0; at + 16 <= run.length; at += 1) assert.ok(!text.includes(run.slice(at, at + 16)), text)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the nearest name', () => {
  test('is one that differs by case or by a slip or two', () => {
    assert.equal(nearestName('tokenHash', ['id', 'tokenhash']), 'tokenhash')
    assert.equal(nearestName('tokenHash', ['tokenHsah']), 'tokenHsah')
    assert.equal(nearestName('tokenHash', ['token', 'hash', 'toknHash', 'tknHsh']), 'toknHash')
    assert.equal(nearestName('id', ['ID']), 'ID')
  })

  test('is none of those that differ by more, nor the name itself', () => {
    assert.equal(nearestName('tokenHash', ['tokenHash', 'token_id']), undefined)
    assert.equal(nearestName('id', ['ks', 'p', 'i', 'ids']), undefined)
    assert.equal(nearestName('type', ['tpe']), 'tpe')
    assert.equal(nearestName('type', ['tag']), undefined)
    assert.equal(nearestName('tokenHash', ['x'.repeat(100_000)]), undefined)
  })
})

describe('what a diagnosis repeats', () => {
  test('is cut, in visible ASCII and without secrets', () => {
    assert.equal(showable('tokenHash'), '"tokenHash"')
    assert.equal(showable('KalturaAppToken::sessionPrivileges'), '"KalturaAppToken::sessionPrivileges"')
    assert.equal(showable(`a${'b'.repeat(15)}`), '"[16 hex characters]"')
    assert.equal(showable('a\u0000\u202e\nb'), '"a???b"')
    assert.equal(showable('. '.repeat(50)), `"${'. '.repeat(32)}…"`)
    assert.equal(showable('djJ8'.repeat(20)), '"[64 characters]…"')
    assert.equal(showable('MzI0NzM%2BYmQzNTI3'.repeat(3)), '"[54 characters]"')
  })
})
