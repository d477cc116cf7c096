import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { noblePrimitives } from '@latchkey/core/noble'
import { buildOffline, OFFLINE_COPY } from '../../../scripts/build-offline.ts'

/** What a mail may carry without anybody thinking about it. */
const LARGEST_BYTES = 400_000

describe('the offline page that is committed', () => {
  let built = ''
  before(async () => {
    built = await buildOffline()
  })

  test('is what its sources give, byte for byte', () => {
    const committed = existsSync(OFFLINE_COPY) ? readFileSync(OFFLINE_COPY, 'utf8') : ''
    // Not `equal`: a difference of two lines of 300,000 characters helps nobody.
    assert.ok(committed === built, 'docs/latchkey-offline.html differs from its sources: npm run docs renews it')
  })
  test('can be sent by mail', () => {
    const { length } = Buffer.from(built)
    assert.ok(length < LARGEST_BYTES, `it has ${length} bytes, and should have less than ${LARGEST_BYTES}`)
  })
  test('brings the licences of what is inside', () => {
    const behind = built.slice(built.lastIndexOf('</html>'))
    for (const name of ['preact', '@preact/signals', '@noble/hashes', '@noble/ciphers'])
      assert.ok(behind.includes(`\n## ${name} - `), name)
    assert.ok(behind.trimEnd().endsWith('-->'))
  })
  test('allows by its policy just the script and the style that are in it, and no connection', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(built)?.[1] ?? ''
    const digestOf = (element: string) => {
      const text = new RegExp(`<${element}[^>]*>([\\s\\S]*?)</${element}>`).exec(built)?.[1] ?? ''
      return `'sha256-${noblePrimitives.encodeBase64(noblePrimitives.digest('sha256', noblePrimitives.encodeUtf8(text)))}'`
    }
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      `script-src ${digestOf('script')}`,
      `style-src ${digestOf('style')}`,
      "connect-src 'none'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })
  test('names nothing outside itself that a browser would fetch', () => {
    const [head = ''] = built.split('<style>')
    assert.deepEqual(
      [...head.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url.slice(0, 5)),
      ['data:'],
    )
    assert.equal([...built.matchAll(/<script/g)].length, 1)
    const style = /<style>([\s\S]*?)<\/style>/.exec(built)?.[1] ?? ''
    assert.ok(style.length > 1_000 && !/@import|url\(/.test(style), 'its style names something else')
    assert.ok(!/src=|href=/.test(built.slice(built.lastIndexOf('</script>'))), 'something comes after its script')
  })
})
