import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type RunningServer, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, logIn, post, sha256 } from './lib/v3.ts'

/** What the original's app token has, in the order of its class. */
const ORIGINAL_KEYS = [
  'objectType',
  'id',
  'token',
  'partnerId',
  'createdAt',
  'updatedAt',
  'status',
  'expiry',
  'sessionType',
  'sessionUserId',
  'sessionDuration',
  'sessionPrivileges',
  'hashType',
  'description',
]
const OURS = ['addresses', 'labels', 'note', 'previousUntil', 'rotatedAt', 'startsPerMinute']
const FIELDS = { 'x-latchkey-fields': '1' }
const DAY = 86_400

describe('the life of an app token', () => {
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let one: RunningServer
  let other: RunningServer
  let admin: string

  before(async () => {
    directory = await temporaryDirectory()
    const env = { LATCHKEY_TRUST_PROXY: '127.0.0.1' }
    one = await startServer({ data: `${directory.path}/data`, env })
    other = await startServer({ data: `${directory.path}/data`, adminSecret: one.adminSecret, env })
    admin = await adminSession(one)
  })
  after(async () => {
    await other?.[Symbol.asyncDispose]()
    await one?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
  })

  const ask = (action: string, params: object = {}, headers: Readonly<Record<string, string>> = {}) =>
    call(one.url, action, { ks: admin, ...params }, headers)
  const life = (action: string, params: object): Promise<Answer> => ask(`latchkey_token.${action}`, params)
  const from = (address: string) => ({ 'x-forwarded-for': address })

  /** Code, the status word of a session, stage and cause of a refusal. */
  const told = ({ code, args, diagnosis }: Answer) => [code, args?.KSID, diagnosis?.stage, diagnosis?.cause?.id]
  const PAUSED = ['INVALID_KS', 'LOGOUT', 'session-alive', 'token-disabled']
  const ENDED = ['INVALID_KS', 'LOGOUT', 'session-alive', 'session-ended']

  /** The whole login, from an address, at one of the processes, with a hash over whatever value. */
  async function logInFrom(
    address: string,
    token: { readonly id: string; readonly token: string },
    { url, hash, ...more }: { readonly url?: string; readonly hash?: string; readonly clientTag?: string } = {},
  ): Promise<Answer> {
    const at = url ?? one.url
    const { ks } = await call(at, 'session.startWidgetSession', { widgetId: `_${one.partnerId}` }, from(address))
    const tokenHash = hash ?? sha256(ks + token.token)
    return call(at, 'appToken.startSession', { ks, id: token.id, tokenHash, ...more }, from(address))
  }

  test('paused it starts no session, and those it started rest until it is resumed, in the other process too', async () => {
    const token = await addToken(one, admin)
    const ks = [(await logIn(one, token)).ks, (await logIn(other, token)).ks]
    const states = () =>
      Promise.all([one, other].flatMap(({ url }) => ks.map((session) => call(url, 'media.list', { ks: session }))))
    for (let round = 0; round < 5; round += 1) {
      const paused = await life('pause', { id: token.id })
      assert.deepEqual([paused.objectType, paused.status, 'token' in paused], ['KalturaAppToken', 1, false])
      assert.equal((await ask('appToken.get', { id: token.id })).status, 1)
      assert.deepEqual((await states()).map(told), Array(4).fill(PAUSED))
      for (const server of [other, one]) {
        const refused = await logIn({ ...server, partnerId: one.partnerId }, token)
        assert.deepEqual(told(refused), ['APP_TOKEN_NOT_ACTIVE', undefined, 'token-active', 'token-disabled'])
      }
      assert.equal((await life('resume', { id: token.id })).status, 2)
      assert.ok((await states()).every(({ objectType }) => objectType === 'KalturaMediaListResponse'))
      assert.equal((await logIn(other, token)).objectType, 'KalturaSessionInfo')
    }
  })

  test('a wrong hash for a paused one is told no less and no more than a right one', async () => {
    const token = await addToken(one, admin)
    await life('pause', { id: token.id })
    const wrong = await logInFrom('127.0.0.1', token, { hash: 'f'.repeat(64) })
    assert.deepEqual(told(wrong).slice(0, 2), ['APP_TOKEN_NOT_ACTIVE', undefined])
  })

  test('deleted while it is paused, its sessions are ended for good', async () => {
    const token = await addToken(one, admin)
    const { ks } = await logIn(one, token)
    await life('pause', { id: token.id })
    assert.equal(await ask('appToken.delete', { id: token.id }), null)
    for (const { url } of [other, one]) assert.deepEqual(told(await call(url, 'media.list', { ks })), ENDED)
    assert.equal((await life('resume', { id: token.id })).code, 'APP_TOKEN_ID_NOT_FOUND')
    for (const { url } of [other, one]) assert.deepEqual(told(await call(url, 'media.list', { ks })), ENDED)
  })

  test('rotated it has a new value at once, and takes the old one until it is told to finish', async () => {
    const token = await addToken(one, admin)
    const running = (await logIn(one, token)).ks
    const rotated = await life('rotate', { id: token.id, overlap: -1 })
    assert.deepEqual([rotated.id, rotated.token === token.token], [token.id, false])
    assert.match(rotated.token, /^[0-9a-f]{32}$/)
    assert.equal('previousUntil' in rotated, false)
    for (const url of [one.url, other.url]) {
      const [byOld, byNew] = [await logInFrom('', token, { url }), await logInFrom('', rotated, { url })]
      assert.deepEqual(
        byOld.warnings.map(({ id }: Answer) => id),
        ['token-value-old'],
      )
      assert.match(byOld.warnings[0].text, /until it is retired/)
      assert.equal('warnings' in byNew, false)
    }
    const finished = await life('rotate', { id: token.id, finish: true })
    assert.deepEqual(['token' in finished, finished.status], [false, 2])
    for (const url of [other.url, one.url]) {
      assert.equal((await logInFrom('', token, { url })).code, 'INVALID_APP_TOKEN_HASH')
      assert.equal((await logInFrom('', rotated, { url })).objectType, 'KalturaSessionInfo')
    }
    assert.equal((await call(other.url, 'media.list', { ks: running })).objectType, 'KalturaMediaListResponse')
    assert.equal((await ask('appToken.get', { id: token.id })).token, rotated.token)
  })

  test('rotated without more it tells until when the old value is taken, and that value is shown nowhere', async () => {
    const token = await addToken(one, admin)
    const rotated = await life('rotate', { id: token.id })
    assert.equal(rotated.previousUntil - rotated.rotatedAt, DAY)
    const login = await logInFrom('', token)
    assert.match(login.warnings[0].text, new RegExp(String(rotated.previousUntil)))
    const shown = [
      rotated,
      login,
      await ask('appToken.get', { id: token.id }, FIELDS),
      await ask('appToken.list', {}, FIELDS),
      await ask('appToken.update', { id: token.id, appToken: { description: 'd' } }, FIELDS),
      await life('usage', { id: token.id }),
      await life('annotate', { id: token.id, note: 'n' }),
      await life('pause', { id: token.id }),
      await life('resume', { id: token.id }),
      await life('rotate', { id: token.id }),
    ]
    for (const answer of shown) assert.ok(!JSON.stringify(answer).includes(token.token))
  })

  test('rotated without overlap it takes the old value no more', async () => {
    const token = await addToken(one, admin)
    const rotated = await life('rotate', { id: token.id, overlap: 0 })
    assert.equal((await logInFrom('', token)).code, 'INVALID_APP_TOKEN_HASH')
    assert.equal((await logInFrom('', rotated)).objectType, 'KalturaSessionInfo')
    for (const overlap of ['a day', 1.5, {}]) {
      const refused = await life('rotate', { id: token.id, overlap })
      assert.deepEqual([refused.code, refused.args.FIELD_NAME], ['INVALID_FIELD_VALUE', 'overlap'])
      assert.match(refused.diagnosis.cause.saw, /a whole number/)
    }
    for (const overlap of [-2, 366 * DAY + 1]) {
      const refused = await life('rotate', { id: token.id, overlap })
      assert.deepEqual([refused.code, refused.args.FIELD_NAME], ['INVALID_FIELD_VALUE', 'overlap'])
      assert.match(refused.diagnosis.cause.saw, new RegExp(`${366 * DAY}.*${overlap}`))
    }
    assert.equal((await ask('appToken.get', { id: token.id })).token, rotated.token)
  })

  test('its usage tells who still logged in with the old value: by tag and address, the last time and how often', async () => {
    const token = await addToken(one, admin, { sessionType: 2 })
    assert.deepEqual(await life('usage', { id: token.id }), {
      objectType: 'LatchkeyTokenUsage',
      tokenId: token.id,
      issued: 0,
      calls: 0,
      refusedByCause: {},
      isPreviousTaken: false,
      previousValue: [],
    })
    const rotated = await life('rotate', { id: token.id, overlap: 3_600 })
    await logInFrom('192.0.2.1', token, { clientTag: 'nightly etl' })
    await logInFrom('192.0.2.1', token, { clientTag: 'nightly etl', url: other.url })
    await logInFrom('192.0.2.2', token, { clientTag: 'nightly etl' })
    const { ks } = await logInFrom('192.0.2.3', rotated, { clientTag: 'moved already' })
    await logInFrom('192.0.2.4', token, { hash: 'a'.repeat(64), clientTag: 'stranger' })
    await call(one.url, 'user.list', { ks })
    await call(one.url, 'user.get', { ks, userId: 'nobody' })
    const usage = await life('usage', { id: token.id })
    assert.deepEqual([usage.issued, usage.isPreviousTaken, usage.previousUntil], [4, true, rotated.previousUntil])
    assert.deepEqual(
      usage.previousValue
        .map(({ client, address, count }: Answer) => [client, address, count])
        .sort((a: Answer, b: Answer) => b[2] - a[2]),
      [
        ['nightly etl', '192.0.2.1', 2],
        ['nightly etl', '192.0.2.2', 1],
      ],
    )
    assert.ok(usage.previousValue.every(({ lastAt }: Answer) => lastAt >= rotated.rotatedAt))
    assert.ok(usage.lastIssuedAt >= rotated.rotatedAt && usage.lastCallAt >= rotated.rotatedAt)
    assert.deepEqual([usage.calls, usage.refusedByCause['object-not-found']], [1, 1])
    assert.equal(
      Object.values<number>(usage.refusedByCause).reduce((sum, count) => sum + count, 0),
      2,
    )
    await life('rotate', { id: token.id, finish: true })
    assert.equal((await life('usage', { id: token.id })).isPreviousTaken, false)
  })

  test('annotated it carries labels, a note, addresses and a rate, by any way that lists are sent', async () => {
    const { id } = await addToken(one, admin)
    const said = await life('annotate', {
      id,
      labels: 'etl, nightly,etl',
      note: 'Asked for by Ana; „Größe“ 🙂',
      addresses: ['10.0.0.0/24', '2001:DB8:0::/32', '192.0.2.7', '::ffff:192.0.2.7'],
      startsPerMinute: 30,
    })
    const shown = {
      labels: ['etl', 'nightly'],
      note: 'Asked for by Ana; „Größe“ 🙂',
      addresses: ['10.0.0.0/24', '2001:db8::/32', '192.0.2.7'],
      startsPerMinute: 30,
    }
    const fields = ({ labels, note, addresses, startsPerMinute }: Answer) => ({
      labels,
      note,
      addresses,
      startsPerMinute,
    })
    assert.deepEqual(fields(said), shown)
    for (const { url } of [one, other]) {
      assert.deepEqual(fields(await call(url, 'appToken.get', { ks: admin, id }, FIELDS)), shown)
    }
    assert.deepEqual(fields(await life('annotate', { id, note: 'changed' })), { ...shown, note: 'changed' })
    const cleared = await life('annotate', { id, labels: [], note: '', addresses: '', startsPerMinute: 0 })
    assert.deepEqual(fields(cleared), { labels: [], note: undefined, addresses: [], startsPerMinute: undefined })
    // As forms and URLs send a list.
    const form = new URLSearchParams([
      ['ks', admin],
      ['id', id],
      ['labels:0', 'a'],
      ['labels:1', 'b'],
      ['format', '1'],
    ])
    const sent = await fetch(`${one.url}/api_v3/service/latchkey_token/action/annotate?${form}`)
    assert.deepEqual(fields(Object(await sent.json())).labels, ['a', 'b'])
  })

  test('what does not fit an annotation is refused by the name of its parameter, with what was received or accepted', async () => {
    const { id } = await addToken(one, admin)
    const rows = [
      ['labels', Array.from({ length: 21 }, (_, index) => index), /20 values at most/],
      ['labels', ['x'.repeat(101)], /100 characters.*101/],
      ['addresses', '10.0.0.0/33', /10\.0\.0\.0\/33.*192\.0\.2\.0\/24/],
      ['addresses', ['10.0.0.1', 'example.org'], /example\.org/],
      ['addresses', Array.from({ length: 51 }, (_, index) => `10.0.0.${index}`), /50 values at most/],
      ['startsPerMinute', -1, /-1/],
      ['startsPerMinute', 'many', /a whole number/],
      ['startsPerMinute', 1.5, /a whole number/],
      ['startsPerMinute', { a: 1 }, /a whole number/],
      ['startsPerMinute', 1_000_001, /1000001/],
    ] as const
    for (const [name, value, saw] of rows) {
      const refused = await life('annotate', { id, note: 'kept out', [name]: value })
      assert.deepEqual([refused.code, refused.args.FIELD_NAME], ['INVALID_FIELD_VALUE', name])
      assert.equal(refused.diagnosis.cause.id, 'parameter-invalid')
      assert.match(refused.diagnosis.cause.saw, saw)
      assert.match(refused.diagnosis.cause.saw, new RegExp(name))
    }
    for (const name of ['labels', 'addresses']) {
      // Passed over, it would be an empty list, which is anywhere.
      const refused = await life('annotate', { id, note: 'kept out', [name]: ['10.0.0.1', { a: '10.0.0.2' }] })
      assert.deepEqual([refused.code, refused.args.PROP_NAME], ['PROPERTY_VALIDATION_WRONG_FORMAT', name])
    }
    const long = await life('annotate', { id, note: 'x'.repeat(10_001) })
    assert.deepEqual([long.code, long.args.PROP_NAME], ['PROPERTY_VALIDATION_MAX_LENGTH', 'note'])
    const kept = await ask('appToken.get', { id }, FIELDS)
    assert.deepEqual([kept.note, kept.addresses], [undefined, []])
    assert.equal((await life('annotate', { id, note: 'x'.repeat(10_000) })).note.length, 10_000)
  })

  test('bound to addresses it is told so to nobody who does not know its value, and so are its sessions', async () => {
    const token = await addToken(one, admin)
    await life('annotate', { id: token.id, addresses: ['198.51.100.0/24', '2001:db8::/32'] })
    const stranger = await logInFrom('192.0.2.1', token, { hash: 'a'.repeat(64) })
    assert.equal(stranger.code, 'INVALID_APP_TOKEN_HASH')
    const owner = await logInFrom('192.0.2.1', token)
    assert.deepEqual([owner.code, owner.diagnosis.cause.id], ['ACCESS_FORBIDDEN_FROM_UNKNOWN_IP', 'address-range'])
    assert.match(owner.message, /192\.0\.2\.1/)
    const { ks } = await logInFrom('198.51.100.7', token)
    for (const [address, isLet] of [
      ['198.51.100.7', true],
      ['198.51.100.200', true],
      ['::ffff:198.51.100.9', true],
      ['2001:db8::5', true],
      ['198.51.101.1', false],
      ['2001:db9::1', false],
    ] as const) {
      for (const { url } of [one, other]) {
        const answer = await call(url, 'media.list', { ks }, from(address))
        if (isLet) assert.equal(answer.objectType, 'KalturaMediaListResponse', address)
        else
          assert.deepEqual(
            told(answer),
            ['INVALID_KS', 'EXCEEDED_RESTRICTED_IP', 'session-alive', 'address-range'],
            address,
          )
      }
    }
  })

  test('with a rate it starts so many sessions, and wrong hashes use none of them up', async () => {
    const token = await addToken(one, admin)
    await life('annotate', { id: token.id, startsPerMinute: 3 })
    for (let count = 0; count < 10; count += 1) {
      assert.equal((await logInFrom('', token, { hash: 'b'.repeat(64) })).code, 'INVALID_APP_TOKEN_HASH')
    }
    // In whatever minute they come, the fourth of so many in a row is too much at the latest in the next one.
    const answers: Answer[] = []
    for (let count = 0; count < 8; count += 1) answers.push(await logInFrom('', token))
    const refused = answers.filter(({ code }) => code !== undefined)
    assert.ok(answers.slice(0, 3).every(({ objectType }) => objectType === 'KalturaSessionInfo'))
    assert.ok(refused.length >= 2, `${refused.length} refused`)
    for (const { code, args, diagnosis } of refused) {
      assert.deepEqual([code, args.ACTION_NAME, args.SERVICE_NAME], ['ACTION_BLOCKED', 'startSession', 'appToken'])
      assert.equal(diagnosis.cause.id, 'too-many-starts')
    }
    await life('annotate', { id: token.id, startsPerMinute: 0 })
    assert.equal((await logInFrom('', token)).objectType, 'KalturaSessionInfo')
  })

  test('that expires within fourteen days says so at every login', async () => {
    const now = Math.floor(Date.now() / 1_000)
    const soon = await addToken(one, admin, { expiry: now + 13 * DAY })
    const late = await addToken(one, admin, { expiry: now + 15 * DAY })
    const { warnings } = await logIn(one, soon)
    assert.deepEqual(
      warnings.map(({ id }: Answer) => id),
      ['token-expires-soon'],
    )
    assert.match(warnings[0].text, new RegExp(String(now + 13 * DAY)))
    assert.equal('warnings' in (await logIn(one, late)), false)
  })

  test('has the original’s fields and no others, unless ours are asked for', async () => {
    const appToken = {
      hashType: 'SHA256',
      sessionType: 2,
      description: 'd',
      sessionUserId: 'u',
      sessionPrivileges: 'list:*',
      expiry: Math.floor(Date.now() / 1_000) + 100 * DAY,
    }
    const { id } = await ask('appToken.add', { appToken })
    await life('annotate', { id, labels: 'a', note: 'n', addresses: '10.0.0.0/8', startsPerMinute: 9 })
    await life('rotate', { id })
    const plain = [
      await ask('appToken.add', { appToken }),
      await ask('appToken.get', { id }),
      (await ask('appToken.list', { filter: { idEqual: id } })).objects[0],
      await ask('appToken.update', { id, appToken: { description: 'e' } }),
      await ask('appToken.get', { id }, { 'x-latchkey-fields': '0' }),
    ]
    for (const token of plain) assert.deepEqual(Object.keys(token).sort(), ORIGINAL_KEYS.toSorted())
    const get = await ask('appToken.get', { id }, FIELDS)
    const [listed] = (await ask('appToken.list', { filter: { idEqual: id } }, FIELDS)).objects
    for (const token of [get, listed]) {
      assert.deepEqual(
        Object.keys(token)
          .filter((key) => !ORIGINAL_KEYS.includes(key))
          .sort(),
        OURS,
      )
    }
    for (const token of [
      await ask('appToken.add', { appToken }, FIELDS),
      await ask('appToken.update', { id, appToken: { description: 'f' } }, FIELDS),
    ])
      assert.ok(Array.isArray(token.warnings) && Array.isArray(token.labels))
  })

  test('in XML and PHP, too, has ours only when they are asked for', async () => {
    const { id } = await addToken(one, admin, { sessionType: 2 })
    await life('annotate', { id, labels: 'a,b', note: 'n', addresses: '10.0.0.0/8', startsPerMinute: 9 })
    await life('rotate', { id })
    for (const action of ['appToken.get', 'appToken.update']) {
      const text = async (format: number, headers: Readonly<Record<string, string>>) => {
        const params = { ks: admin, id, appToken: { description: 'x' }, format }
        return (await post(one.url, action, params, headers)).text()
      }
      const xml = await text(2, {})
      const names = [...xml.slice(xml.indexOf('<result>') + 8).matchAll(/<([a-zA-Z]+)>/g)].map(([, name]) => name)
      assert.deepEqual(
        names.filter((name) => name !== 'executionTime'),
        ORIGINAL_KEYS,
      )
      assert.match(
        await text(2, FIELDS),
        /<labels><item>a<\/item><item>b<\/item><\/labels>.*<addresses><item>10\.0\.0\.0\/8<\/item><\/addresses>/s,
      )
      assert.doesNotMatch(await text(3, {}), /labels|addresses|startsPerMinute|warnings/)
      assert.match(await text(3, FIELDS), /s:6:"labels";a:2:\{i:0;s:1:"a";i:1;s:1:"b";\}/)
    }
  })

  test('that will hurt is told in a header, and by findings where ours are asked for', async () => {
    const appToken = { hashType: 'MD5', sessionType: 2, sessionPrivileges: 'setrole:7777777' }
    const response = await post(one.url, 'appToken.add', { ks: admin, appToken }, FIELDS)
    const added: Answer = await response.json()
    const causes = added.warnings.map(({ cause }: Answer) => cause)
    assert.equal(response.headers.get('x-latchkey-warnings'), causes.join('; '))
    assert.ok(causes.includes('hash-type-weak') && causes.includes('role-unknown'), causes.join())
    for (const finding of added.warnings) {
      assert.deepEqual(
        Object.keys(finding)
          .filter((key) => key !== 'objectType')
          .sort(),
        ['cause', 'docs', 'remedy', 'saw', 'severity', 'title'],
      )
      assert.match(finding.severity, /^(?:error|warning|note)$/)
    }
    const plain = await post(one.url, 'appToken.update', { ks: admin, id: added.id, appToken: { description: 'x' } })
    assert.equal(plain.headers.get('x-latchkey-warnings'), causes.join('; '))
    assert.equal('warnings' in Object(await plain.json()), false)
    const sound = {
      hashType: 'SHA256',
      sessionType: 0,
      sessionUserId: 'u',
      sessionPrivileges: 'list:*',
      sessionDuration: DAY,
      expiry: 90 * DAY,
    }
    const silent = await post(one.url, 'appToken.add', { ks: admin, appToken: sound }, FIELDS)
    assert.equal(silent.headers.get('x-latchkey-warnings'), null)
    assert.deepEqual(Object(await silent.json()).warnings, [])
    assert.equal(
      (await post(one.url, 'appToken.get', { ks: admin, id: added.id })).headers.has('x-latchkey-warnings'),
      false,
    )
  })

  test('its usage takes APP_TOKEN_BASE, and all else of its life APP_TOKEN_UPDATE', async () => {
    const { id } = await addToken(one, admin)
    const sessionWith = async (permissionNames: string) => {
      const name = `life of ${permissionNames}`
      const role = await ask('userRole.add', { userRole: { name, permissionNames } })
      return (await logIn(one, await addToken(one, admin, { sessionType: 2, sessionPrivileges: `setrole:${role.id}` })))
        .ks
    }
    const widget = (await call(one.url, 'session.startWidgetSession', { widgetId: `_${one.partnerId}` })).ks
    const sessions = [
      [await sessionWith('APP_TOKEN_BASE'), true, false],
      [await sessionWith('APP_TOKEN_UPDATE,APP_TOKEN_BASE'), true, true],
      [await sessionWith('CONTENT_MANAGE_BASE'), false, false],
      [(await logIn(one, await addToken(one, admin))).ks, false, false],
      [widget, false, false],
      [undefined, false, false],
    ] as const
    for (const [ks, mayRead, mayChange] of sessions) {
      for (const action of ['usage', 'pause', 'resume', 'rotate', 'annotate']) {
        const params = ks === undefined ? { id } : { ks, id }
        const answer = await call(one.url, `latchkey_token.${action}`, params)
        const isLet = action === 'usage' ? mayRead : mayChange
        assert.equal(answer.code, isLet ? undefined : 'SERVICE_FORBIDDEN', action)
        if (!isLet)
          assert.deepEqual(answer.diagnosis.needed, [action === 'usage' ? 'APP_TOKEN_BASE' : 'APP_TOKEN_UPDATE'])
      }
    }
  })

  test('ids that there are not, or not any more, are told alike by all of its actions', async () => {
    const gone = await addToken(one, admin)
    await ask('appToken.delete', { id: gone.id })
    for (const id of [gone.id, '0_notthere', '', 'x'.repeat(500), '0_%00', { id: '0_notthere' }]) {
      for (const action of ['usage', 'pause', 'resume', 'rotate', 'annotate']) {
        const { code, diagnosis } = await life(action, { id })
        assert.deepEqual([code, diagnosis.cause.id.length > 0], ['APP_TOKEN_ID_NOT_FOUND', true])
      }
    }
    for (const action of ['usage', 'pause', 'resume', 'rotate', 'annotate']) {
      assert.equal((await life(action, {})).code, 'MISSING_MANDATORY_PARAMETER')
    }
  })

  test('status cannot be set by appToken.update', async () => {
    const { id } = await addToken(one, admin)
    const refused = await ask('appToken.update', { id, appToken: { status: 1 } })
    assert.equal(refused.code, 'PROPERTY_VALIDATION_NOT_UPDATABLE')
    assert.equal((await ask('appToken.get', { id })).status, 2)
  })

  test('paused ones are listed and found by their status', async () => {
    const { id } = await addToken(one, admin)
    await life('pause', { id })
    const listed = await ask('appToken.list', { filter: { statusEqual: 1, idEqual: id } })
    assert.deepEqual([listed.totalCount, listed.objects[0].status], [1, 1])
    assert.equal((await ask('appToken.list', { filter: { statusEqual: 2, idEqual: id } })).totalCount, 0)
  })

  test('a multirequest makes one, annotates and pauses it by what the first step answered', async () => {
    const steps = {
      1: { service: 'appToken', action: 'add', ks: admin, appToken: { hashType: 'SHA256', sessionType: 0 } },
      2: { service: 'latchkey_token', action: 'annotate', ks: admin, id: '{1:result:id}', labels: 'multi' },
      3: { service: 'latchkey_token', action: 'pause', ks: admin, id: '{1:result:id}' },
      4: { service: 'latchkey_token', action: 'usage', ks: admin, id: '{1:result:id}' },
    }
    const [added, annotated, paused, usage] = await call(one.url, 'multirequest.', steps)
    assert.deepEqual([annotated.id, annotated.labels, paused.status, usage.tokenId], [added.id, ['multi'], 1, added.id])
    assert.deepEqual(
      Object.keys(added).filter((key) => !ORIGINAL_KEYS.includes(key)),
      [],
    )
  })
})
