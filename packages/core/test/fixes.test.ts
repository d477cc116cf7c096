/** What would let a refused call through, judged by applying it: each change to an account in memory, then the call again. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ACTIONS, ActionSet, type Fix, nameOf } from '@latchkey/core'
import fc from 'fast-check'
import { AccountModel, action, sessionFor } from './account-model.ts'
import { actionNames, answerTo, applied, caseOf, draws, isDenied, TOKEN, updateOf } from './fix-cases.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 120)
const opensOf = ({ fixes }: { readonly fixes: readonly Fix[] }) => fixes.map(({ opens }) => opens)

describe('a fix, applied', () => {
  test('lets the call through, opens just as many others as it says, and takes nothing away', () => {
    const seen = new Map<string, number>()
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    fc.assert(
      fc.property(draws, fc.array(fc.constantFrom(...actionNames), { minLength: 4, maxLength: 4 }), (draw, wanted) => {
        const drawn = caseOf(draw)
        const before = drawn.account.openedTo(drawn.session)
        for (const asked of wanted.map(action)) {
          const answer = answerTo(drawn, asked)
          count(answer.verdict)
          assert.equal(answer.verdict === 'allowed', answer.decision.effect === 'allow')
          assert.deepEqual(
            opensOf(answer),
            opensOf(answer).toSorted((a, b) => a - b),
            'smallest first',
          )
          assert.equal(new Set(answer.fixes.map(({ id }) => id)).size, answer.fixes.length)
          for (const fix of answer.fixes) {
            const told: string = `${nameOf(asked)}: ${fix.id} ${JSON.stringify(fix.change)}`
            count(fix.id.replace(/^grant-[A-Z].*|^grant-\w+\..*/, 'grant'))
            const { account, session } = applied(drawn, fix)
            assert.equal(account.decide(session, asked).effect, 'allow', told)
            const after = account.openedTo(session)
            assert.equal(after.minus(before).minus(ActionSet.of([asked])).size, fix.opens, told)
            assert.equal(before.minus(after).size, 0, told)
          }
        }
      }),
      { numRuns: RUNS },
    )
    for (const what of ['permission', 'session-type', 'never-open', 'grant', 'grant-this-action-only']) {
      assert.ok((seen.get(what) ?? 0) >= RUNS / 30, `${what} too seldom: ${JSON.stringify([...seen])}`)
    }
  })
})

describe('a fix of which a step is refused', () => {
  test('opens nothing that was closed before', () => {
    let steps = 0
    fc.assert(
      fc.property(draws, fc.constantFrom(...actionNames), (draw, wanted) => {
        const drawn = caseOf({ ...draw, isOfToken: true })
        const before = drawn.account.openedTo(drawn.session)
        for (const { change, id } of answerTo(drawn, action(wanted)).fixes) {
          for (const refused of change.keys()) {
            steps += 1
            const after = drawn.account.afterRefusal(change, refused)
            const opened = after.openedTo(after.sessionOf(TOKEN))
            assert.deepEqual(opened.minus(before).actions().map(nameOf), [], `${wanted}: ${id} without ${refused}`)
          }
        }
      }),
      { numRuns: RUNS },
    )
    assert.ok(steps > RUNS)
  })
})

describe('a fix of what belongs to somebody else', () => {
  const owned = ACTIONS.filter(({ ownership }) => ownership !== undefined)
  const theirs = { id: '0_theirs00', ownerId: 'grace', coEditors: [] }

  test('applied, lets the call through, also where a permission is missing besides', () => {
    const seen = { alone: 0, both: 0, none: 0 }
    fc.assert(
      fc.property(draws, fc.nat(owned.length - 1), (draw, at) => {
        const drawn = { ...caseOf({ ...draw, type: 0, isOfToken: true }) }
        const asked = owned[at]
        assert.ok(asked)
        const { decision, verdict, fixes } = answerTo(drawn, asked, theirs)
        if (!isDenied(decision, 'entry-not-owned')) return
        const before = drawn.account.openedTo(drawn.session)
        if (fixes.length === 0) seen.none += 1
        else assert.equal(verdict, 'privilege')
        for (const fix of fixes) {
          const told: string = `${nameOf(asked)}: ${fix.id} ${JSON.stringify(fix.change)}`
          seen[fix.id.includes('-and-') ? 'both' : 'alone'] += 1
          const { account, session } = applied(drawn, fix)
          assert.equal(account.decide(session, asked, theirs).effect, 'allow', told)
          const after = account.openedTo(session)
          assert.equal(after.minus(before).minus(ActionSet.of([asked])).size, fix.opens, told)
          assert.equal(before.minus(after).size, 0, told)
        }
      }),
      { numRuns: RUNS * 2 },
    )
    for (const [what, count] of Object.entries(seen)) assert.ok(count > RUNS / 15, `${what}: ${count}`)
  })

  test('is the privilege for that entry first, then for all, and keeps what the token has', () => {
    const account = new AccountModel({
      tokens: [{ id: TOKEN, sessionType: 0, sessionUserId: 'ada', sessionPrivileges: 'list:*,edit:0_mine0000' }],
    })
    const drawn = { account, session: account.sessionOf(TOKEN), tokenId: TOKEN }
    const { fixes } = answerTo(drawn, action('media.update'), theirs)
    assert.deepEqual(
      fixes.map(({ id, change }) => [id, change]),
      [
        ['privilege-edit-this', [updateOf('list:*,edit:0_mine0000/0_theirs00')]],
        ['privilege-edit-all', [updateOf('list:*,edit:0_mine0000/*')]],
      ],
    )
  })

  test('is none where no token could take the privilege', () => {
    const answer = answerTo(
      { account: new AccountModel(), session: sessionFor(0, 'ada', '') },
      action('media.update'),
      theirs,
    )
    assert.deepEqual([answer.verdict, answer.fixes], ['privilege', []])
  })
})
