/** The least that opens some actions, judged by a role that holds it: decided over the whole catalogue. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ACTIONS,
  ActionSet,
  type CatalogueAction,
  nameOf,
  type OwnPermission,
  PERMISSIONS,
  presetActions,
  type Suggestion,
  sensitivityOf,
  suggest,
} from '@latchkey/core'
import fc from 'fast-check'
import { AccountModel, ALL_FEATURES, action, sessionFor } from './account-model.ts'

const RUNS = Number(process.env.LATCHKEY_FUZZ_RUNS ?? 60)
const actionNames = ACTIONS.map(nameOf)
const stock = new AccountModel()
const full = new AccountModel({ features: ALL_FEATURES })
const namesIn = (set: ActionSet) => set.actions().map(nameOf)
const setOf = (names: readonly string[]) => ActionSet.of(names.map(action))

/** Actions that lie close together, so that one permission opens several, and some from anywhere. */
const wantedNames = fc
  .tuple(
    fc.nat(actionNames.length - 1),
    fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }),
    fc.array(fc.constantFrom(...actionNames), { maxLength: 3 }),
  )
  .map(([start, steps, others]) => [...steps.flatMap((step) => actionNames[start + step] ?? []), ...others])

const draws = fc.record({
  features: fc.oneof(fc.constantFrom([], ALL_FEATURES), fc.subarray([...ALL_FEATURES])),
  own: fc.array(
    fc.record({
      actions: fc.subarray(actionNames, { minLength: 1, maxLength: 30 }),
      dependsOn: fc.oneof(fc.constant([]), fc.subarray(['KMC_ACCESS', 'OWN_1', 'FEATURE_LIVE_STREAM', 'GONE'])),
    }),
    { maxLength: 2 },
  ),
  wanted: wantedNames,
  allowSensitive: fc.boolean(),
})

type Draw = typeof draws extends fc.Arbitrary<infer Drawn> ? Drawn : never

interface Asked {
  readonly account: AccountModel
  readonly wanted: readonly CatalogueAction[]
  readonly suggestion: Suggestion
}

function ask({ features, own, wanted: names, allowSensitive }: Draw): Asked {
  const permissions: readonly OwnPermission[] = own.map(({ actions, dependsOn }, at) => ({
    name: `OWN_${at + 1}`,
    dependsOn,
    actions: actions.map(action),
  }))
  const account = new AccountModel({ features, own: permissions })
  const wanted = names.map(action)
  return { account, wanted, suggestion: suggest(wanted, { ...account.permissions, allowSensitive }) }
}

/** A permission and all that it depends on, where roles of the account can have those; written once more. */
function closureOf(account: AccountModel, name: string): readonly string[] | undefined {
  const names = [name]
  for (const at of names) {
    const permission = account.index.find(at)
    if (permission === undefined || permission.type !== 1) return undefined
    const others = permission.dependsOn.filter((other) => !account.features.includes(other) && !names.includes(other))
    names.push(...others)
  }
  return names
}

interface Candidate {
  readonly names: readonly string[]
  readonly opens: ActionSet
  readonly sensitive: ReadonlySet<string>
}

const SHOW_SECRETS = 'INTEGRATION_BASE'

function candidatesFor(account: AccountModel, target: ActionSet): readonly Candidate[] {
  const always = account.openedByNames([])
  return account.index.permissions.flatMap(({ name }) => {
    const names = name.startsWith('ALWAYS_ALLOWED_') ? undefined : closureOf(account, name)
    if (names === undefined) return []
    const opens = account.openedByNames(names).minus(always)
    if (opens.intersection(target).size === 0) return []
    const sensitive = new Set(opens.actions().flatMap((known) => sensitivityOf(known) ?? []))
    if (names.includes(SHOW_SECRETS)) sensitive.add('shows-secrets')
    return [{ names, opens, sensitive }]
  })
}

/** The price of the best of all choices that cover as much as can be covered. */
function bestByTrying(target: ActionSet, candidates: readonly Candidate[]) {
  const unionOf = (chosen: readonly Candidate[]) => chosen.reduce((all, { opens }) => all.union(opens), new ActionSet())
  const coverable = unionOf(candidates).intersection(target)
  let best = { surplus: Number.POSITIVE_INFINITY, names: Number.POSITIVE_INFINITY }
  const visit = (at: number, opened: ActionSet, names: ReadonlySet<string>) => {
    const surplus = opened.minus(target).size
    const isBetter = surplus < best.surplus || (surplus === best.surplus && names.size < best.names)
    if (!isBetter) return
    if (coverable.minus(opened).size === 0) best = { surplus, names: names.size }
    const next = candidates[at]
    if (next === undefined) return
    visit(at + 1, opened, names)
    visit(at + 1, opened.union(next.opens), new Set([...names, ...next.names]))
  }
  visit(0, new ActionSet(), new Set())
  return best
}

describe('the named suggestion', () => {
  test('in a role opens all that is wanted and possible, and besides just the surplus that it tells', () => {
    let opened = 0
    fc.assert(
      fc.property(draws, (draw) => {
        const { account, wanted, suggestion } = ask(draw)
        const { named, impossible } = suggestion
        const always = account.openedByNames([])
        assert.deepEqual(namesIn(always), suggestion.always)
        const target = ActionSet.of(wanted)
          .minus(always)
          .minus(setOf(impossible.map(({ action: name }) => name)))
        if (named === undefined) return
        opened += 1
        const role = account.openedByNames(named.permissions)
        assert.deepEqual(namesIn(target.minus(role)), named.missing)
        assert.deepEqual(namesIn(role.minus(always).minus(target)), named.surplus)
      }),
      { numRuns: RUNS * 2 },
    )
    assert.ok(opened > RUNS)
  })

  test('names permissions of the normal kind, with all that they depend on, so that none is dropped', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const { account, suggestion } = ask(draw)
        const names = suggestion.named?.permissions ?? []
        assert.equal(new Set(names).size, names.length)
        for (const name of names) {
          const permission = account.index.find(name)
          assert.equal(permission?.type, 1, name)
          for (const other of permission?.dependsOn ?? []) {
            assert.ok(names.includes(other) || account.features.includes(other), `${name} lacks ${other}`)
          }
        }
        const role = { id: 1_000, name: 'Tried', permissionNames: names }
        const tried = new AccountModel({ ...account.parts(), roles: [role] })
        assert.deepEqual(tried.contextOf(sessionFor(0, 'ada', 'setrole:1000')).held.dropped, [])
      }),
      { numRuns: RUNS },
    )
  })

  test('is the best of all choices where so few permissions would do that all can be tried', () => {
    let compared = 0
    fc.assert(
      fc.property(draws, (draw) => {
        const { account, wanted, suggestion } = ask(draw)
        const always = account.openedByNames([])
        const possible = wanted.filter(
          (known) => !suggestion.impossible.some(({ action: name }) => name === nameOf(known)),
        )
        const target = ActionSet.of(possible).minus(always)
        const asked = new Set<string>(possible.flatMap((known) => sensitivityOf(known) ?? []))
        const candidates = candidatesFor(account, target).filter(
          ({ sensitive }) => draw.allowSensitive || [...sensitive].every((kind) => asked.has(kind)),
        )
        assert.equal(suggestion.named === undefined, target.size > 0 && candidates.length === 0)
        if (candidates.length > 12 || suggestion.named === undefined) return
        compared += 1
        const { permissions, surplus, proven } = suggestion.named
        assert.deepEqual(
          { surplus: surplus.length, names: permissions.length, proven },
          { ...bestByTrying(target, candidates), proven: true },
        )
      }),
      { numRuns: RUNS * 2 },
    )
    assert.ok(compared > RUNS / 6, String(compared))
  })

  test('of more candidates than are tried is told to be unproven, with how little the best could have', () => {
    const wanted = presetActions('get-and-list') ?? []
    const { named } = suggest(wanted, full.permissions)
    assert.equal(named?.proven, false)
    assert.ok((named?.bound ?? -1) > 0 && (named?.bound ?? 0) <= (named?.surplus.length ?? 0))
    const proven = suggest([action('media.list')], full.permissions)
    assert.ok(proven.named?.proven && !('bound' in proven.named))
  })
})

describe('what is sensitive', () => {
  const isSensitive = (account: AccountModel, names: readonly string[]) =>
    names.includes(SHOW_SECRETS) ||
    account
      .openedByNames(names)
      .minus(account.openedByNames([]))
      .actions()
      .some((known) => sensitivityOf(known) !== undefined)

  test('is in no suggestion for what is not, and what is left out is told with its price', () => {
    let leftOut = 0
    fc.assert(
      fc.property(draws, (draw) => {
        const { account, wanted, suggestion } = ask({ ...draw, allowSensitive: false })
        const { named, impossible } = suggestion
        const possible = wanted.filter((known) => !impossible.some(({ action: name }) => name === nameOf(known)))
        if (possible.some((known) => sensitivityOf(known) !== undefined)) return
        if (named !== undefined) assert.ok(!isSensitive(account, named.permissions), named.permissions.join())
        const target = ActionSet.of(possible).minus(account.openedByNames([]))
        const expected = candidatesFor(account, target)
          .filter(({ sensitive }) => sensitive.size > 0)
          .map(({ names: [permission], opens, sensitive }) => ({
            permission,
            because: [...sensitive].sort(),
            opensWanted: opens.intersection(target).size,
            surplus: opens.minus(target).size,
          }))
        leftOut += expected.length
        const told = suggestion.leftOut.map((left) => ({ ...left, because: [...left.because].sort() }))
        const byName = (a: { permission?: string | undefined }, b: { permission?: string | undefined }) =>
          (a.permission ?? '') < (b.permission ?? '') ? -1 : 1
        assert.deepEqual(told.toSorted(byName), expected.toSorted(byName))
        assert.deepEqual(
          told.map(({ surplus }) => surplus),
          told.map(({ surplus }) => surplus).toSorted((a, b) => a - b),
          'the smallest price first',
        )
      }),
      { numRuns: RUNS },
    )
    assert.ok(leftOut > RUNS / 12, String(leftOut))
  })

  test('is proposed where it is asked for, and nothing is left out then', () => {
    const wanted = [action('partner.getInfo'), action('permission.list')]
    const careful = suggest(wanted, full.permissions)
    const asked = suggest(wanted, { ...full.permissions, allowSensitive: true })
    assert.ok(careful.leftOut.some(({ permission }) => permission === 'KMC_READ_ONLY'))
    assert.deepEqual(asked.leftOut, [])
    assert.deepEqual(asked.named?.missing, [])
    const isWorse = (asked.named?.surplus.length ?? 0) > (careful.named?.surplus.length ?? 0)
    assert.ok(!isWorse || (careful.named?.missing.length ?? 0) > 0, 'more to choose from costs no more')
  })

  test('is asked for by whoever wants an action that is, of that kind only', () => {
    const list = suggest([action('appToken.list')], stock.permissions)
    assert.deepEqual(list.named?.permissions, ['APP_TOKEN_BASE'])
    assert.deepEqual(list.named?.surplus, ['appToken.get'])
    assert.ok(list.leftOut.every(({ because }) => !because.includes('shows-secrets')))
    const add = suggest([action('appToken.add')], stock.permissions)
    assert.deepEqual([add.named?.permissions, add.named?.surplus], [['APP_TOKEN_ADD'], []])
  })

  test('is the key of the account too, though it is a property and no action', () => {
    const { leftOut } = suggest([action('partner.getInfo')], stock.permissions)
    assert.deepEqual(leftOut.find(({ permission }) => permission === SHOW_SECRETS)?.because, ['shows-secrets'])
  })
})

describe('the exact suggestion', () => {
  test('as a permission of the account’s own opens all that is wanted and possible, and nothing besides', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const { account, wanted, suggestion } = ask(draw)
        const { exact, impossible } = suggestion
        const always = account.openedByNames([])
        const target = ActionSet.of(wanted)
          .minus(always)
          .minus(setOf(impossible.map(({ action: name }) => name)))
        assert.deepEqual(exact.actions.map((name) => name.toLowerCase()).sort(), lowered(target))
        assert.deepEqual(exact.surplus, [])
        if (target.size === 0) {
          assert.equal(exact.permissionItemsIds, '')
          return
        }
        const { account: after } = account.after([
          {
            service: 'permission',
            action: 'add',
            params: { permission: { name: 'EXACT', permissionItemsIds: exact.permissionItemsIds } },
          },
        ])
        assert.deepEqual(namesIn(after.openedByNames(['EXACT'])), namesIn(always.union(target)))
      }),
      { numRuns: RUNS },
    )
  })
})

const lowered = (set: ActionSet) =>
  namesIn(set)
    .map((name) => name.toLowerCase())
    .sort()

describe('what is impossible', () => {
  test('is what no session of an ordinary account may call, and what belongs to a plugin that is off', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        const { account, wanted, suggestion } = ask(draw)
        const expected = [...new Set(wanted)].flatMap((known) => {
          const isOff = known.plugin !== undefined && !account.features.includes(known.plugin.feature)
          const reason = known.kind === 'ordinary' ? (isOff ? 'feature-off' : undefined) : 'never-open'
          return reason === undefined ? [] : [[nameOf(known), reason]]
        })
        assert.deepEqual(
          suggestion.impossible.map(({ action: name, reason }) => [name, reason]),
          expected,
        )
        assert.ok(suggestion.impossible.every(({ text }) => text !== ''))
      }),
      { numRuns: RUNS },
    )
  })

  test('is what this server adds, unless any session may call it: what opens that is not proposed', () => {
    const { impossible } = suggest(
      [action('latchkey_token.pause'), action('latchkey_journal.list'), action('latchkey_access.explain')],
      stock.permissions,
    )
    assert.deepEqual(
      impossible.map(({ action: name, reason }) => `${name} ${reason}`),
      ['latchkey_token.pause sensitive', 'latchkey_journal.list sensitive'],
    )
    assert.match(impossible[1]?.text ?? '', /APP_TOKEN_BASE or KMC_READ_ONLY does/)
  })

  test('does not keep the rest from being suggested', () => {
    const { impossible, named, exact } = suggest(
      [action('batch.getExclusiveJobs'), action('user.list'), action('cuePoint_cuePoint.list')],
      stock.permissions,
    )
    assert.deepEqual(
      impossible.map(({ action: name, reason }) => `${name} ${reason}`),
      ['batch.getExclusiveJobs never-open', 'cuePoint_cuepoint.list feature-off'],
    )
    assert.deepEqual([named?.permissions, exact.actions], [['EP_BASE'], ['user.list']])
  })
})

describe('a suggestion', () => {
  test('for nothing, or for what is always open, proposes nothing', () => {
    for (const names of [[], ['system.ping', 'session.start']]) {
      const { named, exact, leftOut, impossible } = suggest(names.map(action), stock.permissions)
      assert.deepEqual([named?.permissions, named?.surplus, named?.proven], [[], [], true])
      assert.deepEqual([exact.permissionItemsIds, leftOut, impossible], ['', [], []])
    }
  })

  test('takes an action that is wanted twice, or by its other name, once', () => {
    const once = suggest([action('user.list')], stock.permissions)
    assert.deepEqual(suggest([action('user.list'), action('USER.LIST')], stock.permissions), once)
  })

  test('tells all that is open anyway, which is 86 actions', () => {
    assert.equal(suggest([], stock.permissions).always.length, 86)
  })

  test('never leaves a stock permission out of the count: each opens what the catalogue says', () => {
    for (const { name, type } of PERMISSIONS) {
      const names = type === 1 ? closureOf(full, name) : undefined
      if (names === undefined || name.startsWith('ALWAYS_')) continue
      for (const known of full.openedByNames(names).minus(full.openedByNames([])).actions().slice(0, 1)) {
        const { named, leftOut, impossible } = suggest([known], { ...full.permissions, allowSensitive: true })
        if (impossible.length > 0) continue
        assert.deepEqual(leftOut, [])
        assert.equal(named?.missing.length, 0, nameOf(known))
      }
    }
  })
})
