// The programs of `examples/` that log in without a library: they are the whole programs of the console's own table, reading the
// environment. `npm run docs` writes them, and checking the documents compares them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SnippetLanguage, snippet, snippetText } from '../packages/console/src/snippets/index.ts'
import { COLLECTION, postmanCollection } from './postman-collection.ts'

/** Where the example of each language lies. */
export const EXAMPLES = {
  curl: 'examples/sh/login.sh',
  node: 'examples/node/login.mjs',
  typescript: 'examples/typescript/login.mts',
  browser: 'examples/browser/login.html',
  python: 'examples/python/login.py',
  php: 'examples/php/login.php',
  java: 'examples/java/Login.java',
  csharp: 'examples/csharp/Program.cs',
  ruby: 'examples/ruby/login.rb',
  go: 'examples/go/login.go',
  perl: 'examples/perl/login.pl',
  powershell: 'examples/powershell/login.ps1',
} as const satisfies Record<Exclude<SnippetLanguage, 'etl'>, string>

export type ExampleLanguage = keyof typeof EXAMPLES

/** What must be in the file of that language. */
export function exampleText(language: ExampleLanguage): string {
  const parts = snippet('whole', language, {
    serviceUrl: '',
    partnerId: '',
    widgetId: '',
    tokenId: '',
    hashType: 'SHA256',
    startSession: {},
    call: { service: 'media', action: 'list', params: { pager: { pageSize: 3 } } },
    readsEnvironment: true,
  })
  return `${snippetText(parts, { reveal: true })}\n`
}

/** Path and text of all. */
export function exampleFiles(): readonly (readonly [string, string])[] {
  const programs = LANGUAGES.map((language) => [EXAMPLES[language], exampleText(language)] as const)
  return [...programs, [COLLECTION, postmanCollection()]]
}

const LANGUAGES = Object.keys(EXAMPLES).filter((name): name is ExampleLanguage => name in EXAMPLES)

export interface Quoting {
  readonly text: string
  readonly problems: readonly string[]
}

/**
 * A page with its quotes of files as the files are: `<!-- from: examples/python/login.py -->` and the fenced block behind
 * it. Behind the path, `lines 3-9` quotes a part of it.
 */
export function fillQuotes(root: string, page: string): Quoting {
  const problems: string[] = []
  const text = page.replaceAll(
    /(<!-- from: (\S+?)(?: lines (\d+)-(\d+))? -->\n+)(```(\w*)\n[\s\S]*?^```$)?/gm,
    (whole: string, mark: string, path: string, first?: string, last?: string, block?: string, language?: string) => {
      if (block === undefined) {
        problems.push(`the block behind <!-- from: ${path} --> is missing`)
        return whole
      }
      try {
        const lines = readFileSync(join(root, path), 'utf8').trimEnd().split('\n')
        const wanted = first === undefined ? lines : lines.slice(Number(first) - 1, Number(last))
        return `${mark}\`\`\`${language}\n${wanted.join('\n')}\n\`\`\``
      } catch {
        problems.push(`${path}, which it quotes, is not there`)
        return whole
      }
    },
  )
  return { text, problems }
}
