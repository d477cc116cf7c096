/**
 * A text as a literal of each language, so that it is read back to the letter. Invisible characters, and those that
 * change the direction of what follows, are written as escapes wherever the language has any: in a program they would
 * deceive whoever reads it, and line ends would not survive the copying.
 */

/** Opening quote, escaped text, closing quote: apart, since a secret is masked between its quotes. */
export type Quoted = readonly [open: string, body: string, close: string]
export type Quote = (text: string) => Quoted

/** Controls, formats, separators, blanks other than the usual one, and what is not assigned. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u
const PLAIN = /^[ -~]*$/

/**
 * POSIX sh has no escapes between single quotes: all stands as it is. A zero byte, which no shell can hold, is left out.
 */
export const quoteSh: Quote = (text) => ["'", text.toWellFormed().replaceAll('\0', '').replaceAll("'", "'\\''"), "'"]

export const quotePython: Quote = (text) => [
  "'",
  escaped(text, (char, point) => {
    if (char === '\\' || char === "'") return `\\${char}`
    if (!INVISIBLE.test(char)) return char
    return (
      SHORT[char] ?? (point > 0xffff ? `\\U${hex(point, 8)}` : point > 0xff ? unicode(point) : `\\x${hex(point, 2)}`)
    )
  }),
  "'",
]

export const quoteJavaScript: Quote = (text) => [
  "'",
  escaped(text, (char, point) => {
    if (char === '\\' || char === "'") return `\\${char}`
    if (!INVISIBLE.test(char)) return char
    return SHORT[char] ?? (point > 0xffff ? `\\u{${point.toString(16)}}` : unicode(point))
  }),
  "'",
]

/** Single quotes as long as nothing needs an escape, which only double quotes have. */
export const quotePhp: Quote = (text) =>
  INVISIBLE.test(text)
    ? [
        '"',
        escaped(text, (char, point) => {
          if (char === '\\' || char === '"' || char === '$') return `\\${char}`
          return INVISIBLE.test(char) ? (SHORT[char] ?? `\\u{${point.toString(16)}}`) : char
        }),
        '"',
      ]
    : ["'", escaped(text, (char) => (char === '\\' || char === "'" ? `\\${char}` : char)), "'"]

/**
 * ASCII only: up to Java 17 a source is read in the encoding of the machine. Controls are octal, since `\u000a` is a
 * line end before it is part of a literal.
 */
export const quoteJava: Quote = (text) => [
  '"',
  escaped(text, (char, point) => {
    if (char === '\\' || char === '"') return `\\${char}`
    if (PLAIN.test(char)) return char
    if (point < 0x80) return SHORT[char] ?? `\\${point.toString(8).padStart(3, '0')}`
    return units(char).map(unicode).join('')
  }),
  '"',
]

export const quoteCSharp: Quote = (text) => [
  '"',
  escaped(text, (char, point) => {
    if (char === '\\' || char === '"') return `\\${char}`
    if (!INVISIBLE.test(char)) return char
    return SHORT[char] ?? (point > 0xffff ? `\\U${hex(point, 8)}` : unicode(point))
  }),
  '"',
]

/** Single quotes as long as nothing needs an escape, which only double quotes have. */
export const quoteRuby: Quote = (text) =>
  INVISIBLE.test(text)
    ? [
        '"',
        escaped(text, (char, point) => {
          if (char === '\\' || char === '"' || char === '#') return `\\${char}`
          return INVISIBLE.test(char) ? (SHORT[char] ?? `\\u{${point.toString(16)}}`) : char
        }),
        '"',
      ]
    : ["'", escaped(text, (char) => (char === '\\' || char === "'" ? `\\${char}` : char)), "'"]

/** As in Ruby, but that `$` and `@` are what is filled in. */
export const quotePerl: Quote = (text) =>
  INVISIBLE.test(text)
    ? [
        '"',
        escaped(text, (char, point) => {
          if (char === '\\' || char === '"' || char === '$' || char === '@') return `\\${char}`
          return INVISIBLE.test(char) ? (SHORT[char] ?? `\\x{${point.toString(16)}}`) : char
        }),
        '"',
      ]
    : ["'", escaped(text, (char) => (char === '\\' || char === "'" ? `\\${char}` : char)), "'"]

export const quoteGo: Quote = (text) => [
  '"',
  escaped(text, (char, point) => {
    if (char === '\\' || char === '"') return `\\${char}`
    if (!INVISIBLE.test(char)) return char
    return SHORT[char] ?? (point > 0xffff ? `\\U${hex(point, 8)}` : unicode(point))
  }),
  '"',
]

/** The value of an attribute. */
export const quoteHtml: Quote = (text) => [
  '"',
  escaped(text, (char, point) => (/[&"<>\\]/.test(char) || INVISIBLE.test(char) ? `&#${point};` : char)),
  '"',
]

/**
 * Single quotes for plain ASCII. Anything else goes through `[regex]::Unescape`, in ASCII: Windows PowerShell 5.1 has no
 * escapes of its own for it, and reads a script without a byte order mark in the encoding of the machine.
 */
export const quotePowerShell: Quote = (text) =>
  PLAIN.test(text)
    ? ["'", text.replaceAll("'", "''"), "'"]
    : [
        "([regex]::Unescape('",
        escaped(text, (char) => {
          if (char === '\\') return '\\\\'
          if (char === "'") return "''"
          return PLAIN.test(char) ? char : (SHORT[char] ?? units(char).map(unicode).join(''))
        }),
        "'))",
      ]

/** JSON as `JSON.stringify` writes it, but with all that is invisible escaped. */
export const quoteJson: Quote = (text) => [
  '"',
  escaped(text, (char) => {
    if (char === '\\' || char === '"') return `\\${char}`
    return INVISIBLE.test(char) ? (SHORT[char] ?? units(char).map(unicode).join('')) : char
  }),
  '"',
]

/** A value for a field on the screen of a tool: as it is, or in words or as JSON where it would not be seen. */
export const quoteField: Quote = (text) => {
  if (text === '') return ['(empty)', '', '']
  if (!hasInvisible(text) && text.trim() === text) return ['', text.toWellFormed(), '']
  const [open, body, close] = quoteJson(text)
  return [open, body, `${close} (as JSON writes it)`]
}

export function hasInvisible(text: string): boolean {
  return INVISIBLE.test(text)
}

const SHORT: Readonly<Record<string, string | undefined>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escaped(text: string, one: (char: string, point: number) => string): string {
  let all = ''
  for (const char of text.toWellFormed()) all += one(char, char.codePointAt(0) ?? 0)
  return all
}

function units(char: string): readonly number[] {
  return char.split('').map((unit) => unit.charCodeAt(0))
}

function unicode(unit: number): string {
  return `\\u${hex(unit, 4)}`
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
