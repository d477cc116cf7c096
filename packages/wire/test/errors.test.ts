import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadVectors, type Vector } from '@latchkey/testkit'
import { apiError, ERRORS, HTTP_STATUS, type WireErrorCode } from '@latchkey/wire'
import fc from 'fast-check'
import { write } from './answers.ts'

type ErrorVector = Vector<
  { readonly code: string; readonly args: Readonly<Record<string, string>> },
  { readonly message: string; readonly json: string }
>

const isCode = (text: string): text is WireErrorCode => Object.hasOwn(ERRORS, text)
const CODES = Object.keys(ERRORS).filter(isCode)

describe('errors', () => {
  for (const { name, input, expect } of loadVectors<ErrorVector>('wire-errors')) {
    test(`are as the original sends them: ${name}`, () => {
      assert.ok(isCode(input.code))
      const error = apiError(input.code, input.args)
      assert.equal(error.message, expect.message)
      assert.equal(write('json', { ok: false, error }), expect.json)
      assert.equal(
        write('json', { ok: false, error, diagnosis: { stage: 'x', left: undefined } }),
        `${expect.json.slice(0, -1)},"diagnosis":{"stage":"x"}}`,
      )
    })
  }

  test('show what looks like a secret by its edges only', () => {
    for (const secret of ['0123456789abcdef0123456789abcdef', 'djJ8'.repeat(40)]) {
      const { message, args } = apiError('APP_TOKEN_ID_NOT_FOUND', { ID: `x ${secret}` })
      assert.ok(!message.includes(secret) && !Object.values(args).join().includes(secret))
      assert.match(message, new RegExp(`${secret.slice(0, 4)}….*${secret.length} characters`))
    }
  })

  test('name every argument of their message, and have a status of 4xx or 5xx', () => {
    for (const code of CODES) {
      const places = [...ERRORS[code].message.matchAll(/@([A-Z_]+)@/g)].map(([, name]) => name)
      assert.deepEqual([...places].sort(), [...ERRORS[code].args].sort(), code)
      assert.ok(HTTP_STATUS[code] >= 400 && HTTP_STATUS[code] < 600)
    }
    assert.deepEqual(Object.keys(HTTP_STATUS).sort(), [...CODES].sort())
  })

  test('carry no tag and no place of a template, whatever the argument', () => {
    const parts = fc.constantFrom('<', '>', '<b>', '</b>', '<?php', '<!--', ' ', '@ID@', '@N', '"', 'x', '\ud800', '/')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (sent) => {
        const ID = sent.join('')
        const { message, args } = apiError('APP_TOKEN_ID_NOT_FOUND', { ID })
        assert.doesNotMatch(args.ID ?? '', /<\S/)
        assert.ok(message.isWellFormed())
        assert.equal(message, `Application token id "${args.ID}" not found`)
      }),
    )
  })

  test('cut an argument that is longer than a thousand characters', () => {
    const { args } = apiError('APP_TOKEN_ID_NOT_FOUND', { ID: 'x y '.repeat(2 ** 18) })
    assert.equal(args.ID?.length, 1_000)
  })
})
