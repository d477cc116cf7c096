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
  const told = (token: LintCase) => [lintOf(token).summary, ...lintOf(token).details].join('\n')

  test('is one sentence, with times as a person says them', () => {
    for (const [sessionSeconds, life] of [
      [300, '300 s'],
      [600, '10 minutes'],
      [5_400, '90 minutes'],
      [7_200, '2 hours'],
      [86_400, '1 day'],
      [100_000, 'about 1 day 3 hours'],
      [100_800, '28 hours'],
      [86_401, 'about 1 day'],
      [3_601, 'about 1 hour'],
      [601, '10 minutes 1 second'],
    ] as const) {
      const { summary } = lintOf({ sessionSeconds })
      assert.ok(summary.startsWith(`This token starts an ADMIN session of ${life}, for no user; `), summary)
      assert.equal(/[.…] ./.test(summary), false, summary)
    }
  })

  const starts: readonly (readonly [LintCase, string])[] = [
    [{}, 'starts an ADMIN session of 1 day, for no user'],
    [{ sessionType: 0, sessionUserId: 'ada' }, 'starts a USER session of 1 day, for the user ada'],
    [{ sessionSeconds: undefined }, 'starts an ADMIN session, for no user'],
    [
      { sessionType: undefined, sessionUserId: undefined, sessionSeconds: undefined },
      'starts a USER or an ADMIN session, for a user whom the caller may name',
    ],
    [{ sessionSeconds: 0 }, 'starts an ADMIN session of 0 s, for no user'],
    [{ status: 'disabled', sessionSeconds: undefined }, 'is paused; resumed, it starts an ADMIN session, for no user'],
    [
      { status: 'disabled', expiresAt: NOW - 10, sessionSeconds: undefined },
      `expired on ${new Date((NOW - 10) * 1_000).toISOString().slice(0, 16).replace('T', ', ')} UTC; before that it started an ADMIN session, for no user`,
    ],
    [{ status: 'deleted' }, 'is deleted and starts no session'],
    [{ expiresAt: NOW + 10, sessionSeconds: undefined }, 'starts an ADMIN session, for no user'],
  ]
  for (const [token, sentence] of starts) {
    test(`begins: ${sentence}`, () =>
      assert.ok(lintOf(token).summary.startsWith(`This token ${sentence}; `), lintOf(token).summary))
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
    test(`goes on: ${sentence}`, () => assert.equal(lintOf(token).details.at(-1), sentence))
  }

  const opens: readonly (readonly [LintCase, RegExp])[] = [
    [{}, /; opens 87 of 772 actions by its role, not .*\nOf the actions, \d+ read, \d+ change and \d+ delete\.\n/],
    [
      { sessionPrivileges: '' },
      /; no privileges needed; opens 627 of 772 actions\b.*\nOf the actions, 278 read, 290 change and 59 delete\.\n/,
    ],
    [{ sessionType: 0, sessionPrivileges: '' }, /; opens 387 of 772 actions, not user\.list, /],
    [
      { sessionUserId: 'ada', sessionPrivileges: '', userRoles: [{ id: 5, permissionNames: ['EP_BASE'] }] },
      /; opens 87 of 772 actions by its user's role, not /,
    ],
    [{ sessionPrivileges: 'setrole:4711' }, /; opens nothing, since a role is named that is not there\.\n/],
    [{ sessionPrivileges: 'setrole:4711', knowsRoles: false }, /; what it opens is told by the role 4711\.\n/],
    [{ sessionPrivileges: 'setrole:VIEWER', knowsRoles: false }, /is told by the role VIEWER\.\n/],
    [{ sessionPrivileges: 'setrole:null', knowsRoles: false }, /; opens 86 of 772 actions by its role, /],
    [
      { sessionUserId: 'ada', sessionPrivileges: '', knowsRoles: false },
      /delete, unless the user has a role that says otherwise\.\n/,
    ],
    [
      { sessionPrivileges: 'setrole:1000,actionslimit:0' },
      /; opens nothing, since actionslimit is no number of calls\.\n/,
    ],
    [{ sessionPrivileges: 'setrole:1000,iprestrict' }, /; opens nothing, since iprestrict names no address\.\n/],
    [
      { sessionUserId: undefined, sessionPrivileges: '' },
      /delete, or whatever the roles of the user that is named open\.\n/,
    ],
    [{ sessionUserId: undefined }, /\d delete\.\n/],
  ]
  for (const [token, sentence] of opens) {
    test(`tells: ${sentence.source}`, () => assert.match(told(token), sentence))
  }

  test('counts what it says', () => {
    const [, ...counts] = /opens (\d+) of 772.*\nOf the actions, (\d+) read, (\d+) change and (\d+) delete/.exec(
      told({ sessionPrivileges: '' }),
    ) ?? ['']
    const [all = 0, ...parts] = counts.map(Number)
    assert.ok(all > 0)
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
        const { summary, details, findings } = lint({ ...questionOf(drawn), sessionVersion })
        assert.match(summary, /^This token [\s\S]*[.…]$/)
        for (const sentence of details) assert.match(sentence, /^Of the [\s\S]*\.$/)
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
