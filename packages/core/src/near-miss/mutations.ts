// The table of what people do to what they hash. To teach the search one more mistake, add a line: its cause, where it
// happens, what was done in words, and how. The order is the likelihood: what comes first is found first, and names a digest
// that a row below would give as well.
//
// No row may take anything from the token's value but letters' case: what the search names, its caller must hold whole,
// or the answers would be a way to guess a value bit by bit. (Rows that leave it out altogether are named to anybody.)
import { apart, both, end, join, type Mutation, session, setting, token } from './mutation.ts'

const lineFeed = (text: string) => `${text}\n`
const lineEnd = (text: string) => `${text}\r\n`
const inDouble = (text: string) => `"${text}"`
const inSingle = (text: string) => `'${text}'`

/** Each single mistake, the likeliest first. */
export const MUTATIONS: readonly Mutation[] = [
  token('hash-token-id', 'value', 'the id of the token in place of its value', (_, { tokenId }) => tokenId),
  end('hash-newline', 'a line feed at the end', '\n'),
  setting('hash-swapped', 'order', 'the token before the session string', { isSwapped: true }),
  setting('hash-utf16', 'encoding', 'UTF-16 (little endian) in place of UTF-8', { encoding: 'utf-16le' }),
  apart('hash-hmac', 'an HMAC over the session string with the token as its key', 'hmac-token'),
  apart('hash-hmac', 'an HMAC over the token with the session string as its key', 'hmac-session'),
  both('hash-quoted', 'both in double quotes', inDouble),
  session('hash-quoted', 'edge', 'the session string in double quotes', inDouble),
  token('hash-quoted', 'edge', 'the token in double quotes', inDouble),
  end('hash-newline', 'a carriage return and a line feed at the end', '\r\n'),
  both('hash-newline', 'a line feed behind each of the two', lineFeed),
  session('hash-newline', 'edge', 'a line feed behind the session string', lineFeed),
  session('hash-half-input', 'value', 'the token alone', () => ''),
  token('hash-half-input', 'value', 'the session string alone', () => ''),
  ...[':', ',', ' ', ';', '|', '.'].map((separator) => separated(separator)),
  session('hash-url-encoded-session', 'encoding', 'the session string percent-encoded', percentEncoded),
  session('hash-padding-stripped', 'padding', 'the session string without its = at the end', (text) =>
    text.replace(/=+$/, ''),
  ),
  session('hash-padding-stripped', 'padding', 'the session string with its = put back', padded),
  session('hash-whitespace-in-session', 'space', 'the session string without the white space around it', (text) =>
    text.trim(),
  ),
  setting('hash-double', 'method', 'the hex of a first digest', { method: 'twice-hex' }),
  setting('hash-double', 'method', 'the bytes of a first digest', { method: 'twice-bytes' }),
  setting('hash-double', 'method', 'the digest of the token in its place', { method: 'token-first' }),
  setting('hash-bom', 'encoding', 'a byte order mark in front', { encoding: 'utf-8 with a byte order mark' }),
  token('hash-case-of-input', 'letters', 'the token in capitals', (text) => text.toUpperCase()),
  token('hash-case-of-input', 'letters', 'the token in small letters', (text) => text.toLowerCase()),
  session('hash-case-of-input', 'letters', 'the session string in small letters', (text) => text.toLowerCase()),
  token('hash-decoded-input', 'letters', 'the bytes that the hex of the token stands for', fromHex),
  session('hash-decoded-input', 'letters', 'the bytes that the session string stands for', (text, { primitives }) =>
    primitives.decodeBase64Url(text.replaceAll(/\s/g, '')),
  ),
  ...[255, 128, 256, 254, 250, 200].map((length) => cut(length)),
  ...['null', 'undefined', 'None', '{{token}}', 'NULL'].map((word) => insteadOfToken(word)),
  ...['null', 'undefined', 'None', '{{ks}}', 'NULL'].map((word) => insteadOfSession(word)),

  // From here on the rare ones.
  join('hash-separator', 'both as a row of a CSV file', '","', '"', '"'),
  join('hash-separator', 'both as a row of a CSV file, with a semicolon', '";"', '"', '"'),
  join('hash-separator', 'both as a JSON list', '","', '["', '"]'),
  join('hash-separator', 'both as a JSON list with a blank', '", "', '["', '"]'),
  join('hash-separator', 'both as a JSON object', '","token":"', '{"ks":"', '"}'),
  join('hash-separator', 'both as a JSON object with blanks', '", "token": "', '{"ks": "', '"}'),
  join('hash-separator', 'both as parameters of a URL', '&token=', 'ks='),
  ...['-', '_', '&', '+', '/', '=', '#', '\t', ', ', ': ', ' + ', '::', '||'].map((separator) => separated(separator)),
  session('hash-newline', 'edge', 'a carriage return and a line feed behind the session string', lineEnd),
  both('hash-newline', 'a carriage return and a line feed behind each of the two', lineEnd),
  join('hash-newline', 'a line feed between the two', '\n'),
  join('hash-newline', 'a carriage return and a line feed between the two', '\r\n'),
  token('hash-newline', 'edge', 'a line feed before the token', (text) => `\n${text}`),
  end('hash-newline', 'a blank at the end', ' '),
  token('hash-newline', 'edge', 'a blank before the token', (text) => ` ${text}`),
  token('hash-newline', 'edge', 'a line feed behind the token', lineFeed),
  end('hash-newline', 'two line feeds at the end', '\n\n'),
  end('hash-newline', 'a carriage return at the end', '\r'),
  ...[36, 40, 50, 64, 100, 255].map((width) =>
    token('hash-newline', 'edge', `blanks behind the token, up to ${width} characters`, (text) => text.padEnd(width)),
  ),
  both('hash-quoted', 'both in single quotes', inSingle),
  session('hash-quoted', 'edge', 'the session string in single quotes', inSingle),
  token('hash-quoted', 'edge', 'the token in single quotes', inSingle),
  session('hash-quoted', 'edge', 'the session string with a double quote before it', (text) => `"${text}`),
  session('hash-quoted', 'edge', 'the session string with a double quote behind it', (text) => `${text}"`),
  token('hash-quoted', 'edge', 'the token with a double quote before it', (text) => `"${text}`),
  token('hash-quoted', 'edge', 'the token with a double quote behind it', (text) => `${text}"`),
  session('hash-whitespace-in-session', 'edge', 'a blank behind the session string', (text) => `${text} `),
  session('hash-whitespace-in-session', 'edge', 'a blank before the session string', (text) => ` ${text}`),
  session('hash-whitespace-in-session', 'edge', 'a line feed before the session string', (text) => `\n${text}`),
  session('hash-whitespace-in-session', 'space', 'the session string without any white space', (text) =>
    text.replaceAll(/\s/g, ''),
  ),
  session('hash-whitespace-in-session', 'space', 'the session string with blanks for its +', (text) =>
    text.replaceAll('+', ' '),
  ),
  session('hash-whitespace-in-session', 'space', 'the session string with + for its blanks', (text) =>
    text.replaceAll(' ', '+'),
  ),
  session('hash-url-encoded-session', 'encoding', 'the session string percent-encoded in small letters', (text) =>
    percentEncoded(text).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
  ),
  session('hash-url-encoded-session', 'encoding', 'the session string percent-encoded twice', (text) =>
    percentEncoded(percentEncoded(text)),
  ),
  session('hash-padding-stripped', 'padding', 'the session string without one of its two =', (text) =>
    text.replace(/==$/, '='),
  ),
  session('hash-decoded-input', 'letters', 'the session string with + and / for its - and _', (text) =>
    text.replaceAll('-', '+').replaceAll('_', '/'),
  ),
  session('hash-decoded-input', 'letters', 'the session string with - and _ for its + and /', (text) =>
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ),
  session('hash-decoded-input', 'letters', 'the text that the session string decodes to', (text, { primitives }) => {
    const bytes = primitives.decodeBase64Url(text.replaceAll(/\s/g, ''))
    return bytes && primitives.decodeUtf8(bytes)
  }),
  session('hash-case-of-input', 'letters', 'the session string in capitals', (text) => text.toUpperCase()),
  setting('hash-hmac', 'method', 'an HMAC over both with the token as its key', { method: 'hmac-both' }),
  apart('hash-double', 'the digests of both, put together', 'each-first'),
  setting('hash-utf16', 'encoding', 'UTF-16 (big endian) in place of UTF-8', { encoding: 'utf-16be' }),
  setting('hash-utf16', 'encoding', 'UTF-16 (little endian) with a byte order mark', {
    encoding: 'utf-16le with a byte order mark',
  }),
  setting('hash-utf16', 'encoding', 'UTF-16 (big endian) with a byte order mark', {
    encoding: 'utf-16be with a byte order mark',
  }),
  token('hash-bom', 'edge', 'a byte order mark before the token', (text) => `\ufeff${text}`),
  both('hash-bom', 'a byte order mark before each of the two', (text) => `\ufeff${text}`),
  ...[150, 127, 100, 80, 64, 50, 40, 32, 30, 20].map((length) => cut(length)),
  session('session-truncated', 'cut', 'the session string without its last character', (text) => text.slice(0, -1)),
  session('session-truncated', 'cut', 'the session string without its first character', (text) => text.slice(1)),
  ...['{token}', `\${token}`, '{{ token }}', '$token', '%s', '<token>', 'nil', 'NaN', '[object Object]'].map((word) =>
    insteadOfToken(word),
  ),
  ...['{ks}', `\${ks}`, '{{ ks }}', '$ks', '%s', '<ks>', 'nil', 'NaN', '[object Object]'].map((word) =>
    insteadOfSession(word),
  ),
]

function separated(separator: string): Mutation {
  return join('hash-separator', `${JSON.stringify(separator)} between the two`, separator)
}

function cut(length: number): Mutation {
  const did = `the first ${length} characters of the session string`
  return session('session-truncated', 'cut', did, (text) => text.slice(0, length))
}

function insteadOfToken(word: string): Mutation {
  return token('hash-placeholder', 'value', `${word} in place of the token`, () => word)
}

function insteadOfSession(word: string): Mutation {
  return session('hash-placeholder', 'value', `${word} in place of the session string`, () => word)
}

function percentEncoded(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : text
}

/** Only where it is missing: some libraries put it back. */
function padded(text: string): string {
  if (text.endsWith('=')) return text
  return text.length % 4 < 2 ? text : text.padEnd(text.length + 4 - (text.length % 4), '=')
}

function fromHex(text: string): Uint8Array | undefined {
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return undefined
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
