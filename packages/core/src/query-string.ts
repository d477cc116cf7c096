/**
 * The field string of a version 2 session: a URL-encoded query string as PHP writes and reads it, with the renaming
 * of keys that its reader does. Both directions are on the hot path; bytes are touched only for what is not ASCII.
 */
import type { Primitives } from './primitives.ts'

/** What each ASCII character is written as; `undefined` where it stays. */
const ESCAPES: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[A-Za-z0-9_.-]/.test(character)) return undefined
  return character === ' ' ? '+' : escapeByte(code)
})

function escapeByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

/** Letters, digits, `-`, `_` and `.` stay; space is `+`; the rest is `%XX` over its UTF-8 bytes. */
export function encodeQueryComponent(primitives: Primitives, text: string): string {
  let encoded = ''
  let copied = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 127) return encoded + encodeBytes(primitives.encodeUtf8(text.slice(copied)))
    const escaped = ESCAPES[code]
    if (escaped === undefined) continue
    encoded += text.slice(copied, at) + escaped
    copied = at + 1
  }
  return copied === 0 ? text : encoded + text.slice(copied)
}

function encodeBytes(bytes: Uint8Array): string {
  let encoded = ''
  for (const byte of bytes) {
    encoded += byte > 127 ? escapeByte(byte) : (ESCAPES[byte] ?? String.fromCharCode(byte))
  }
  return encoded
}

/** Pairs joined by `&`, in the order of the map. */
export function formatQueryString(primitives: Primitives, fields: ReadonlyMap<string, string>): string {
  let text = ''
  for (const [name, value] of fields) {
    if (text !== '') text += '&'
    text += `${encodeQueryComponent(primitives, name)}=${encodeQueryComponent(primitives, value)}`
  }
  return text
}

/**
 * Names and values in order. The last value of a name wins, at the place of the first. In names, leading spaces go,
 * `.` and space become `_`, and U+0000 ends the name; pairs without a name are left out. `undefined` where a name holds
 * `[` or `]`: array notation, which no session has.
 */
export function parseQueryString(primitives: Primitives, text: string): Map<string, string> | undefined {
  const fields = new Map<string, string>()
  let start = 0
  while (start <= text.length) {
    let end = text.indexOf('&', start)
    if (end === -1) end = text.length
    const pair = text.slice(start, end)
    const equals = pair.indexOf('=')
    const name = readName(decodeQueryComponent(primitives, equals === -1 ? pair : pair.slice(0, equals)))
    if (name === undefined) return undefined
    if (name !== '') fields.set(name, equals === -1 ? '' : decodeQueryComponent(primitives, pair.slice(equals + 1)))
    start = end + 1
  }
  return fields
}

/** `+` is a space, `%XX` a byte of UTF-8; a `%` without two hex digits stands for itself. */
export function decodeQueryComponent(primitives: Primitives, text: string): string {
  let decoded = ''
  let copied = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === PLUS) {
      decoded += `${text.slice(copied, at)} `
      copied = at + 1
    } else if (code === PERCENT) {
      const byte = readByte(text.charCodeAt(at + 1), text.charCodeAt(at + 2))
      if (byte === undefined) continue
      if (byte > 127) return decodeBytes(primitives, text)
      decoded += text.slice(copied, at) + String.fromCharCode(byte)
      at += 2
      copied = at + 1
    }
  }
  return copied === 0 ? text : decoded + text.slice(copied)
}

const PLUS = 0x2b
const PERCENT = 0x25

function decodeBytes(primitives: Primitives, text: string): string {
  const bytes = primitives.encodeUtf8(text)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at] ?? 0
    const byte = code === PERCENT ? readByte(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0) : undefined
    if (byte !== undefined) at += 2
    bytes[length] = byte ?? (code === PLUS ? 0x20 : code)
    length += 1
  }
  return primitives.decodeUtf8(bytes.subarray(0, length))
}

function readByte(high: number, low: number): number | undefined {
  const upper = readHexDigit(high)
  const lower = readHexDigit(low)
  return upper === -1 || lower === -1 ? undefined : upper * 16 + lower
}

function readHexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  // The sixth bit tells lower case from upper.
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

const PLAIN_NAME = /^[A-Za-z0-9_-]*$/
const RENAMED = /[. ]/g

function readName(decoded: string): string | undefined {
  if (PLAIN_NAME.test(decoded)) return decoded
  let start = 0
  while (decoded.charCodeAt(start) === 0x20) start += 1
  const end = decoded.indexOf('\0', start)
  const name = decoded.slice(start, end === -1 ? decoded.length : end)
  if (name.includes('[') || name.includes(']')) return undefined
  return name.replace(RENAMED, '_')
}
