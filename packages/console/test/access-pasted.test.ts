import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isList, readAnything, readList } from '../src/pages/access/pasted-actions.ts'

describe('readList', () => {
  test('names are found with anything between them, in any case, each once', () => {
    const texts = [
      'media.get, media.list,user.list',
      'media.get\nMEDIA.LIST\n\tuser.list media.get',
      '["media.get","media.list","user.list"]',
      '- media.get\n- media.list\n- user.list.',
      '`media.get` | `media.list` | `user.list`',
    ]
    for (const text of texts) assert.deepEqual(readList(text).actions, ['media.get', 'media.list', 'user.list'], text)
  })

  test('a name that is in no catalogue is told, and not taken', () => {
    assert.deepEqual(readList('media.get foo.bar'), { actions: ['media.get'], unknown: ['foo.bar'] })
  })
})

describe('readAnything', () => {
  test('a curl line gives its action', async () => {
    const text = `curl -X POST 'https://www.example.com/api_v3/service/media/action/list' -d 'ks=djJ8NDI0Mnx4eHh4&format=1'`
    const { actions, shape } = await readAnything(text)
    assert.deepEqual(actions, ['media.list'])
    assert.equal(shape, 'curl command')
  })

  test('an archive of traffic gives each action once, and nothing of what was sent', async () => {
    const entry = (path: string) => ({
      startedDateTime: '2026-01-01T00:00:00.000Z',
      request: {
        method: 'POST',
        url: `https://www.example.com/api_v3/service/${path}`,
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        postData: { mimeType: 'application/json', text: '{"ks":"very-secret-session-string"}' },
      },
      response: { status: 200, headers: [], content: { text: '{}' } },
    })
    const har = JSON.stringify({
      log: {
        version: '1.2',
        entries: ['media/action/list', 'category/action/list', 'media/action/list'].map(entry),
      },
    })
    const found = await readAnything(har)
    assert.deepEqual(found.actions, ['media.list', 'category.list'])
    assert.equal(found.shape, 'HAR')
    assert.ok(!JSON.stringify(found).includes('very-secret'))
  })

  test('names among words are found where the catalogue has them', async () => {
    const found = await readAnything('Hello! Our tool calls media.list & user.get every night (see www.example.com).')
    assert.deepEqual(found.actions, ['media.list', 'user.get'])
    assert.deepEqual(found.unknown, [])
  })

  test('whatever is pasted, it answers', async () => {
    for (const text of ['', '{', '<xml/>', '\u0000\uffff', 'a.b'.repeat(50_000), '{"log":{"entries":[{}]}}']) {
      assert.deepEqual((await readAnything(text)).actions, [])
    }
  })
})

test('what may hold a secret is not taken for a list', () => {
  assert.equal(isList('media.get, media.list'), true)
  assert.equal(isList('curl -d ks=abc https://x'), false)
  assert.equal(isList('{"ks":"abc"}'), false)
})
