import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { firstParams, parseActionName, parseParams } from '../src/pages/workflow/params-text.ts'

describe('parameters as a person writes them', () => {
  test('nothing is no parameters', () => {
    assert.deepEqual(parseParams(' \n'), { ok: true, params: {} })
  })

  test('an object is taken as it is', () => {
    assert.deepEqual(parseParams('{"pager":{"pageSize":5}}'), { ok: true, params: { pager: { pageSize: 5 } } })
  })

  for (const text of ['[1]', '"text"', '7', 'null', 'true']) {
    test(`${text} is JSON, but no parameters`, () => {
      const read = parseParams(text)
      assert.ok(!read.ok)
      assert.match(read.why, /JSON object, such as/)
    })
  }

  for (const text of ['{', "{'a':1}", '{"a":1,}', 'a=1', '{"a":1}}']) {
    test(`${text} is not JSON yet, and is told so without its content`, () => {
      const read = parseParams(text)
      assert.ok(!read.ok)
      assert.match(read.why, /^This is not JSON yet/)
    })
  }

  test('where the text breaks off being JSON is told by its place', () => {
    const read = parseParams('{"a":1,}')
    assert.ok(!read.ok)
    assert.match(read.why, /from character 8 on/)
  })

  test('a whole number that would be sent as another one is not sent', () => {
    for (const text of ['{"id":12345678901234567890}', '{"a":[{"b":-9007199254740993}]}']) {
      const read = parseParams(text)
      assert.ok(!read.ok)
      assert.match(read.why, /write it as a text/)
    }
    for (const text of ['{"id":"12345678901234567890"}', '{"a":9007199254740991}', '{"a":1.5e300}', '{"a\\"1":"x"}']) {
      assert.ok(parseParams(text).ok, text)
    }
  })

  test('a list begins with a short page, anything else with nothing', () => {
    assert.deepEqual(parseParams(firstParams('media.list')), {
      ok: true,
      params: { pager: { pageSize: 5, pageIndex: 1 } },
    })
    assert.equal(firstParams('media.get'), '')
    assert.equal(firstParams(''), '')
  })
})

describe('the name of an action', () => {
  test('service and action stand around a dot, with blanks or without', () => {
    assert.deepEqual(parseActionName(' media . list '), { service: 'media', action: 'list' })
    assert.deepEqual(parseActionName('metadata_metadata.get'), { service: 'metadata_metadata', action: 'get' })
  })

  for (const text of ['', 'media', 'media.', '.list', 'media.list.more', 'media/list', '1media.list', 'media.li st']) {
    test(`“${text}” is none`, () => assert.equal(parseActionName(text), undefined))
  }
})
