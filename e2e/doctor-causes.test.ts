import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { CAUSES, type CauseId } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, exitCodeOf, formatReport, makeReport, parseReport } from '@latchkey/doctor'
import { doctorGround, type Examined, examine, type Ground, makeToken, widget } from './lib/doctor-ground.ts'
import { HASH_MISTAKES } from './lib/doctor-hash-mistakes.ts'
import { type Fixture, ONLINE_FIXTURES } from './lib/doctor-online-fixtures.ts'
import { PASTED_FIXTURES } from './lib/doctor-pasted-fixtures.ts'
import { call } from './lib/v3.ts'

const GROUNDS = {
  vendor: () => doctorGround('vendor'),
  mended: () => doctorGround('mended'),
  caches: () => doctorGround('vendor', { caches: true }),
  throttled: () => doctorGround('vendor', { callsPerMinute: 6 }),
} as const

/** What integrations fail of in the field, by how often it is met times how misleading its error is. */
const FIELD = `
  user-session-lacks-permission session-not-sent hash-upper-case hash-wrong-algorithm hash-token-value-sent
  list-shows-own-entries-only entitlement-hides-entries reserved-privilege-dropped list-privilege-misread
  json-charset-ignored hash-newline session-expired error-inside-http-200 hash-token-id hash-other-session
  hash-utf16 hash-hmac hash-base64 hash-swapped hash-separator hash-quoted session-is-whole-response
  xml-where-json-expected widget-session-still-used token-expired token-expiry-unit session-duration-too-short
  session-expiry-unit role-unknown role-too-small user-role-wins permission-name-as-privilege partner-mismatch
  wrong-endpoint widget-id-without-underscore token-deleted token-of-other-partner token-id-mangled token-disabled
  hash-session-of-other-kind session-url-mangled hash-url-encoded-session hash-padding-stripped
  hash-whitespace-in-session hash-bom hash-decorated hash-zeros-dropped hash-double hash-half-input
  hash-decoded-input hash-case-of-input session-truncated hash-placeholder widget-session-expired error-cached
  ip-restriction uri-restriction actions-limit-used-up https-required partner-blocked privilege-blank
  session-get-needs-permission plugin-service-prefix too-many-starts clock-skew hash-type-unchanged
  admin-secret-instead partner-secret-wrong user-blocked parameter-missing parameter-invalid field-not-writable
  entry-not-owned session-ended permission-dependency-missing feature-off role-lacks-start-session
  admin-without-role hash-type-weak privilege-duplicate token-expires-soon holder-chooses-identity
  user-argument-ignored hash-unexplained
`
  .trim()
  .split(/\s+/)

const OF_OAUTH2 = 'of the OAuth2 door, which is ours; told by diagnosis alone'

/** Causes beyond the field's, for which no fixture stands here, each with why. */
const ELSEWHERE: Readonly<Partial<Record<CauseId, string>>> = {
  'session-quoted': 'told by the form of the session string; see the tests of the checks',
  'service-unknown': 'a misspelt name, told by the answer itself',
  'action-unknown': 'a misspelt name, told by the answer itself',
  'not-in-sandbox': 'a note about this sandbox',
  'token-value-old': 'of rotation, which is ours; told by diagnosis alone',
  'token-beyond-maker': 'a warning of ours to whoever makes a token',
  'address-range': 'of addresses bound to a token, which are ours; told by diagnosis alone',
  'restricted-by-role': 'told by diagnosis alone: no answer of the original shows a restricting role',
  'role-in-use': 'the answer to userRole.delete, told by itself',
  'internal-only': 'an action that no account may call, told by the catalogue',
  'client-credentials-wrong': OF_OAUTH2,
  'client-secret-decorated': OF_OAUTH2,
  'client-secret-not-encoded': OF_OAUTH2,
  'client-id-as-secret': OF_OAUTH2,
  'client-credentials-missing': OF_OAUTH2,
  'client-credentials-twice': OF_OAUTH2,
  'secret-in-url': OF_OAUTH2,
  'secret-over-plain-http': OF_OAUTH2,
  'body-not-form': OF_OAUTH2,
  'too-many-wrong-secrets': OF_OAUTH2,
  'scope-beyond-token': OF_OAUTH2,
  'scope-wider': OF_OAUTH2,
  'scope-not-narrower': OF_OAUTH2,
  'session-of-other-token': OF_OAUTH2,
  'scope-too-small': 'of sessions with a scope, which are ours; told by diagnosis alone',
  'sessions-differ': 'of sessions in a header, which are ours; told by diagnosis alone',
  'session-in-url': 'told with an answer that is no refusal; see oauth2-rfc6750.test.ts',
  'request-malformed': 'a limit of ours, told by its code',
  'request-too-large': 'a limit of ours, told by its code',
  'too-many-steps': 'a limit of ours, told by its code',
  'request-timeout': 'a limit of ours, told by its code',
  'user-own-only': 'the answer to a question about another user, told by itself',
  'object-not-found': 'the answer to a wrong id, told by itself',
  'value-taken': 'the answer to a name that is taken, told by itself',
  'server-fault': 'no mistake of whoever calls',
  'master-key-unusable': 'of one machine; see doctor.test.ts',
  'master-key-open': 'of one machine; see doctor.test.ts',
  'store-unreachable': 'of one machine; see doctor.test.ts',
  'store-version': 'of one machine; see the tests of the checks',
  'disk-full': 'of one machine; see the tests of the checks',
}

const HASH_FIXTURES: readonly Fixture[] = HASH_MISTAKES.map(({ cause, how, make, sends = (ks) => ks }) => ({
  cause,
  how,
  async run(ground) {
    const at = await ground.account()
    const token = await makeToken(at)
    for (let tries = 0; tries < 40; tries += 1) {
      const ks = await widget(at)
      const receivedHash = make({ ks, value: token.token, id: token.id })
      if (receivedHash === undefined) continue
      const sentSession = sends(ks)
      const params = { ks: sentSession, id: token.id, tokenHash: receivedHash }
      assert.equal((await call(at.url, 'appToken.startSession', params)).code, 'INVALID_APP_TOKEN_HASH')
      return examine(at, { token, receivedHash, sentSession })
    }
    throw new Error('no session string showed the mistake')
  },
}))

const FIXTURES = [...ONLINE_FIXTURES, ...PASTED_FIXTURES, ...HASH_FIXTURES]

describe('the doctor', () => {
  const grounds = new Map<string, Promise<Ground>>()
  after(async () => {
    for (const ground of grounds.values()) await (await ground)[Symbol.asyncDispose]()
  })

  function groundOf(name: keyof typeof GROUNDS = 'vendor'): Promise<Ground> {
    const ground = grounds.get(name) ?? GROUNDS[name]()
    grounds.set(name, ground)
    return ground
  }

  for (const { cause, how, ground, run } of FIXTURES) {
    test(`names ${cause} first: ${how}`, async () => {
      const examined = await run(await groundOf(ground))
      const shown = examined.findings.map((found) => `${found.severity} ${found.cause}: ${found.saw}`).join('\n')
      assert.equal(examined.findings[0]?.cause, cause, shown)
      assertReplays(examined)
    })
  }

  test('all 84 causes of the field are committed by one of these, and every other is listed with why it is not', () => {
    const committed = new Set<string>(FIXTURES.map(({ cause }) => cause))
    assert.equal(FIELD.length, 84)
    assert.deepEqual(
      FIELD.filter((id) => !committed.has(id)),
      [],
    )
    const others = Object.keys(CAUSES).filter((id) => !committed.has(id))
    assert.deepEqual(others.sort(), Object.keys(ELSEWHERE).sort())
  })
})

/** On another machine, from the report alone, the same. */
function assertReplays({ facts, findings }: Examined): void {
  const made = makeReport(facts, nodePrimitives, {})
  const replayed = diagnoseFacts(parseReport(formatReport(made, nodePrimitives)), nodePrimitives)
  assert.deepEqual(
    replayed.map(({ cause, severity }) => [cause, severity]),
    findings.map(({ cause, severity }) => [cause, severity]),
  )
  assert.deepEqual(replayed, made.report.findings)
  assert.equal(exitCodeOf(facts, findings), exitCodeOf(made.report.facts, replayed))
}
