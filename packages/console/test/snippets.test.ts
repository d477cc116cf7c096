import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { HASH_TYPES, type HashType, Secret, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import fc from 'fast-check'
import { ETL_EXAMPLE, ETL_HASHES } from '../src/snippets/etl-hash.ts'
import {
  SNIPPET_LANGUAGES,
  SNIPPET_STEPS,
  type SnippetLanguage,
  type SnippetStep,
  type SnippetValues,
  snippet,
  snippetText,
} from '../src/snippets/index.ts'
import { code, partsOf } from '../src/snippets/parts.ts'

const SECRETS = {
  widgetSession: 'djJ8NDI0Mnx3aWRnZXQtc2Vzc2lvbi1zdHJpbmctb2YtYS10ZXN0PQ==',
  tokenValue: '0123456789abcdef0123456789abcdef',
  tokenHash: '7d0c4ed1b7a5a7b6c1f0a92f5f2d8f0f3f8f3b2c9f7b6a3d1e5c4b8a90d2e6f1',
  session: 'djJ8NDI0Mnxhbm90aGVyLXNlc3Npb24tc3RyaW5nLW9mLWEtdGVzdD09',
}
const PASSWORD = 'correct horse battery staple'

const BARE: SnippetValues = {
  serviceUrl: 'https://example.org//',
  partnerId: 4242,
  widgetId: '_4242',
  tokenId: '0_k3v9x2mq',
  hashType: 'SHA256',
  startSession: {},
  call: { service: 'media', action: 'list', params: { pager: { pageSize: 3 } } },
}
const FULL: SnippetValues = {
  ...BARE,
  ...SECRETS,
  startSession: { userId: 'ada', type: 2, expiry: 600, privileges: 'list:*' },
  call: { service: 'user', action: 'add', params: { user: { id: 'ada', password: PASSWORD } } },
}
const ALL: readonly (readonly [SnippetStep, SnippetLanguage])[] = SNIPPET_STEPS.flatMap((step) =>
  SNIPPET_LANGUAGES.map(({ id }) => [step, id] as const),
)
const revealed = (step: SnippetStep, language: SnippetLanguage, values: SnippetValues) =>
  snippetText(snippet(step, language, values), { reveal: true })

describe('secrets in snippets', () => {
  test('none shows while masked, in any step and language, and no text part holds one', () => {
    for (const [step, language] of ALL) {
      const parts = snippet(step, language, FULL)
      const masked = snippetText(parts, { reveal: false })
      for (const secret of [...Object.values(SECRETS), PASSWORD]) {
        assert.ok(!masked.includes(secret), `${language} ${step}`)
        assert.ok(parts.every((part) => part.kind === 'secret' || !part.text.includes(secret)))
      }
    }
  })

  test('a masked one keeps its first four and its last four characters, a short one none', () => {
    const masked = (value: string) =>
      snippetText(snippet('hash', 'python', { ...BARE, tokenValue: value }), { reveal: false })
    assert.match(masked('0123456789abcdef'), /'0123•+cdef'/)
    assert.match(masked('secret'), /'•+'/)
  })

  test('all show when revealed, where they are used', () => {
    const used = {
      hash: ['widgetSession', 'tokenValue'],
      session: ['widgetSession', 'tokenHash'],
      call: ['session'],
    } as const
    for (const { id } of SNIPPET_LANGUAGES) {
      for (const step of ['hash', 'session', 'call'] as const) {
        for (const name of used[step])
          assert.ok(revealed(step, id, FULL).includes(SECRETS[name]), `${id} ${step} ${name}`)
      }
      // A page is read by whoever opens it.
      assert.equal(revealed('whole', id, FULL).includes(SECRETS.tokenValue), id !== 'browser', id)
    }
  })

  test('the whole program holds none but the token value, and without it none at all', () => {
    for (const { id } of SNIPPET_LANGUAGES) {
      const call = BARE.call
      const names = (values: SnippetValues) =>
        snippet('whole', id, values).flatMap((part) => (part.kind === 'secret' ? [part.name] : []))
      assert.deepEqual(new Set(names({ ...FULL, call })), new Set(id === 'browser' ? [] : ['token value']))
      assert.deepEqual(names({ ...FULL, call, tokenValue: undefined }), [])
    }
  })
})

describe('what is not known yet', () => {
  test('is named in its place, and the token value is read from the environment', () => {
    for (const { id } of SNIPPET_LANGUAGES) {
      assert.match(revealed('hash', id, BARE), /<session from step 1>/)
      assert.match(revealed('hash', id, BARE), id === 'etl' ? /<the token’s value>/ : /LATCHKEY_TOKEN_VALUE/)
      assert.match(revealed('session', id, BARE), /<session from step 1>[\s\S]*<hash from step 2>/)
      assert.match(revealed('call', id, BARE), /<session from step 3>/)
    }
  })

  test('an empty text counts as unknown', () => {
    for (const [step, language] of ALL) {
      const empty = { ...BARE, widgetSession: '', tokenValue: '', tokenHash: '', session: '' }
      assert.deepEqual(snippet(step, language, empty), snippet(step, language, BARE))
    }
  })
})

describe('requests in snippets', () => {
  test('slashes at the end of the address are not doubled', () => {
    for (const [step, language] of ALL) assert.doesNotMatch(revealed(step, language, FULL), /example\.org\/\//)
  })

  test('what is not asked of the exchange is not sent', () => {
    for (const { id } of SNIPPET_LANGUAGES) {
      assert.doesNotMatch(revealed('session', id, BARE), /\b(userId|type|expiry|sessionPrivileges)['"]?( =|=|:|,)/)
      for (const name of ['userId', 'type', 'expiry', 'sessionPrivileges']) {
        assert.match(revealed('session', id, FULL), new RegExp(`\\b${name}\\b`))
      }
    }
  })

  test('a form names what is nested by its path, and says of empty lists and objects that they are there', () => {
    const params = { a: { b: [1, { c: true }], d: null }, e: [], f: {}, g: null }
    const text = revealed('call', 'curl', { ...BARE, call: { service: 's', action: 'x', params } })
    const sent = [...text.matchAll(/--data-urlencode '([^']*)'/g)].map(([, field]) => field)
    assert.deepEqual(sent.slice(1), ['a:b:0=1', 'a:b:1:c=true', 'a:d=', 'e:-=', 'f:objectType='])
  })

  test('a session among the parameters is sent in place of the one of step 3, and format stays JSON', () => {
    const call = { service: 'latchkey_access', action: 'explain', params: { ks: 'another-session', format: 2 } }
    for (const { id } of SNIPPET_LANGUAGES) {
      const text = revealed('call', id, { ...FULL, call })
      assert.ok(text.includes('another-session') && !text.includes(SECRETS.session), id)
      assert.doesNotMatch(text, /format\W{1,5}2/, id)
    }
  })

  test('a service that nobody would call so changes no other part of the address', () => {
    for (const { id } of SNIPPET_LANGUAGES) {
      const call = { service: "a/b?c'd", action: 'list"$x', params: {} }
      assert.doesNotMatch(revealed('call', id, { ...BARE, call }), /a\/b|\?c|list"|\$x/)
    }
  })
})

describe('the shape of snippets', () => {
  test('every quote and bracket is closed, whatever the values are', () => {
    const text = fc.string({ unit: 'grapheme' }).map((some) => `it's "a" \\ ( [ { ${some}`)
    fc.assert(
      fc.property(text, text, (one, other) => {
        const values = {
          ...FULL,
          tokenValue: one,
          tokenId: other,
          call: { service: one, action: other, params: { [one]: { [other]: [one, { x: other }] }, ks: one } },
        }
        for (const [step, language] of ALL) {
          if (language !== 'etl') assertClosed(language, revealed(step, language, values))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a table of more than ten pairs in Java is made the way that takes them', () => {
    const params = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`p${index}`, index]))
    const text = revealed('call', 'java', { ...BARE, call: { service: 's', action: 'x', params } })
    assert.match(text, /Map\.ofEntries\(\s+Map\.entry\("ks", /)
  })

  test('a parameter called __proto__ is one like any other in Node', () => {
    const params = JSON.parse('{"__proto__":{"a":1}}')
    const text = revealed('call', 'node', { ...BARE, call: { service: 's', action: 'x', params } })
    assert.match(text, /\['__proto__'\]: \{ a: 1 \}/)
  })

  test('a template loses its own indentation and keeps that of what is put in', () => {
    const joined = snippetText(
      partsOf(code`
      a
        b ${'1\n  2'}
      ${'c'}
    `),
      { reveal: true },
    )
    assert.equal(joined, 'a\n  b 1\n  2\nc')
  })

  test('neighbouring texts are one part', () => {
    for (const [step, language] of ALL) {
      const kinds = snippet(step, language, FULL).map(({ kind }) => kind)
      assert.ok(kinds.every((kind, index) => kind === 'secret' || kinds[index - 1] !== 'text'))
    }
  })
})

describe('the hash in tools', () => {
  const hashTypes = ['MD5', 'SHA1', 'SHA256', 'SHA512'] as const satisfies HashType[]
  const { session, token, hashes } = ETL_EXAMPLE

  test('the example that comes with them is right', () => {
    for (const hashType of hashTypes) {
      assert.equal(hashes[hashType], tokenHash(nodePrimitives, hashType, session, new Secret(token)))
    }
    assert.deepEqual(Object.keys(HASH_TYPES).sort(), [...hashTypes].sort())
  })

  test('a tool has an expression of the wanted hash type, or the page says with which to make the token', () => {
    for (const hashType of hashTypes) {
      const text = revealed('hash', 'etl', { ...FULL, hashType })
      for (const { tool, expressions } of ETL_HASHES) {
        const lines = text.slice(text.indexOf(`\n${tool}\n`)).split('\n')
        const wanted = expressions[hashType]
        if (wanted !== undefined) assert.equal(lines[2], `  ${wanted}`)
        else
          assert.match(
            lines[2] ?? '',
            new RegExp(`^ {2}None known for ${hashType}: .*hashType (${Object.keys(expressions).join('|')})\\.$`),
          )
      }
    }
  })

  test('the expression for JavaScript tools gives the example', () => {
    const zapier = ETL_HASHES.find(({ tool }) => tool.startsWith('Zapier'))
    for (const hashType of hashTypes) {
      const run = new Function('require', 'inputData', `return ${zapier?.expressions[hashType]}`)
      assert.equal(run(createRequire(import.meta.url), { ks: session, token }), hashes[hashType])
    }
  })

  test('the expression for Java tools gives the example', {
    skip: hasJava() ? false : 'jshell is not on this machine',
  }, () => {
    const java = ETL_HASHES.find(({ tool }) => tool.startsWith('Talend'))
    const lines = hashTypes.map((hashType) => `System.out.println(${java?.expressions[hashType]});`)
    const input = [`String ks = "${session}", token = "${token}";`, ...lines, '/exit'].join('\n')
    const printed = execFileSync('jshell', ['-s', '-'], { input, encoding: 'utf8' })
    assert.deepEqual(
      printed.trim().split('\n'),
      hashTypes.map((hashType) => hashes[hashType]),
    )
  })

  test('the hash of this page is shown to compare with, once it is known', () => {
    assert.ok(revealed('hash', 'etl', FULL).includes(SECRETS.tokenHash))
    assert.doesNotMatch(revealed('hash', 'etl', BARE), /it must be/)
  })
})

function hasJava(): boolean {
  try {
    execFileSync('jshell', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Reads quotes, comments and brackets of a language, well enough for what our templates and quoting write. */
function assertClosed(language: SnippetLanguage, text: string): void {
  const isShell = language === 'curl'
  const hasHashComments = isShell || ['python', 'powershell', 'ruby', 'perl'].includes(language)
  const hasBackticks = ['node', 'typescript', 'browser'].includes(language)
  const closers: string[] = []
  let quote: string | undefined
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    // Single quotes know no escapes in a shell, and doubled ones in PowerShell close and open again.
    const knowsEscapes = language === 'powershell' ? false : !(isShell && quote === "'")
    if (char === '\\' && knowsEscapes) {
      at += 1
    } else if (quote !== undefined) {
      if (char === quote) quote = undefined
      else if (!isShell) assert.notEqual(char, '\n', `${language}: a quote is open at the end of a line in\n${text}`)
    } else if (char === '"' || char === "'" || (char === '`' && hasBackticks)) {
      quote = char
    } else if (
      (char === '#' && hasHashComments && /^$|\s/.test(text.charAt(at - 1))) ||
      (text.startsWith('//', at) && !hasHashComments)
    ) {
      at = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at)
    } else if ('([{'.includes(char)) {
      closers.push({ '(': ')', '[': ']', '{': '}' }[char] ?? '')
    } else if (')]}'.includes(char)) {
      // A pattern of a shell's case is closed without having been opened.
      if (!(isShell && closers.at(-1) !== char))
        assert.equal(closers.pop(), char, `${language}: a bracket is lost in\n${text}`)
    }
  }
  assert.equal(quote, undefined, `${language}: a quote is open at the end of\n${text}`)
  assert.deepEqual(closers, [], `${language}: a bracket is open at the end of\n${text}`)
}
