import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBody } from '../src/v3/charset.ts'

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

for (const [name, body, contentType, text] of [
  ['UTF-8 where nothing is said', Buffer.from('é💥'), undefined, 'é💥'],
  ['UTF-8 by name', Buffer.from('é'), 'application/json; charset="UTF-8"', 'é'],
  ['Latin-1 by name', Buffer.from('é', 'latin1'), 'application/json;charset=iso-8859-1', 'é'],
  ['UTF-16 by its mark, whatever the header says', utf16('{"a":"é"}'), 'application/json; charset=utf-8', '{"a":"é"}'],
  ['UTF-16, high byte first, by its mark', utf16('é').swap16(), 'application/json', 'é'],
  ['a charset that nobody knows as UTF-8', Buffer.from('é'), 'application/json; charset=klingon', 'é'],
  ['bytes that are none as replaced', Buffer.from([0x61, 0xff]), undefined, 'a\ufffd'],
] as const) {
  test(`a body is read in ${name}`, () => {
    assert.equal(decodeBody(body, contentType), text)
  })
}
