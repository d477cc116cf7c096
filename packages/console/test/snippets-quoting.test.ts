import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import {
  type Quote,
  quoteCSharp,
  quoteField,
  quoteGo,
  quoteHtml,
  quoteJava,
  quoteJavaScript,
  quoteJson,
  quotePerl,
  quotePhp,
  quotePowerShell,
  quotePython,
  quoteRuby,
  quoteSh,
} from '../src/snippets/quoting.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-quoting-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const literal = (quote: Quote, text: string): string => quote(text).join('')

/** What is hard to quote somewhere, among all that Unicode has. */
const HARD = [
  '\\',
  "'",
  '"',
  '`',
  '$',
  '$(id)',
  '\n',
  '\r\n',
  '\t',
  '%',
  '!',
  '{',
  '}',
  '#',
  '?>',
  '//',
  '\\u0022',
  '\0',
]
const HARDER = [
  '\u202e',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\u00a0',
  '‘',
  '’',
  '‚',
  '“',
  'ש',
  'é',
  '🙂',
  '\u{e0001}',
  '\x01',
  '\x7f',
  '7',
]
const text = fc
  .array(
    fc.oneof(fc.constantFrom(...HARD, ...HARDER), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(''))
const texts = fc.array(text, { minLength: 60, maxLength: 60 })

/** Runs a program that prints each literal as hex of its UTF-8, a line each. */
function readBack(command: string, name: string, program: string, args: readonly string[] = []): readonly string[] {
  const file = join(folder, name)
  writeFileSync(file, program)
  const printed = execFileSync(command, [...args, file], { encoding: 'utf8' })
  return printed
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line.trim(), 'hex').toString('utf8'))
}

interface Reader {
  readonly language: string
  readonly command: string
  readonly quote: Quote
  readonly rounds: number
  readonly read: (literals: readonly string[]) => readonly string[]
}

const READERS: readonly Reader[] = [
  {
    language: 'sh',
    command: 'sh',
    quote: quoteSh,
    rounds: 10,
    read(literals) {
      const file = join(folder, 'read.sh')
      writeFileSync(file, `printf '%s\\0' ${literals.join(' \\\n  ')}\n`)
      return execFileSync('sh', [file], { encoding: 'utf8' }).split('\0').slice(0, -1)
    },
  },
  {
    language: 'Python',
    command: 'python3',
    quote: quotePython,
    rounds: 10,
    read: (all) => readBack('python3', 'read.py', `for text in [\n${all.join(',\n')}\n]: print(text.encode().hex())\n`),
  },
  {
    language: 'Node',
    command: 'node',
    quote: quoteJavaScript,
    rounds: 10,
    read: (all) =>
      readBack(
        'node',
        'read.mjs',
        `for (const text of [\n${all.join(',\n')}\n]) console.log(Buffer.from(text).toString('hex'))\n`,
      ),
  },
  {
    language: 'PHP',
    command: 'php',
    quote: quotePhp,
    rounds: 10,
    read: (all) =>
      readBack('php', 'read.php', `<?php foreach ([\n${all.join(',\n')}\n] as $text) echo bin2hex($text), "\\n";\n`),
  },
  {
    language: 'Java',
    command: 'java',
    quote: quoteJava,
    rounds: 2,
    read: (all) =>
      readBack(
        'java',
        'Read.java',
        `public class Read { public static void main(String[] a) { for (String text : new String[] {\n${all.join(',\n')}\n}) System.out.println(java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))); } }\n`,
        // Where no encoding is set, a source is ASCII to Java 17; a literal of ours is ASCII too.
        ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dfile.encoding=US-ASCII'],
      ),
  },
  {
    language: 'Ruby',
    command: 'ruby',
    quote: quoteRuby,
    rounds: 10,
    read: (all) => readBack('ruby', 'read.rb', `[\n${all.join(',\n')}\n].each { |text| puts text.unpack1('H*') }\n`),
  },
  {
    language: 'Perl',
    command: 'perl',
    quote: quotePerl,
    rounds: 10,
    read: (all) =>
      readBack(
        'perl',
        'read.pl',
        `use utf8;\nuse Encode 'encode';\nfor my $text (\n${all.join(',\n')}\n) { print unpack('H*', encode('utf8', $text)), "\\n"; }\n`,
      ),
  },
  {
    language: 'Go',
    command: 'go',
    quote: quoteGo,
    rounds: 1,
    read: (all) =>
      readBack(
        'go',
        'read.go',
        `package main\n\nimport "fmt"\n\nfunc main() {\n\tfor _, text := range []string{\n${all.join(',\n')},\n} {\n\t\tfmt.Printf("%x\\n", text)\n\t}\n}\n`,
        ['run'],
      ),
  },
  {
    language: 'PowerShell',
    command: 'pwsh',
    quote: quotePowerShell,
    rounds: 2,
    read: (all) =>
      readBack(
        'pwsh',
        'read.ps1',
        `@(\n${all.join('\n')}\n) | ForEach-Object { -join ([Text.Encoding]::UTF8.GetBytes($_) | ForEach-Object { $_.ToString('x2') }) }\n`,
        ['-NoProfile', '-File'],
      ),
  },
]

describe('a text as a literal', () => {
  for (const { language, command, quote, rounds, read } of READERS) {
    const skip = isThere(command) ? false : `${command} is not on this machine`
    test(`${language} reads any text back to the letter`, { skip }, () => {
      fc.assert(
        fc.property(texts, (all) => {
          // The one character that no shell can hold.
          const wanted = all.map((one) => (language === 'sh' ? one.replaceAll('\0', '') : one).toWellFormed())
          // A line of nothing is printed for an empty text, and what is printed last ends the file.
          const sent = [...wanted, 'end']
          assert.deepEqual(read(sent.map((one) => literal(quote, one))), sent)
        }),
        { numRuns: rounds, endOnFailure: true },
      )
    })
  }

  test('JSON is read back to the letter', () => {
    fc.assert(fc.property(text, (one) => JSON.parse(literal(quoteJson, one)) === one.toWellFormed()))
  })

  test('C# has it in double quotes, on one line, with the escapes of that language and no other', () => {
    fc.assert(
      fc.property(text, (one) => {
        const [open, body, close] = quoteCSharp(one)
        assert.deepEqual([open, close], ['"', '"'])
        assert.equal(readEscapes(body), one.toWellFormed())
        assert.doesNotMatch(body.replaceAll(/\\./g, ''), /["\r\n\u0085\u2028\u2029\u202e]/)
      }),
    )
  })

  test('PowerShell has it in ASCII, with its single quotes doubled and all else as .NET unescapes it', () => {
    fc.assert(
      fc.property(text, (one) => {
        const whole = literal(quotePowerShell, one)
        assert.match(whole, /^[ -~]*$/)
        const [, isEscaped, inner = ''] = /^(\(\[regex\]::Unescape\()?'((?:[^']|'')*)'\)?\)?$/.exec(whole) ?? []
        const read = inner.replaceAll("''", "'")
        assert.equal(isEscaped === undefined ? read : readEscapes(read), one.toWellFormed())
      }),
    )
  })

  test('no literal but that of sh shows a character that changes the direction of what follows', () => {
    for (const quote of [
      quotePython,
      quoteJavaScript,
      quotePhp,
      quoteJava,
      quoteCSharp,
      quoteRuby,
      quotePerl,
      quoteGo,
      quoteHtml,
      quotePowerShell,
      quoteJson,
    ]) {
      assert.match(literal(quote, 'a\u202eb\u2066c\u200b\ufeff'), /^[ -~]*$/)
    }
  })

  test('letters of other scripts stay readable wherever a file is UTF-8 by rule', () => {
    for (const quote of [quoteSh, quotePython, quoteJavaScript, quotePhp, quoteCSharp, quoteJson, quoteField]) {
      assert.match(literal(quote, 'שלום é'), /שלום é/)
    }
  })

  test('an attribute of a page ends where its quote does', () => {
    fc.assert(
      fc.property(text, (one) => {
        const [open, body, close] = quoteHtml(one)
        assert.deepEqual([open, close], ['"', '"'])
        assert.doesNotMatch(body, /["<>]/)
        const read = body.replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point)))
        assert.equal(read, one.toWellFormed())
      }),
    )
  })

  test('a field of a tool shows what could not be seen', () => {
    assert.equal(literal(quoteField, 'a b'), 'a b')
    assert.equal(literal(quoteField, ''), '(empty)')
    assert.equal(literal(quoteField, 'a\n'), '"a\\n" (as JSON writes it)')
    assert.equal(literal(quoteField, ' a'), '" a" (as JSON writes it)')
  })
})

/** The escapes that C# and `Regex.Unescape` have in common, and `\U`; anything else is none. */
function readEscapes(body: string): string {
  return body.replace(
    /\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|([nrt"\\])|)/g,
    (all, unit, point, char: string | undefined) => {
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16))
      if (point !== undefined) return String.fromCodePoint(Number.parseInt(point, 16))
      assert.ok(char, `${all} is no escape`)
      return { n: '\n', r: '\r', t: '\t' }[char] ?? char
    },
  )
}

function isThere(command: string): boolean {
  const probe = { sh: ['-c', 'true'], go: ['version'] }[command] ?? ['--version']
  try {
    execFileSync(command, probe, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
