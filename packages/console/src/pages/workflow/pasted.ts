import { recognise } from '@latchkey/doctor'

/** What of a paste the workflow can use. */
export interface Pasted {
  /** What it was taken for. */
  readonly shape: string
  readonly fields: {
    readonly serviceUrl?: string | undefined
    readonly partnerId?: string | undefined
    readonly tokenId?: string | undefined
    readonly tokenValue?: string | undefined
    readonly hashType?: string | undefined
    readonly received?: string | undefined
    readonly widgetSession?: string | undefined
    readonly action?: string | undefined
  }
  /** The same for a person. */
  readonly names: readonly string[]
  /** An answer that refuses. */
  readonly isRefusal: boolean
}

const TITLES = {
  serviceUrl: 'the service URL',
  partnerId: 'the partner id',
  tokenId: 'the token id',
  tokenValue: 'the token value',
  hashType: 'the hash type',
  received: 'a hash that a tool made',
  widgetSession: 'a widget session',
  action: 'the action',
} as const satisfies Record<keyof Pasted['fields'], string>

const LOGIN = new Set(['session.startwidgetsession', 'apptoken.startsession', 'session.start', 'apptoken.add'])

/** Reads whatever was pasted. Never throws. */
export function readPasted(text: string): Pasted {
  const seen = recognise(text)
  const token = seen.tokens[0]
  const setting = (...names: readonly RegExp[]) =>
    seen.settings.find(({ name }) => names.some((pattern) => pattern.test(name)))?.value
  const login = seen.requests.find((request) => nameOf(request) === 'apptoken.startsession')
  const wanted = seen.requests.find((request) => request.service !== undefined && !LOGIN.has(nameOf(request)))
  const parameter = (name: string) => {
    const value = login?.params.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const host = seen.requests.find((request) => request.host !== undefined)
  const fields: Pasted['fields'] = {
    serviceUrl:
      host === undefined
        ? setting(/service_?url$/i, /endpoint$/i, /^LATCHKEY_URL$/)
        : `${host.scheme ?? 'https'}://${host.host}`,
    partnerId: setting(/partner_?id$/i),
    tokenId: token?.id ?? parameter('id') ?? setting(/token_?id$/i),
    tokenValue: token?.value ?? setting(/token_?value$/i, /^(app_?)?token$/i, /_token$/i),
    hashType: token?.record.hashType ?? setting(/hash_?type$/i),
    received: parameter('tokenHash') ?? seen.hashes[0]?.text,
    widgetSession: parameter('ks') ?? (seen.requests.length === 0 ? seen.sessions[0]?.text : undefined),
    action: wanted === undefined ? undefined : `${wanted.service}.${wanted.action}`,
  }
  const names = Object.entries(TITLES).flatMap(([name, title]) =>
    Object.entries(fields).some(([key, value]) => key === name && value !== undefined && value !== '') ? [title] : [],
  )
  const answers = [...seen.responses, ...seen.requests.flatMap(({ response }) => response ?? [])]
  return { shape: seen.shape, fields, names, isRefusal: answers.some(({ error }) => error !== undefined) }
}

function nameOf({
  service,
  action,
}: {
  readonly service?: string | undefined
  readonly action?: string | undefined
}): string {
  return `${service ?? ''}.${action ?? ''}`.toLowerCase()
}
