import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ladderOf } from '@latchkey/core'
import { apiError, ERRORS, writeResponse } from '@latchkey/wire'
import { DICTIONARY } from '../../src/offline/error-dictionary.ts'
import { explainError, isWireCode } from '../../src/offline/explain-error.ts'

const KS =
  'djJ8MTAyfAGY0gTnMyAFZNR0dpkcYIDnjKfrZsiHuhJ2o69zaSo4_0Mso0wO3stnxz7tQ0kSat5oW6aga4ouuLFf0UiloQyk0NAQhXRGpBf4G8pcDLqT'
const CODES = Object.keys(ERRORS).filter(isWireCode)

function filled(code: (typeof CODES)[number]) {
  const args: readonly string[] = ERRORS[code].args
  return apiError(code, Object.fromEntries(args.map((name, at) => [name, `value${at}`])))
}

describe('the dictionary of errors', () => {
  for (const code of CODES) {
    test(`knows ${code} by its code, by its message, and as a body in every notation`, () => {
      const error = filled(code)
      const { stage } = DICTIONARY[code]
      const bodies = (['json', 'xml', 'php'] as const).map(
        (format) =>
          writeResponse({
            format,
            result: { ok: false, error },
            executionSeconds: 0,
            classes: () => undefined,
            ignoreNull: false,
          }).body,
      )
      for (const text of [code, `error ${code}`, ...bodies]) {
        const explained = explainError(text)
        assert.equal(explained?.code, code, text)
        assert.ok((explained?.causes.length ?? 0) > 0, text)
      }
      assert.ok(
        [...ladderOf('', ''), ...ladderOf('appToken', 'startSession'), ...ladderOf('session', 'start')].includes(stage),
      )
      // A message that is nothing but a place tells no code.
      if (ERRORS[code].message.replaceAll(/@[A-Z_]+@/g, '').length > 10) {
        const told = explainError(error.message)
        assert.ok(
          told !== undefined && ERRORS[isWireCode(told.code) ? told.code : code].message === ERRORS[code].message,
          error.message,
        )
      }
    })
  }

  test('names what stands below the rung as proven, and nothing above', () => {
    const proven = explainError('INVALID_APP_TOKEN_HASH')?.proven
    assert.deepEqual(proven, [
      'endpoint',
      'session-readable',
      'rate',
      'parameters',
      'session-alive',
      'account',
      'permission',
      'access-control',
      'token-known',
      'token-active',
    ])
    assert.ok(explainError('APP_TOKEN_EXPIRED')?.proven.includes('hash'))
  })

  const MEANINGS: readonly (readonly [string, string, string])[] = [
    ['The access to service [apptoken->startsession] is forbidden', 'permission', 'session-not-sent'],
    ['SERVICE_FORBIDDEN [user->list]', 'permission', 'user-session-lacks-permission'],
    ['The access to service [session->get] is forbidden', 'permission', 'session-get-needs-permission'],
    ['The access to service [batch->getExclusiveJobs] is forbidden', 'permission', 'internal-only'],
    ['Invalid KS "EXPIRED", Error "-1,INVALID_STR"', 'session-alive', 'session-expired'],
    ['Invalid KS "LOGOUT", Error "-1,INVALID_STR"', 'session-alive', 'session-ended'],
    ['Invalid KS "EXCEEDED_RESTRICTED_IP", Error "-9,EXCEEDED_RESTRICTED_IP"', 'session-alive', 'ip-restriction'],
    ['Invalid KS "", Error "-4,INVALID_TYPE"', 'ownership', 'entry-not-owned'],
    [`Invalid KS "${KS}", Error "-1,INVALID_STR"`, 'session-readable', 'session-url-mangled'],
    ['Invalid KS "{"ks":"djJ8", Error "-1,INVALID_STR"', 'session-readable', 'session-is-whole-response'],
    ['Invalid object id [N/A]', 'account', 'role-unknown'],
    ['Invalid object id [0_abc]', 'action', 'object-not-found'],
    ['Service "scheduleEvent" does not exists', 'endpoint', 'plugin-service-prefix'],
    ['Service "medai" does not exists', 'endpoint', 'service-unknown'],
    ['Service "media" does not exists', 'action', 'not-in-sandbox'],
    ['FLAVOR_ASSET_ID_NOT_FOUND', 'action', 'object-not-found'],
    ['EXPIRED', 'session-alive', 'session-expired'],
  ]
  for (const [text, stage, cause] of MEANINGS) {
    test(`takes ${text.slice(0, 60)} for ${cause}`, () => {
      const explained = explainError(text)
      assert.equal(explained?.stage, stage)
      assert.equal(explained?.causes[0]?.id, cause)
    })
  }

  test('believes what a Latchkey says itself', () => {
    const diagnosis = { cause: { id: 'hash-newline', saw: 'a line end' } }
    const told = explainError(
      JSON.stringify({ code: 'INVALID_APP_TOKEN_HASH', message: 'Invalid application token hash', diagnosis }),
    )
    assert.deepEqual([told?.isTold, told?.saw], [true, 'a line end'])
    // The server had the hash before it: what else the code may come from is no question any more.
    assert.deepEqual(
      told?.causes.map(({ id }) => id),
      ['hash-newline'],
    )
  })

  test('goes on guessing where a Latchkey says that it could not tell', () => {
    const diagnosis = { cause: { id: 'hash-unexplained', saw: 'no known mistake gives it' } }
    const { isTold, causes } =
      explainError(JSON.stringify({ code: 'INVALID_APP_TOKEN_HASH', message: '', diagnosis })) ?? {}
    assert.deepEqual([isTold, causes?.[0]?.id], [false, 'hash-unexplained'])
    assert.ok((causes?.length ?? 0) > 5)
  })

  test('does not repeat a session string', () => {
    assert.ok(!JSON.stringify(explainError(`Invalid KS "${KS}", Error "-1,INVALID_STR"`)).includes(KS.slice(8, 30)))
  })

  test('says nothing about what is no error', () => {
    for (const text of ['', 'hello', '{"totalCount":0}', 'OK', KS]) assert.equal(explainError(text), undefined, text)
  })
})
