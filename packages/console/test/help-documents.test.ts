import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { CAUSES } from '@latchkey/core'
import { listDocuments } from '../../../scripts/console-docs.ts'
import { addressOf, renderDocument } from '../../../scripts/console-docs-html.ts'

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs')
const place = { path: 'how-to/one', isShown: (path: string) => path === 'concepts/two' || path === 'how-to/one' }
const render = (markdown: string) => renderDocument(markdown, place)

describe('a document as the console shows it', () => {
  test('its first heading is its title, and the others can be gone to', () => {
    const page = render('# One\n\n## Ask `first`\n\n## Ask first\n')
    assert.equal(page.title, 'One')
    assert.deepEqual(
      page.headings.map(({ id, text }) => [id, text]),
      [
        ['ask-first', 'Ask first'],
        ['ask-first-1', 'Ask first'],
      ],
    )
    assert.ok(!page.html.includes('<h1'))
  })
  test('raw HTML, scripts among it, does not get in', () => {
    const { html } = render(
      '<script>alert(1)</script>\n\ntext <img src=x onerror=alert(1)> `<b>`\n\n[x](javascript:alert(1))',
    )
    assert.ok(!/<script|<img|onerror=|javascript:/.test(html), html)
    assert.ok(html.includes('&lt;b&gt;'))
  })
  test('a block of code keeps its text to the letter, and has a button that copies it', () => {
    const { html } = render('```sh\ncurl "a&b" | x > y\n```\n')
    assert.ok(html.includes('<code>curl &quot;a&amp;b&quot; | x &gt; y</code>'))
    assert.ok(html.includes('data-copy'))
  })
  test('links lead into the console, or are words', () => {
    assert.equal(addressOf('../concepts/two.md#a-b', place), '#/help/docs/concepts/two?at=a-b')
    assert.equal(addressOf('#there', place), '#/help/docs/how-to/one?at=there')
    assert.equal(addressOf('../reference/causes.md#hash-bom', place), '#/help/causes/hash-bom')
    assert.equal(addressOf('../reference/errors.md', place), '#/help/errors')
    assert.equal(addressOf('../../packages/core/src/index.ts', place), undefined)
    assert.equal(addressOf('https://example.org/', place), 'https://example.org/')
    assert.equal(addressOf('JAVASCRIPT:alert(1)', place), undefined)
  })
})

describe('the documents of this project', () => {
  const groups = listDocuments()
  const paths = groups.flatMap(({ documents }) => documents.map(({ path }) => path))

  test('all that are written for users are shown', () => {
    const written = ['concepts', 'how-to', 'recipes', 'reference'].flatMap((folder) =>
      readdirSync(join(DOCS, folder)).map((name) => `${folder}/${name.replace(/\.md$/, '')}`),
    )
    written.push('quick-starts')
    assert.deepEqual([...paths, 'reference/causes', 'reference/errors'].sort(), written.sort())
  })
  test('every link inside the console leads to a place that is there', () => {
    const headings = new Map(
      groups.flatMap(({ documents }) => documents.map((one) => [one.path, one.headings] as const)),
    )
    const seen = new Set<string>()
    for (const path of paths) {
      const { html } = renderDocument(readFileSync(join(DOCS, `${path}.md`), 'utf8'), {
        path,
        isShown: (other) => paths.includes(other),
      })
      for (const [, href = ''] of html.matchAll(/href="(#[^"]*)"/g)) {
        seen.add(href)
        const [, kind, rest = ''] = /^#\/help\/(docs|causes|errors)\/?(.*)$/.exec(href) ?? []
        if (kind === 'docs') {
          const [target = '', at = ''] = rest.split('?at=')
          const known = headings.get(target)
          assert.ok(known !== undefined, `${path}: ${href}`)
          if (at !== '')
            assert.ok(
              known.some(({ id }) => id === decodeURIComponent(at)),
              `${path}: ${href}`,
            )
        } else if (kind === 'causes' && rest !== '') assert.ok(Object.hasOwn(CAUSES, rest), `${path}: ${href}`)
        else assert.ok(kind !== undefined, `${path}: ${href}`)
      }
    }
    assert.ok(seen.size > 30)
  })
})
