import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findAction } from '@latchkey/core'
import { nodePrimitives as primitives } from '@latchkey/core/node'
import { lintPaste } from '../../src/offline/lint-paste.ts'

/** The question that this project began with, as it stood in a forum, and in other notations. */
const NOTATIONS: Readonly<Record<string, string>> = {
  JSON: `{"id":"0_k3v9qz1m","token":"c0ffee00c0ffee11c0ffee22c0ffee33","partnerId":102,"createdAt":1627298165,"updatedAt":1627298165,"status":2,"expiry":1629972884,"sessionType":0,"sessionDuration":300,"sessionPrivileges":"","hashType":"SHA256","objectType":"KalturaAppToken"}`,
  'a forum, with curly quotes, without braces, with a comma too many and masks': `
    “id”: “0_xxxx”,
    “token”: “xxxxxxxxxxxxxxxxx”,
    “partnerId”: 102,
    “createdAt”: 1627298165,
    “updatedAt”: 1627298165,
    “status”: 2,
    “expiry”: 1629972884,
    “sessionType”: 0,
    “sessionDuration”: 300,
    “sessionPrivileges”: “”,
    “hashType”: “SHA256”,
    “objectType”: “KalturaAppToken”,
`,
  'a forum, with masks without quotes, and words around': `Hello,

I made a token with these settings:

"id": 0_****,

"token": ****,

"createdAt": 1627298165, "updatedAt": 1627298165,
"status": 2, "expiry": 1629972884,
"sessionType": 0, "sessionDuration": 300, "hashType": "SHA256",

What am I doing wrong?`,
  Python: `{'id': '0_k3v9qz1m', 'partnerId': 102, 'createdAt': 1627298165, 'expiry': 1629972884, 'sessionType': 0, 'sessionUserId': None, 'sessionDuration': 300, 'hashType': 'SHA256', 'token': '****', 'status': 2}`,
  PHP: `array(
  'id' => '0_k3v9qz1m',
  'createdAt' => 1627298165,
  'expiry' => 1629972884,
  'sessionType' => 0,
  'sessionDuration' => 300,
  'hashType' => 'SHA256',
)`,
  print_r: `KalturaAppToken Object
(
    [id] => 0_k3v9qz1m
    [token] => ********
    [partnerId] => 102
    [createdAt] => 1627298165
    [status] => 2
    [expiry] => 1629972884
    [sessionType] => 0
    [sessionUserId] =>
    [sessionDuration] => 300
    [hashType] => SHA256
)`,
  var_dump: `object(KalturaAppToken)#3 (6) {
  ["id"]=>
  string(10) "0_k3v9qz1m"
  ["createdAt"]=>
  int(1627298165)
  ["expiry"]=>
  int(1629972884)
  ["sessionType"]=>
  int(0)
  ["sessionDuration"]=>
  int(300)
  ["hashType"]=>
  string(6) "SHA256"
}`,
  lines: `id: 0_k3v9qz1m
created at 26 July
createdAt: 1627298165
expiry: 1629972884
sessionType: USER
sessionDuration: 300
hashType: SHA-256`,
  XML: `<?xml version="1.0" encoding="utf-8"?><xml><result><objectType>KalturaAppToken</objectType><id>0_k3v9qz1m</id><token>****</token><partnerId>102</partnerId><createdAt>1627298165</createdAt><updatedAt>1627298165</updatedAt><status>2</status><expiry>1629972884</expiry><sessionType>0</sessionType><sessionUserId></sessionUserId><sessionDuration>300</sessionDuration><sessionPrivileges></sessionPrivileges><hashType>SHA256</hashType><description></description></result><executionTime>0.01</executionTime></xml>`,
  'a mail': `> id: 0_k3v9qz1m
> createdAt: 1627298165
> expiry: 1629972884
> sessionType: 0
> sessionDuration: 300
> hashType: SHA256`,
  'a table': `| id | 0_xxxx |
| --- | --- |
| createdAt | 1627298165 |
| expiry | 1629972884 |
| sessionType | 0 |
| sessionDuration | 300 |
| hashType | SHA256 |`,
}

const grave = (text: string, wanted: readonly string[] = []) =>
  lintPaste(text, { primitives, wanted: wanted.map(action) })
    .findings.filter(({ severity }) => severity !== 'note')
    .map(({ cause }) => cause)

function action(name: string) {
  const [service = '', own = ''] = name.split('.')
  const found = findAction(service, own)
  assert.ok(found)
  return found
}

describe('the founding token', () => {
  for (const [notation, text] of Object.entries(NOTATIONS)) {
    test(`is told in ${notation}`, () => {
      const { shape, summary } = lintPaste(text, { primitives })
      // PHP's printed objects and the like too.
      assert.equal(shape, 'app token')
      assert.match(
        summary,
        /^This token starts a USER session of 300 s, for a user whom the caller may name; no privileges needed; opens 387 of 772 actions, not user\.list, /,
      )
      assert.deepEqual(grave(text), ['session-duration-too-short', 'token-expires-soon', 'holder-chooses-identity'])
    })
  }

  test('lacks what the job wants, which is told first', () => {
    for (const text of Object.values(NOTATIONS)) {
      assert.equal(grave(text, ['user.list'])[0], 'user-session-lacks-permission')
    }
  })

  test('is judged at another time where that is told', () => {
    const text = NOTATIONS.JSON ?? ''
    const late = lintPaste(text, { primitives, now: 1629972884 })
    assert.equal(late.findings[0]?.cause, 'token-expired')
  })

  test('is past its expiry by the clock of today, which is a note', () => {
    const { findings } = lintPaste(NOTATIONS.JSON ?? '', { primitives, clock: 1_700_000_000 })
    const past = findings.find(({ cause }) => cause === 'token-expired')
    assert.equal(past?.severity, 'note')
    assert.equal(findings[0]?.cause, 'session-duration-too-short')
  })

  test('comes with a caution only where its value is there', () => {
    assert.equal(lintPaste(NOTATIONS.JSON ?? '', { primitives }).cautions.length, 1)
    assert.deepEqual(lintPaste(NOTATIONS.Python ?? '', { primitives }).cautions, [])
  })

  test('shows its value nowhere', () => {
    assert.ok(!JSON.stringify(lintPaste(NOTATIONS.JSON ?? '', { primitives })).includes('c0ffee00c0ff'))
  })
})
