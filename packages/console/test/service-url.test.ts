import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Served } from '../src/connection/served.ts'
import { parseServiceUrl } from '../src/connection/service-url.ts'

const OWN = 'http://127.0.0.1:8800'
const SERVED: Served = { connect: ['https://www.kaltura.com'], version: '0.1.0', fidelity: 'mended' }
const urlOf = (text: string, served: Served | undefined = undefined) => {
  const parsed = parseServiceUrl(text, OWN, served)
  return parsed.ok ? parsed.url : `refused: ${parsed.why}`
}

describe('a service URL, as it is typed', () => {
  for (const [typed, url] of [
    ['https://www.kaltura.com', 'https://www.kaltura.com'],
    [' www.kaltura.com/ ', 'https://www.kaltura.com'],
    ['https://www.kaltura.com/api_v3', 'https://www.kaltura.com'],
    ['https://www.kaltura.com/api_v3/service/media/action/list?ks=x', 'https://www.kaltura.com'],
    ['https://gate.example.org/kaltura/api_v3/', 'https://gate.example.org/kaltura'],
    ['localhost:8800', 'http://localhost:8800'],
    ['127.0.0.1:8800', 'http://127.0.0.1:8800'],
    ['HTTPS://WWW.Kaltura.com', 'https://www.kaltura.com'],
  ] as const) {
    test(`${typed} is ${url}`, () => assert.equal(urlOf(typed), url))
  }

  for (const [typed, why] of [
    ['', /Type the service URL/],
    ['   ', /Type the service URL/],
    ['https://', /not a web address/],
    ['http://exa mple', /not a web address/],
    ['ftp://example.org', /starts with https/],
    ['javascript://x', /starts with https/],
    ['https://user:pass@example.org', /no user name/],
  ] as const) {
    test(`${JSON.stringify(typed)} is none, and is told why`, () => assert.match(urlOf(typed), why))
  }
})

describe('the page that a server serves', () => {
  test('calls its own server and those that the operator named', () => {
    assert.equal(urlOf(OWN, SERVED), OWN)
    assert.equal(urlOf('https://www.kaltura.com', SERVED), 'https://www.kaltura.com')
  })

  test('calls no other, and names the setting and the static copy', () => {
    const why = urlOf('https://api.example.org', SERVED)
    assert.ok(why.includes('LATCHKEY_CONSOLE_CONNECT=https://api.example.org'), why)
    assert.match(why, /static copy/)
  })

  test('does not take another port or scheme of a named origin for it', () => {
    for (const typed of [
      'http://www.kaltura.com',
      'https://www.kaltura.com:8443',
      'https://www.kaltura.com.example.org',
    ])
      assert.match(urlOf(typed, SERVED), /^refused/)
  })
})
