/** What is told of an app token before anybody uses it. The rows are the specification; all that is found is in them. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTIONS, CAUSES, docsOf, FEATURE_NAMES, lint, PERMISSIONS, STOCK_ROLES } from '@latchkey/core'
import fc from 'fast-check'
import { LINT_ROWS, type LintCase, lintOf, NOW, questionOf } from './lint-rows.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 300)

for (const [subject, rows] of Object.entries(LINT_ROWS)) {
  describe(`lint of ${subject}`, () => {
    for (const [what, token, found, saw] of rows) {
      test(`${what}: ${found.join(', ') || 'nothing is found'}`, () => {
        const { findings } = lintOf(token)
        assert.deepEqual(
          findings.map(({ cause, severity }) => `${cause} ${severity}`),
          found,
          findings.map((each) => each.saw).join('; '),
        )
        if (saw !== undefined) assert.match(findings[0]?.saw ?? '', saw)
        for (const finding of findings) {
          const { title, remedy } = CAUSES[finding.cause]
          assert.deepEqual([finding.title, finding.remedy, finding.docs], [title, remedy, docsOf(finding.cause)])
        }
      })
    }
  })
}

describe('the summary of a token', () => {
  const starts: readonly (readonly [LintCase, string])[] = [
    [{}, 'This token starts ADMIN sessions of up to 86400 seconds (1 day) for no user.'],
    [
      { sessionType: 0, sessionUserId: 'ada' },
      'This token starts USER sessions of up to 86400 seconds (1 day) for the user ada.',
    ],
    [{ sessionSeconds: 300 }, 'This token starts ADMIN sessions of up to 300 seconds (5 minutes) for no user.'],
    [{ sessionSeconds: 90 }, 'This token starts ADMIN sessions of up to 90 seconds for no user.'],
    [{ sessionSeconds: undefined }, 'This token starts ADMIN sessions for no user.'],
    [
      { sessionType: undefined, sessionUserId: undefined, sessionSeconds: undefined },
      'This token starts USER or ADMIN sessions for whatever user the request names.',
    ],
    [{ sessionSeconds: 0 }, 'This token starts ADMIN sessions that are over before their first call, for no user.'],
    [
      { status: 'disabled', sessionSeconds: undefined },
      'This token is paused; resumed, it starts ADMIN sessions for no user.',
    ],
    [
      { status: 'disabled', expiresAt: NOW - 10, sessionSeconds: undefined },
      `This token expired at ${NOW - 10}; before that it started ADMIN sessions for no user.`,
    ],
    [{ status: 'deleted' }, 'This token is deleted and starts no session.'],
    [
      { expiresAt: NOW - 10, sessionSeconds: undefined },
      `This token expired at ${NOW - 10}; before that it started ADMIN sessions for no user.`,
    ],
    [{ expiresAt: NOW + 10, sessionSeconds: undefined }, 'This token starts ADMIN sessions for no user.'],
  ]
  for (const [token, sentence] of starts) {
    test(`begins: ${sentence}`, () =>
      assert.ok(lintOf(token).summary.startsWith(`${sentence} `), lintOf(token).summary))
  }

  const always =
    'expiry (only to shorten), sessionPrivileges (to narrow a value of *, or to add what is not reserved) count'
  const says: readonly (readonly [LintCase, string])[] = [
    [{}, `Of the arguments of startSession ${always}; type and userId do not count.`],
    [{ sessionType: undefined }, `Of the arguments of startSession type, ${always}; userId does not count.`],
    [{ sessionUserId: undefined }, `Of the arguments of startSession userId, ${always}; type does not count.`],
    [{ sessionType: undefined, sessionUserId: undefined }, `Of the arguments of startSession userId, type, ${always}.`],
  ]
  for (const [token, sentence] of says) {
    test(`goes on: ${sentence}`, () =>
      assert.ok(lintOf(token).summary.includes(` ${sentence} `), lintOf(token).summary))
  }

  const opens: readonly (readonly [LintCase, RegExp])[] = [
    [{}, /They may call 87 of 772 actions by its role: \d+ that read, \d+ that change and \d+ that delete\.$/],
    [
      { sessionPrivileges: '' },
      /They may call 627 of 772 actions: 278 that read, 290 that change and 59 that delete\.$/,
    ],
    [{ sessionType: 0, sessionPrivileges: '' }, /They may call 387 of 772 actions: /],
    [
      { sessionUserId: 'ada', sessionPrivileges: '', userRoles: [{ id: 5, permissionNames: ['EP_BASE'] }] },
      /They may call 87 of 772 actions by its user's role: /,
    ],
    [
      { sessionPrivileges: 'setrole:4711' },
      /Every call of its sessions will be refused, since a role is named that is not/,
    ],
    [
      { sessionPrivileges: 'setrole:4711', knowsRoles: false },
      /What its sessions may call is told by the role 4711\.$/,
    ],
    [{ sessionPrivileges: 'setrole:VIEWER', knowsRoles: false }, /is told by the role VIEWER\.$/],
    [{ sessionPrivileges: 'setrole:null', knowsRoles: false }, /They may call 86 of 772 actions by its role: /],
    [
      { sessionUserId: 'ada', sessionPrivileges: '', knowsRoles: false },
      /Unless their user has a role, they may call 627 of 772/,
    ],
    [
      { sessionPrivileges: 'setrole:1000,actionslimit:0' },
      /will be refused, since actionslimit is no number of calls\.$/,
    ],
    [{ sessionPrivileges: 'setrole:1000,iprestrict' }, /will be refused, since iprestrict names no address\.$/],
    [
      { sessionUserId: undefined, sessionPrivileges: '' },
      /that delete, or whatever the roles of the user that is named open\.$/,
    ],
    [{ sessionUserId: undefined }, /that delete\.$/],
  ]
  for (const [token, sentence] of opens) {
    test(`ends: ${sentence.source}`, () => assert.match(lintOf(token).summary, sentence))
  }

  test('counts what it says', () => {
    const [, ...counts] = /call (\d+) of 772 actions: (\d+) that read, (\d+) that change and (\d+) that delete/.exec(
      lintOf({ sessionPrivileges: '' }).summary,
    ) ?? ['']
    const [all = 0, ...parts] = counts.map(Number)
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      all,
    )
  })
})

describe('lint', () => {
  test('puts the gravest first, and looks at no more than twenty wishes', () => {
    const { findings } = lintOf({
      hashType: 'SHA1',
      wanted: ACTIONS.map(({ service, action }) => `${service}.${action}`).join(' '),
    })
    const severities = findings.map(({ severity }) => severity)
    assert.deepEqual(
      severities.toSorted(),
      severities,
      'error, note and warning are in the order of the alphabet but for the last two',
    )
    assert.ok(severities.length <= 21)
  })

  const text = fc.oneof(
    fc.constantFrom(
      'setrole',
      'restrictingrole',
      'iprestrict',
      'urirestrict',
      'actionslimit',
      'list',
      '*',
      'KMC_READ_ONLY',
    ),
    fc.constantFrom('_e', '.m', '__proto__', 'sessionid', 'apptoken', 'latchkey_addresses', '数据', ' ', '\0', ''),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  const privileges = fc
    .array(
      fc.tuple(
        text,
        fc.option(fc.array(fc.oneof(text, fc.constantFrom('0', '-1', '1e9', '*', '10.0.0.0')), { maxLength: 3 })),
      ),
    )
    .map((items) => items.map(([name, values]) => (values === null ? name : `${name}:${values.join('/')}`)).join(','))
  const integer = fc.oneof(
    fc.integer(),
    fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER, 1e300, Number.NaN, Infinity, 0.5),
  )
  const role = fc.record({
    id: fc.constantFrom(-1, 0, 1, 1_000),
    permissionNames: fc.oneof(
      fc.constantFrom(['*'], ['nix'], ...STOCK_ROLES.map(({ permissionNames }) => [...permissionNames])),
      fc.subarray(PERMISSIONS.map(({ name }) => name)),
    ),
  })
  const questions: fc.Arbitrary<LintCase> = fc.record(
    {
      // Ids are parsed where they come in, as addresses are.
      id: fc.stringMatching(/^(?:[0-9]_[0-9a-z]{8})?$/),
      status: fc.constantFrom('active', 'disabled', 'deleted'),
      expiresAt: integer,
      sessionType: integer,
      sessionUserId: fc.string(),
      sessionSeconds: integer,
      sessionPrivileges: privileges,
      hashType: fc.constantFrom('SHA1', 'MD5', 'SHA256', 'SHA512'),
      addresses: fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('10.0.0.0/8')), { maxLength: 3 }),
      role,
      restricting: role,
      userRoles: fc.array(role, { maxLength: 3 }),
      lostUserRole: integer,
      features: fc.subarray([...FEATURE_NAMES, 'FEATURE_ENTITLEMENT']),
      knowsRoles: fc.boolean(),
      wanted: fc
        .subarray(
          ACTIONS.map(({ service, action }) => `${service}.${action}`),
          { maxLength: 30 },
        )
        .map((names) => names.join(' ')),
    },
    { requiredKeys: [] },
  )

  test('throws for no token at all, and tells no more than sentences', () => {
    fc.assert(
      fc.property(questions, fc.constantFrom(undefined, 1, 2), (drawn, sessionVersion) => {
        const { summary, findings } = lint({ ...questionOf(drawn), sessionVersion })
        assert.match(summary, /^This token [\s\S]*\.$/)
        for (const { cause, severity, saw, remedy } of findings) {
          assert.ok(Object.hasOwn(CAUSES, cause))
          assert.match(severity, /^(?:error|warning|note)$/)
          assert.ok(saw !== '' && remedy.length > 0)
        }
        assert.ok(findings.length < 250)
      }),
      { numRuns: RUNS },
    )
  })
})
