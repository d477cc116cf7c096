import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { JournalFilter, JournalLine } from '@latchkey/authority'
import { CallCounts } from '../src/journal/call-counts.ts'
import { FileJournal, type FileJournalOptions } from '../src/journal/file-journal.ts'
import { formatLine } from '../src/journal/line.ts'
import { openSqlite } from '../src/sqlite/engine.ts'
import { openEmbedded, type TemporaryDirectory, temporaryDirectory } from './open.ts'

const NOW = 1_700_000_500
const ALL = { offset: 0, limit: 500 }
const CHILD = join(import.meta.dirname, 'journal-writer.ts')

function line(overrides: Partial<JournalLine> = {}): JournalLine {
  return { at: NOW, requestId: 'r', partnerId: 7, door: 'v3', action: 'a.b', outcome: 'issued', ...overrides }
}

/** A journal in a directory of its own, on a store that has its tables. */
async function openJournal(directory: TemporaryDirectory, options: Partial<FileJournalOptions> = {}) {
  await (await openEmbedded(directory.path)).close()
  const engine = openSqlite({ path: join(directory.path, 'data', 'latchkey.db'), busyTimeoutMs: 1000 })
  const path = join(directory.path, 'data', 'journal')
  const journal = new FileJournal(
    { directory: path, sync: 'turn', maxFileBytes: 1_000_000, ...options },
    new CallCounts(engine),
  )
  return {
    journal,
    path,
    names: () => readdirSync(path).sort(),
    async [Symbol.asyncDispose]() {
      await journal.close().catch(() => {})
      await engine.close()
    },
  }
}

/** A file as another process may have left it. */
function putFile(path: string, place: number, content: string): string {
  mkdirSync(path, { recursive: true })
  const name = join(path, `20260101T000000000Z-1-0123456789abcdef-${String(place).padStart(6, '0')}.jsonl`)
  writeFileSync(name, content)
  return name
}

async function keptBy(child: ChildProcess, atLeast: number): Promise<string[]> {
  const kept: string[] = []
  child.on('message', (message: { kept?: string }) => {
    if (message.kept !== undefined) kept.push(message.kept)
    if (kept.length === atLeast) child.kill('SIGKILL')
  })
  await once(child, 'exit')
  return kept
}

describe('a journal in files', () => {
  test('no acknowledged line is lost when processes are killed in the middle of writing', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    const children = [fork(CHILD, [opened.path]), fork(CHILD, [opened.path])]
    const kept = (await Promise.all(children.map((child) => keptBy(child, 500)))).flat()
    assert.equal(opened.names().length, 2)
    const found = new Set<string>()
    for (let offset = 0; ; offset += ALL.limit) {
      const { items } = await opened.journal.list(7, {}, { ...ALL, offset })
      for (const { requestId } of items) found.add(requestId)
      if (items.length === 0) break
    }
    assert.ok(kept.length >= 1000)
    assert.deepEqual(
      kept.filter((requestId) => !found.has(requestId)),
      [],
    )
    assert.equal((await opened.journal.usage(7, 'x')).issued, found.size)
  })

  test('a line that was torn by a crash is passed over, and so is whatever else is no line', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    const [a, b, c] = [line({ requestId: 'a' }), line({ requestId: 'b' }), line({ requestId: 'c' })].map(formatLine)
    const damaged = formatLine(line({ requestId: 'damaged', tokenId: 'x' })).replace('"door"', '\u0000\u0000door"')
    const later = formatLine(line({ requestId: 'later' })).replace('"issued"', '"a later one"')
    const ofLength = (length: number) => formatLine(line()).replace('"a.b"', `"${'x'.repeat(length)}"`)
    const tooLong = `${ofLength(70_000)}\n${ofLength(300_000)}`
    putFile(opened.path, 1, `${a}\n${damaged}\n\n[]\n${later}\n${tooLong}\n${b}\n${formatLine(line()).slice(0, 60)}`)
    putFile(opened.path, 2, `${c}\n${tooLong}`)
    putFile(opened.path, 3, '')
    writeFileSync(join(opened.path, 'notes.txt'), `${a}\n`)
    const { total, items } = await opened.journal.list(7, {}, ALL)
    assert.deepEqual([total, items.map(({ requestId }) => requestId)], [3, ['c', 'b', 'a']])
    assert.equal((await opened.journal.usage(7, 'x')).issued, 0)
  })

  test('pages over many files say what sorting and filtering all lines would say', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    let seed = 1
    const next = (max: number): number => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % max
    }
    const outcomes = ['issued', 'refused', 'revoked', 'changed'] as const
    const all: JournalLine[] = []
    // From 150 bytes to 40,000 a line and some megabytes a file, so that lines lie across what is read and kept together.
    for (let file = 1; file <= 4; file++) {
      let content = ''
      for (let n = 0; n < 800; n++) {
        const each = line({
          at: NOW + file * 40 + Math.floor(n / 10) + next(3),
          partnerId: 7 + next(2),
          requestId: `${file}-${n}`,
          outcome: outcomes[n < 500 ? next(2) : next(4)] ?? 'issued',
          tokenId: `token-${next(5)}`,
        })
        all.push(each)
        const pad = next(6) === 0 ? next(40_000) : next(300)
        content += `${formatLine(each).slice(0, -1)},"pad":"${'é'.repeat(pad / 2)}"}\n`
      }
      putFile(opened.path, file, content)
    }
    const sorted = all
      .map((each, place) => ({ each, place }))
      .sort((a, b) => b.each.at - a.each.at || b.place - a.place)
    const filters: readonly JournalFilter[] = [
      {},
      { outcomes: ['refused'] },
      { outcomes: ['changed', 'revoked'] },
      { at: { from: NOW + 100, to: NOW + 110 } },
      { at: { to: NOW + 60 }, outcomes: ['issued', 'refused'] },
      { tokenId: 'token-3', at: { from: NOW + 150 } },
      { at: { from: NOW + 1000 } },
    ]
    for (const filter of filters) {
      const { from = 0, to = Number.POSITIVE_INFINITY } = filter.at ?? {}
      const matching = sorted
        .map(({ each }) => each)
        .filter((each) => each.partnerId === 7 && each.at >= from && each.at <= to)
        .filter((each) => filter.tokenId === undefined || each.tokenId === filter.tokenId)
        .filter((each) => filter.outcomes === undefined || filter.outcomes.includes(each.outcome))
      for (const page of [
        { offset: 0, limit: 30 },
        { offset: 7, limit: 120 },
        { offset: Math.max(0, matching.length - 3), limit: 120 },
        { offset: 0, limit: 0 },
      ]) {
        const { total, items } = await opened.journal.list(7, filter, page)
        assert.equal(total, matching.length)
        assert.deepEqual(
          items.map(({ requestId }) => requestId),
          matching.slice(page.offset, page.offset + page.limit).map(({ requestId }) => requestId),
        )
      }
    }
  })

  test('of lines of one second the last of the newest file comes first, however short the page', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    for (const file of [1, 2, 3]) {
      putFile(
        opened.path,
        file,
        ['a', 'b'].map((each) => `${formatLine(line({ requestId: `${file}${each}` }))}\n`).join(''),
      )
    }
    for (const [offset, expected] of ['3b', '3a', '2b', '2a', '1b', '1a'].entries()) {
      const { items } = await opened.journal.list(7, {}, { offset, limit: 1 })
      assert.equal(items[0]?.requestId, expected)
    }
  })

  test('what two stores append is read as one, by either', async () => {
    using directory = temporaryDirectory()
    await using one = await openEmbedded(directory.path)
    await using two = await openEmbedded(directory.path)
    for (const [n, store] of [one, two, one, two].entries()) {
      await store.journal.append(line({ at: NOW + n, requestId: `r${n}`, tokenId: 'x' }))
    }
    for (const { journal } of [one, two]) {
      const { items } = await journal.list(7, {}, ALL)
      assert.deepEqual(
        items.map(({ requestId }) => requestId),
        ['r3', 'r2', 'r1', 'r0'],
      )
      assert.equal((await journal.usage(7, 'x')).issued, 4)
    }
    assert.equal(readdirSync(join(directory.path, 'data', 'journal')).length, 2)
  })

  test('use is added up from what is new, and the rest is not read again', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    const one = `${formatLine(line({ tokenId: 'x' }))}\n`
    const file = putFile(opened.path, 1, one)
    assert.equal((await opened.journal.usage(7, 'x')).issued, 1)
    // As long as it was, so that only whoever reads it again can tell.
    writeFileSync(file, `${one.replace('issued', 'changed').slice(0, -2)}\n`)
    appendFileSync(file, one)
    assert.equal((await opened.journal.usage(7, 'x')).issued, 2)
    appendFileSync(file, one.slice(0, 80))
    assert.equal((await opened.journal.usage(7, 'x')).issued, 2)
    appendFileSync(file, one.slice(80))
    putFile(opened.path, 2, one)
    await opened.journal.append(line({ tokenId: 'x' }))
    const usages = await Promise.all([1, 2, 3].map(() => opened.journal.usage(7, 'x')))
    assert.deepEqual(
      usages.map(({ issued }) => issued),
      [5, 5, 5],
    )
  })

  test('what someone deletes no longer counts', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    const one = `${formatLine(line({ tokenId: 'x' }))}\n`
    const files = [1, 2, 3].map((place) => putFile(opened.path, place, one.repeat(10)))
    assert.equal((await opened.journal.usage(7, 'x')).issued, 30)
    rmSync(files[0] ?? '')
    assert.equal((await opened.journal.usage(7, 'x')).issued, 20)
    truncateSync(files[1] ?? '', one.length)
    assert.equal((await opened.journal.usage(7, 'x')).issued, 11)
    assert.equal((await opened.journal.list(7, {}, ALL)).total, 11)
  })

  test('tokens that there is no room for are added up all the same', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory, { maxRecords: 20 })
    const file = putFile(opened.path, 1, '')
    const append = (each: Partial<JournalLine>) => appendFileSync(file, `${formatLine(line(each))}\n`)
    for (let n = 0; n < 100; n++) append({ tokenId: `token-${n % 50}`, at: NOW + n })
    for (let n = 0; n < 100; n++) append({ tokenId: `stranger-${n % 50}`, outcome: 'refused', cause: 'c' })
    for (const round of [0, 1]) {
      for (let n = 0; n < 50; n++) {
        const { issued, lastIssuedAt } = await opened.journal.usage(7, `token-${n}`)
        assert.deepEqual([issued, lastIssuedAt], [2 + round, NOW + (round === 0 ? 50 + n : 1000)])
        assert.deepEqual((await opened.journal.usage(7, `stranger-${n}`)).refusedByCause, { c: 2 })
        append({ tokenId: `token-${n}`, at: NOW + 1000 })
      }
    }
    assert.equal((await opened.journal.usage(7, 'unheard-of')).issued, 0)
  })

  test('a file that has grown is followed by another, and lines stay in order across them', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory, { maxFileBytes: 1000 })
    for (let n = 0; n < 60; n++) await opened.journal.append(line({ requestId: `r${n}`, tokenId: 'x' }))
    await opened.journal.flush()
    assert.ok(opened.names().length >= 5, `${opened.names().length} files`)
    for (const name of opened.names()) assert.ok(statSync(join(opened.path, name)).size < 1000 + 200)
    const { items } = await opened.journal.list(7, {}, ALL)
    assert.deepEqual(
      items.map(({ requestId }) => requestId),
      Array.from({ length: 60 }, (_, n) => `r${59 - n}`),
    )
    assert.equal((await opened.journal.usage(7, 'x')).issued, 60)
  })

  test('is for its owner alone', { skip: process.platform === 'win32' }, async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    await opened.journal.append(line())
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
    assert.equal(modeOf(opened.path), '700')
    assert.deepEqual(
      opened.names().map((name) => modeOf(join(opened.path, name))),
      ['600'],
    )
  })

  test('begins with the first line: a store that is only read leaves no file', async () => {
    using directory = temporaryDirectory()
    await using store = await openEmbedded(directory.path)
    assert.deepEqual(await store.journal.list(7, {}, ALL), { total: 0, items: [] })
    await store.journal.usage(7, 'x')
    await store.journal.flush()
    assert.deepEqual(
      readdirSync(join(directory.path, 'data')).filter((name) => name === 'journal'),
      [],
    )
  })

  test('whoever was told that a line is kept finds it in the file', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    for (let n = 0; n < 20; n++) {
      await opened.journal.append(line({ requestId: `r${n}` }))
      const text = opened.names().map((name) => readFileSync(join(opened.path, name), 'utf8'))
      assert.match(text.join(''), new RegExp(`"r${n}".*\n$`))
    }
  })

  test('with `always` a line is kept once a flush came back, with `turn` before one began', async () => {
    using directory = temporaryDirectory()
    for (const sync of ['turn', 'always'] as const) {
      await using opened = await openJournal(directory, { sync })
      await opened.journal.append(line())
      await opened.journal.flush()
      const begun = new Set<number>()
      let cameBack = 0
      const hook = createHook({
        init(id, type) {
          if (type === 'FSREQCALLBACK') begun.add(id)
        },
        after(id) {
          if (begun.has(id)) cameBack += 1
        },
      }).enable()
      await Promise.all([opened.journal.append(line()), opened.journal.append(line())])
      const before = cameBack
      await opened.journal.flush()
      hook.disable()
      assert.deepEqual([before, cameBack], sync === 'always' ? [1, 1] : [0, 1])
    }
  })

  test('a line that could not be written is refused, and the next one is not', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    writeFileSync(opened.path, '')
    await assert.rejects(opened.journal.append(line()), { code: 'STORE_UNAVAILABLE' })
    await assert.rejects(opened.journal.list(7, {}, ALL), { code: 'STORE_UNAVAILABLE' })
    await assert.rejects(opened.journal.usage(7, 'x'), { code: 'STORE_UNAVAILABLE' })
    rmSync(opened.path)
    await opened.journal.append(line({ tokenId: 'x' }))
    assert.equal((await opened.journal.list(7, {}, ALL)).total, 1)
    assert.equal((await opened.journal.usage(7, 'x')).issued, 1)
  })

  test('a full disk refuses lines, loses none of those before and leaves no half of one', {
    skip: process.platform === 'win32',
  }, async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    // A limit on the size of files is the nearest thing to a full disk that a test can have.
    const command = `ulimit -f 16 && exec "$0" "$1" "$2" '${'x'.repeat(80)}'`
    const child = spawn('sh', ['-c', command, process.execPath, CHILD, opened.path], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let kept = 0
    const refused = new Set<string>()
    child.on('message', (message: { kept?: string; refused?: string }) => {
      if (message.kept !== undefined) kept += 1
      else if (message.refused !== undefined) refused.add(message.refused)
    })
    await once(child, 'message')
    while (refused.size === 0) await once(child, 'message')
    child.disconnect()
    await once(child, 'exit')
    assert.deepEqual([...refused], ['STORE_UNAVAILABLE'])
    const text = opened.names().map((name) => readFileSync(join(opened.path, name), 'utf8'))
    assert.ok(text.every((each) => each.endsWith('}\n')))
    assert.ok(kept > 10)
    assert.ok((await opened.journal.list(7, {}, ALL)).total >= kept)
  })

  test('when its file is deleted it soon goes on in another', async () => {
    using directory = temporaryDirectory()
    await using opened = await openJournal(directory)
    await opened.journal.append(line())
    for (const name of opened.names()) rmSync(join(opened.path, name))
    const deadline = performance.now() + 5000
    while (opened.names().length === 0) {
      assert.ok(performance.now() < deadline, 'no other file after five seconds')
      await opened.journal.append(line())
      await delay(10)
    }
    await opened.journal.append(line({ requestId: 'after' }))
    assert.equal((await opened.journal.list(7, { requestId: 'after' }, ALL)).total, 1)
  })

  test('closing writes what was appended and counted, and nothing is taken afterwards', async () => {
    using directory = temporaryDirectory()
    const store = await openEmbedded(directory.path)
    const pending = store.journal.append(line())
    store.journal.countCall(7, 'x', NOW)
    await store.close()
    await pending
    store.journal.countCall(7, 'x', NOW)
    await assert.rejects(store.journal.append(line()), { code: 'STORE_UNAVAILABLE' })
    await using again = await openEmbedded(directory.path)
    assert.equal((await again.journal.list(7, {}, ALL)).total, 1)
    assert.equal((await again.journal.usage(7, 'x')).calls, 1)
  })
})
