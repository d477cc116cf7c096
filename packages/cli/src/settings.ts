import { parseRanges } from '@latchkey/authority'
import { z } from 'zod'

/** One setting: where it may come from and what it accepts. The reference page is held equal to this table by a test. */
export interface SettingSpec {
  /** Name in the settings file and, in kebab-case, of the flag. */
  readonly name: string
  readonly env: string
  readonly schema: z.ZodType
  /** As a person would write it; absent where there is none. */
  readonly fallback?: string | undefined
  readonly isSecret?: boolean | undefined
  /** What is accepted, in words for an error message. */
  readonly accepts: string
  readonly about: string
}

const text = z.string().min(1)
const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  )
const addressList = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== '')
      : value,
  z.array(text),
)

const rangeList = addressList.refine((list) => {
  try {
    return parseRanges(list).length > 0 || list.length === 0
  } catch {
    return false
  }
})

/** No path, no `*` and no credentials: each goes into the pages' policy as it is. */
const ORIGIN = /^https?:\/\/[^\s/?#@\\*;,'"<>]+$/i
const originList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((item) => item !== '') : value),
  z.array(
    z
      .string()
      .refine((item) => ORIGIN.test(item) && URL.canParse(item))
      .transform((item) => new URL(item).origin),
  ),
)

export const SETTINGS = [
  {
    name: 'port',
    env: 'LATCHKEY_PORT',
    schema: wholeNumber(0, 65_535),
    fallback: '8800',
    accepts: 'a port from 0 (any free one) to 65535',
    about: 'Port to listen on.',
  },
  {
    name: 'host',
    env: 'LATCHKEY_HOST',
    schema: text,
    fallback: '127.0.0.1',
    accepts: 'an address or host name of this machine',
    about: 'Address to listen on. The default is reachable from this machine only.',
  },
  {
    name: 'data',
    env: 'LATCHKEY_DATA',
    schema: text,
    fallback: './data',
    accepts: 'a directory',
    about:
      'Data directory: the embedded database, the journal, the first-start file and, unless set otherwise, the master key.',
  },
  {
    name: 'databaseUrl',
    env: 'LATCHKEY_DATABASE_URL',
    schema: z.string().regex(/^postgres(ql)?:\/\//),
    isSecret: true,
    accepts: 'postgres://user:password@host:port/database',
    about: 'PostgreSQL to keep everything in, instead of the embedded database.',
  },
  {
    name: 'masterKeyFile',
    env: 'LATCHKEY_MASTER_KEY_FILE',
    schema: text,
    accepts: 'a file of mode 0600',
    about:
      'File with the key that wraps the data key. Made when it is missing and the store is empty; otherwise a missing one stops the start. Defaults to `keys/master.key` in the data directory.',
  },
  {
    name: 'partnerId',
    env: 'LATCHKEY_PARTNER_ID',
    schema: wholeNumber(1, 2_147_483_647),
    accepts: 'a whole number from 1 to 2147483647',
    about: 'Id of the partner that a first start creates; random otherwise.',
  },
  {
    name: 'adminSecret',
    env: 'LATCHKEY_ADMIN_SECRET',
    schema: z.string().min(16).max(256),
    isSecret: true,
    accepts: '16 to 256 characters',
    about: 'Admin secret of that partner; random otherwise.',
  },
  {
    name: 'userSecret',
    env: 'LATCHKEY_USER_SECRET',
    schema: z.string().min(16).max(256),
    isSecret: true,
    accepts: '16 to 256 characters',
    about: 'User secret of that partner; random otherwise.',
  },
  {
    name: 'trustProxy',
    env: 'LATCHKEY_TRUST_PROXY',
    schema: addressList,
    accepts: 'addresses or ranges (10.0.0.0/8) separated by commas',
    about: 'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count; none by default.',
  },
  {
    name: 'publicUrl',
    env: 'LATCHKEY_PUBLIC_URL',
    schema: z.string().regex(/^https?:\/\/(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/),
    accepts: 'https:// and a host, with a port where it has one, and nothing behind it',
    about:
      'What the server is called from outside, for the document that OAuth2 clients configure themselves from. By default whatever address a client has asked for it by.',
  },
  {
    name: 'oauth2PlainHttp',
    env: 'LATCHKEY_OAUTH2_PLAIN_HTTP',
    schema: z.enum(['loopback', 'allow']),
    fallback: 'loopback',
    accepts: 'loopback or allow',
    about:
      'From where the OAuth2 endpoints take secrets over plain HTTP: from this machine only (`loopback`), or from anywhere (`allow`). HTTPS that a proxy ends counts where `LATCHKEY_TRUST_PROXY` names that proxy.',
  },
  {
    name: 'fidelity',
    env: 'LATCHKEY_FIDELITY',
    schema: z.enum(['mended', 'vendor']),
    fallback: 'mended',
    accepts: 'mended or vendor',
    about:
      'Whether the original’s faults are mended, or there (`vendor`) so that an integration can be rehearsed against them. Some of them let a session give itself more than it was given: guard nothing with `vendor`.',
  },
  {
    name: 'vendorCaches',
    env: 'LATCHKEY_VENDOR_CACHES',
    schema: z.enum(['on', 'off']),
    fallback: 'off',
    accepts: 'on or off',
    about:
      'With `LATCHKEY_FIDELITY=vendor`: whether answers to widget sessions and to calls without a session are repeated, errors for 2 minutes, others for 10.',
  },
  {
    name: 'vendorRate',
    env: 'LATCHKEY_VENDOR_RATE',
    schema: wholeNumber(1, 1_000_000),
    accepts: 'a whole number from 1 to 1000000',
    about:
      'With `LATCHKEY_FIDELITY=vendor`: how many calls of an account are answered a minute, in each process; `ACTION_BLOCKED` beyond. No limit by default.',
  },
  {
    name: 'internalAddresses',
    env: 'LATCHKEY_INTERNAL_ADDRESSES',
    schema: rangeList,
    accepts: 'addresses or ranges (10.0.0.0/8) separated by commas, at most 50',
    about:
      'Addresses of which every call also holds ALWAYS_ALLOWED_FROM_INTERNAL_IP_ACTIONS, with a session or without; none by default.',
  },
  {
    name: 'privileges',
    env: 'LATCHKEY_PRIVILEGES',
    schema: z.enum(['vendor', 'strict']),
    fallback: 'vendor',
    accepts: 'vendor or strict',
    about:
      'Whether a request may add privileges as the original lets it (`vendor`, with a warning) or only narrow what its app token grants (`strict`).',
  },
  {
    name: 'ksVersion',
    env: 'LATCHKEY_KS_VERSION',
    schema: z.preprocess(
      (value) => (typeof value === 'string' ? Number(value) : value),
      z.union([z.literal(1), z.literal(2)]),
    ),
    fallback: '2',
    accepts: '1 or 2',
    about: 'Version of the session strings of a new partner. Both are always read.',
  },
  {
    name: 'errorStatus',
    env: 'LATCHKEY_ERROR_STATUS',
    schema: z.enum(['legacy', 'http']),
    fallback: 'legacy',
    accepts: 'legacy or http',
    about: 'Status of a refused v3 call: 200 as in the original, or 4xx and 5xx.',
  },
  {
    name: 'console',
    env: 'LATCHKEY_CONSOLE',
    schema: z.enum(['on', 'off']),
    fallback: 'on',
    accepts: 'on or off',
    about: 'Whether the web pages are served at `/`, with the link that signs in to them.',
  },
  {
    name: 'consoleConnect',
    env: 'LATCHKEY_CONSOLE_CONNECT',
    schema: originList,
    accepts: 'origins (https://host, with :port where it has one, and nothing behind) separated by commas or blanks',
    about:
      'Other v3 endpoints that the served pages may call, besides the server they come from; none by default. A copy of the pages on a web server of its own has no such limit.',
  },
  {
    name: 'journalSync',
    env: 'LATCHKEY_JOURNAL_SYNC',
    schema: z.enum(['turn', 'always']),
    fallback: 'turn',
    accepts: 'turn or always',
    about:
      'When a reply may go out: once the operating system has the journal’s line, which the disk gets a few milliseconds later (`turn`), or once the disk has it (`always`), which is much slower. `turn` survives a crash of Latchkey, `always` a power cut as well.',
  },
  {
    name: 'logLevel',
    env: 'LATCHKEY_LOG_LEVEL',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    fallback: 'info',
    accepts: 'silent, error, warn, info or debug',
    about: 'Log lines go to stderr as JSON: refusals at `info`, allowed calls at `debug`.',
  },
] as const satisfies readonly SettingSpec[]

export type SettingName = (typeof SETTINGS)[number]['name']

export interface Settings {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly databaseUrl?: string | undefined
  readonly masterKeyFile: string
  readonly partnerId?: number | undefined
  readonly adminSecret?: string | undefined
  readonly userSecret?: string | undefined
  readonly trustProxy: readonly string[]
  readonly publicUrl?: string | undefined
  readonly oauth2PlainHttp: 'loopback' | 'allow'
  readonly fidelity: 'mended' | 'vendor'
  readonly vendorCaches: 'on' | 'off'
  readonly vendorRate?: number | undefined
  readonly internalAddresses: readonly string[]
  readonly privileges: 'vendor' | 'strict'
  readonly ksVersion: 1 | 2
  readonly errorStatus: 'legacy' | 'http'
  readonly console: 'on' | 'off'
  /** Origins, as browsers write them. */
  readonly consoleConnect: readonly string[]
  readonly journalSync: 'turn' | 'always'
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/** The name of a setting's flag: `masterKeyFile` is `--master-key-file`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
