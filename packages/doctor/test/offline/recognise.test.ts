import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodePrimitives as primitives } from '@latchkey/core/node'
import { mustEnd } from '@latchkey/testkit'
import fc from 'fast-check'
import { explainError } from '../../src/offline/explain-error.ts'
import { inspectSession } from '../../src/offline/inspect-session.ts'
import { lintPaste } from '../../src/offline/lint-paste.ts'
import { LARGEST_PASTE, recognise } from '../../src/offline/recognise.ts'
import type { PasteShape } from '../../src/offline/seen.ts'

const KS =
  'djJ8MTAyfAGY0gTnMyAFZNR0dpkcYIDnjKfrZsiHuhJ2o69zaSo4_0Mso0wO3stnxz7tQ0kSat5oW6aga4ouuLFf0UiloQyk0NAQhXRGpBf4G8pcDLqT'
const HASH = 'f9a36bfb0bd6ad179791ef4fdc7db268a07bbc3574e3a66ecd5fe733a4b416ac'
const ERROR =
  '{"code":"INVALID_APP_TOKEN_HASH","message":"Invalid application token hash","objectType":"KalturaAPIException","args":[]}'

const SHAPES: readonly (readonly [PasteShape, string, string])[] = [
  ['app token', 'JSON', '{"id":"0_k3v9qz1m","sessionType":0,"hashType":"SHA256"}'],
  [
    'app token',
    'a list of them',
    '{"objects":[{"id":"0_k3v9qz1m","sessionType":0,"hashType":"SHA256"}],"totalCount":1}',
  ],
  ['app token', 'tabs out of a spreadsheet', 'id\t0_k3v9qz1m\nsessionType\t0\nsessionDuration\t300\nhashType\tSHA256'],
  [
    'app token',
    'names with equals signs',
    'id = 0_k3v9qz1m\nsessionType = KalturaSessionType.ADMIN (2)\nhashType = KalturaAppTokenHashType.SHA256',
  ],
  ['request', 'a form', `service=appToken&action=startSession&ks=${KS}&id=0_k3v9qz1m&tokenHash=${HASH}`],
  ['request', 'a URL', `https://api.example.com/api_v3/service/media/action/list?ks=${KS}&format=1`],
  ['request', 'JSON', `{"service":"media","action":"list","ks":"${KS}","format":1}`],
  [
    'request',
    'HTTP',
    `POST /api_v3/service/media/action/list HTTP/1.1\nHost: x.example\nContent-Type: application/x-www-form-urlencoded\n\nks=${KS}`,
  ],
  [
    'curl command',
    'over several lines',
    `$ curl -sS https://api.example.com/api_v3/service/media/action/list \\\n  --data-urlencode "ks=${KS}" \\\n  -d format=1`,
  ],
  [
    'curl command',
    'of Windows',
    `curl.exe "https://api.example.com/api_v3/service/media/action/list" ^\n  -d "format=1"`,
  ],
  ['response', 'an error', ERROR],
  ['response', 'an error under a heading', `Response: ${ERROR}`],
  [
    'response',
    'XML',
    '<xml><result><error><code>MISSING_KS</code><message>Missing KS</message></error></result></xml>',
  ],
  ['response', 'PHP', 'a:2:{s:4:"code";s:10:"MISSING_KS";s:7:"message";s:10:"Missing KS";}'],
  ['response', 'HTTP', `HTTP/1.1 200 OK\nContent-Type: application/json\n\n${ERROR}`],
  ['settings', 'an .env', '# login\nexport KALTURA_PARTNER_ID=102\nAPP_TOKEN_ID="0_k3v9qz1m"\n'],
  ['session string', 'alone', `${KS}\n`],
  ['session string', 'in quotes', `"${KS}"`],
  ['hash', 'alone', HASH],
  ['hash', 'in Base64', '+aNr+wvWrReXke9P3H2yaKB7vDV046ZuzV/nM6S0Fqw='],
  [
    'several things',
    'a call and its answer',
    `curl https://api.example.com/api_v3/service/media/action/list -d ks=${KS}\n\n${ERROR}`,
  ],
  ['nothing known', 'prose', 'Good morning. I cannot log in, can you help me?'],
]

describe('recognise', () => {
  for (const [shape, about, text] of SHAPES)
    test(`takes ${about} for: ${shape}`, () => assert.equal(recognise(text).shape, shape))

  test('puts an answer to the call before it', () => {
    const { requests, responses } = recognise(
      `curl https://x.example/api_v3/service/media/action/list -d ks=${KS}\n${ERROR}`,
    )
    assert.equal(requests[0]?.response?.error?.code, 'INVALID_APP_TOKEN_HASH')
    assert.deepEqual(responses, [])
  })

  test('reads the steps of a multirequest as calls, each with its answer', () => {
    const body =
      'service=multirequest&format=1&1:service=session&1:action=startWidgetSession&1:widgetId=_102&2:service=media&2:action=list'
    const calls = recognise(`curl https://x.example/api_v3/ -d '${body}'`).requests
    assert.deepEqual(
      calls.map(({ service, action }) => `${service}.${action}`),
      ['session.startWidgetSession', 'media.list'],
    )
  })

  test('keeps a session string of a form as it arrives', () => {
    const { requests } = recognise('https://x.example/api_v3/service/media/action/list?ks=a+b%2Bc')
    assert.equal(requests[0]?.params.get('ks'), 'a b+c')
  })

  test('does not read what is larger than its limit, but for traffic', () => {
    assert.equal(recognise('x'.repeat(LARGEST_PASTE + 1)).shape, 'too much')
    const filler = {
      request: { url: 'https://x.example/', headers: [] },
      response: { content: { text: 'y'.repeat(LARGEST_PASTE) } },
    }
    const call = { request: { url: 'https://x.example/api_v3/service/media/action/list', headers: [] } }
    const { shape, requests } = recognise(JSON.stringify({ log: { entries: [filler, call] } }))
    assert.equal(shape, 'HAR')
    assert.deepEqual(
      requests.map(({ action }) => action),
      ['list'],
    )
  })
})

/** Pieces that the readers look for, to be put together into nonsense. */
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  "'",
  '“',
  '”',
  '`',
  ':',
  '=',
  '=>',
  ',',
  ';',
  '|',
  '\\',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '<',
  '>',
  '</',
  '&',
  '%',
  '%2',
  '+',
  '$(',
  "$'",
  '\u0000',
  '\ufeff',
  '\ud800',
  '…',
  'id',
  'token',
  'sessionType',
  'hashType',
  'expiry',
  'ks',
  'tokenHash',
  'appToken',
  'objects',
  'log',
  'entries',
  '__proto__',
  'constructor',
  'code',
  'message',
  'args',
  'error',
  'result',
  'diagnosis',
  'cause',
  'curl ',
  '-d ',
  '-H ',
  '--data-urlencode ',
  'https://x.example/api_v3/',
  'service/',
  'multirequest',
  '1:service=media',
  'POST /api_v3/ HTTP/1.1\n',
  'HTTP/1.1 200 OK\n',
  'Content-Type: application/json; charset=utf-8\n',
  '<?xml version="1.0"?>',
  '<xml>',
  '<result>',
  '<error>',
  '<code>',
  '<![CDATA[',
  ']]>',
  'a:2:{',
  's:4:"',
  'O:8:"',
  'i:1;',
  'N;',
  'array(',
  'string(5) ',
  'int(',
  'Object',
  'null',
  'None',
  'true',
  '0',
  '2',
  '300',
  '1627298165',
  '99999999999999999999',
  '0_k3v9qz1m',
  'SHA256',
  'SERVICE_FORBIDDEN',
  'INVALID_KS',
  '[media->list]',
  KS,
  HASH,
  'ADMIN_SECRET=',
  'export ',
  '{"log":{"entries":[',
  '```',
]

const nonsense = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(''))

describe('whatever is pasted', () => {
  test('nothing throws', () => {
    fc.assert(
      fc.property(nonsense, (text) => {
        lintPaste(text, { primitives, clock: 1_700_000_000 })
        explainError(text)
        inspectSession(primitives, text)
      }),
      { numRuns: 3_000 },
    )
  })

  test('cut or changed anywhere, a good paste makes nothing throw', () => {
    const good = SHAPES.map(([, , text]) => text)
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(), fc.nat(), fc.constantFrom(...PIECES), (text, from, to, piece) => {
        const [a, b] = [from % (text.length + 1), to % (text.length + 1)].toSorted((x, y) => x - y)
        lintPaste(text.slice(0, a) + piece + text.slice(b), { primitives })
      }),
      { numRuns: 3_000 },
    )
  })

  test('much of any one thing is read to its end', () => {
    const units = [
      ...PIECES,
      '{"a":',
      '[[',
      'a:[',
      '["a',
      "['",
      'a:"',
      "a:'",
      '{\n',
      '[a\n',
      '{"a\n',
      'curl x\n',
      'curl https://x.example/api_v3/\n',
      '<a>',
      '<a',
      '</a>',
      '<a><b>',
      'a=b\n',
      'A=b\n',
      'a=b&',
      'ks=',
      'https://x.example/api_v3/?ks=a\n',
      ' \n',
      '\\\n',
      'a\\\n-d ',
      '> ',
      '| a | b |\n',
      'x x ',
      'HTTP/1.1 200 OK\n\n',
      'GET /api_v3/ \n',
      ']',
      'a:x[]',
      'a:b,',
      'a, b, c: d, ',
      's:9:"',
      'i:',
      'INVALID_KS "',
      'Invalid KS "',
      '{"code":"A_B","message":"',
      'a: b\n',
      `${KS}\n`,
      `${HASH}\n`,
      '{"id":"0_a","hashType":"MD5"}\n',
      '{"tokenHash":"a"}\n',
      'aB3 ',
      'a'.repeat(60),
      '-----',
      '--a form-data name="',
      'AB_',
      'A_',
    ]
    for (const unit of units) {
      const text = unit.repeat(Math.floor(LARGEST_PASTE / 2 / unit.length))
      const readAll = () => {
        lintPaste(text, { primitives })
        explainError(text)
        inspectSession(primitives, text)
      }
      assert.doesNotThrow(() => mustEnd(readAll), JSON.stringify(unit))
    }
  })
})
