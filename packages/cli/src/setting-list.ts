/** One setting as data: where it may come from. What it accepts is checked by its schema (`settings.ts`). */
export interface SettingText {
  /** Name in the settings file and, in kebab-case, of the flag. */
  readonly name: string
  readonly env: string
  /** As a person would write it; absent where there is none. */
  readonly fallback?: string | undefined
  readonly isSecret?: boolean | undefined
  /** What is accepted, in words for an error message. */
  readonly accepts: string
  readonly about: string
}

/** Apart from the schemas, so that the help of a command is there before what runs it is loaded. */
export const SETTING_LIST = [
  {
    name: 'port',
    env: 'LATCHKEY_PORT',
    fallback: '8800',
    accepts: 'a port from 0 (any free one) to 65535',
    about: 'Port to listen on.',
  },
  {
    name: 'host',
    env: 'LATCHKEY_HOST',
    fallback: '127.0.0.1',
    accepts: 'an address or host name of this machine',
    about: 'Address to listen on. The default is reachable from this machine only.',
  },
  {
    name: 'data',
    env: 'LATCHKEY_DATA',
    fallback: './data',
    accepts: 'a directory',
    about:
      'Data directory: the embedded database, the journal, the first-start file and, unless set otherwise, the master key.',
  },
  {
    name: 'databaseUrl',
    env: 'LATCHKEY_DATABASE_URL',
    isSecret: true,
    accepts: 'postgres://user:password@host:port/database',
    about: 'PostgreSQL to keep everything in, instead of the embedded database.',
  },
  {
    name: 'masterKeyFile',
    env: 'LATCHKEY_MASTER_KEY_FILE',
    accepts: 'a file of mode 0600',
    about:
      'File with the key that wraps the data key. Made when it is missing and the store is empty; otherwise a missing one stops the start. Defaults to `keys/master.key` in the data directory.',
  },
  {
    name: 'partnerId',
    env: 'LATCHKEY_PARTNER_ID',
    accepts: 'a whole number from 1 to 2147483647',
    about: 'Id of the partner that a first start creates; random otherwise.',
  },
  {
    name: 'adminSecret',
    env: 'LATCHKEY_ADMIN_SECRET',
    isSecret: true,
    accepts: '16 to 256 characters',
    about: 'Admin secret of that partner; random otherwise.',
  },
  {
    name: 'userSecret',
    env: 'LATCHKEY_USER_SECRET',
    isSecret: true,
    accepts: '16 to 256 characters',
    about: 'User secret of that partner; random otherwise.',
  },
  {
    name: 'trustProxy',
    env: 'LATCHKEY_TRUST_PROXY',
    accepts: 'addresses or ranges (10.0.0.0/8) separated by commas',
    about: 'Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count; none by default.',
  },
  {
    name: 'publicUrl',
    env: 'LATCHKEY_PUBLIC_URL',
    accepts: 'https:// and a host, with a port where it has one, and nothing behind it',
    about:
      'What the server is called from outside, for the document that OAuth2 clients configure themselves from. By default whatever address a client has asked for it by.',
  },
  {
    name: 'oauth2PlainHttp',
    env: 'LATCHKEY_OAUTH2_PLAIN_HTTP',
    fallback: 'loopback',
    accepts: 'loopback or allow',
    about:
      'From where the OAuth2 endpoints take secrets over plain HTTP: from this machine only (`loopback`), or from anywhere (`allow`). HTTPS that a proxy ends counts where `LATCHKEY_TRUST_PROXY` names that proxy.',
  },
  {
    name: 'fidelity',
    env: 'LATCHKEY_FIDELITY',
    fallback: 'mended',
    accepts: 'mended or vendor',
    about:
      'Whether the original’s faults are mended, or there (`vendor`) so that an integration can be rehearsed against them. Some of them let a session give itself more than it was given: guard nothing with `vendor`.',
  },
  {
    name: 'vendorCaches',
    env: 'LATCHKEY_VENDOR_CACHES',
    fallback: 'off',
    accepts: 'on or off',
    about:
      'With `LATCHKEY_FIDELITY=vendor`: whether answers to widget sessions and to calls without a session are repeated, errors for 2 minutes, others for 10.',
  },
  {
    name: 'vendorRate',
    env: 'LATCHKEY_VENDOR_RATE',
    accepts: 'a whole number from 1 to 1000000',
    about:
      'With `LATCHKEY_FIDELITY=vendor`: how many calls of an account are answered a minute, in each process; `ACTION_BLOCKED` beyond. No limit by default.',
  },
  {
    name: 'internalAddresses',
    env: 'LATCHKEY_INTERNAL_ADDRESSES',
    accepts: 'addresses or ranges (10.0.0.0/8) separated by commas, at most 50',
    about:
      'Addresses of which every call also holds ALWAYS_ALLOWED_FROM_INTERNAL_IP_ACTIONS, with a session or without; none by default.',
  },
  {
    name: 'privileges',
    env: 'LATCHKEY_PRIVILEGES',
    fallback: 'vendor',
    accepts: 'vendor or strict',
    about:
      'Whether a request may add privileges as the original lets it (`vendor`, with a warning) or only narrow what its app token grants (`strict`).',
  },
  {
    name: 'ksVersion',
    env: 'LATCHKEY_KS_VERSION',
    fallback: '2',
    accepts: '1 or 2',
    about: 'Version of the session strings of a new partner. Both are always read.',
  },
  {
    name: 'errorStatus',
    env: 'LATCHKEY_ERROR_STATUS',
    fallback: 'legacy',
    accepts: 'legacy or http',
    about: 'Status of a refused v3 call: 200 as in the original, or 4xx and 5xx.',
  },
  {
    name: 'console',
    env: 'LATCHKEY_CONSOLE',
    fallback: 'on',
    accepts: 'on or off',
    about: 'Whether the web pages are served at `/`, with the link that signs in to them.',
  },
  {
    name: 'consoleConnect',
    env: 'LATCHKEY_CONSOLE_CONNECT',
    accepts: 'origins (https://host, with :port where it has one, and nothing behind) separated by commas or blanks',
    about:
      'Other v3 endpoints that the served pages may call, besides the server they come from; none by default. A copy of the pages on a web server of its own has no such limit.',
  },
  {
    name: 'journalSync',
    env: 'LATCHKEY_JOURNAL_SYNC',
    fallback: 'turn',
    accepts: 'turn or always',
    about:
      'When a reply may go out: once the operating system has the journal’s line, which the disk gets a few milliseconds later (`turn`), or once the disk has it (`always`), which is much slower. `turn` survives a crash of Latchkey, `always` a power cut as well.',
  },
  {
    name: 'logLevel',
    env: 'LATCHKEY_LOG_LEVEL',
    fallback: 'info',
    accepts: 'silent, error, warn, info or debug',
    about: 'Log lines go to stderr as JSON: refusals at `info`, allowed calls at `debug`.',
  },
] as const satisfies readonly SettingText[]

export type SettingName = (typeof SETTING_LIST)[number]['name']

/** The name of a setting's flag: `masterKeyFile` is `--master-key-file`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
