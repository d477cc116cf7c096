import { Secret } from '@latchkey/core'
import { CommandFailure } from '../command-failure.ts'
import { readServiceUrl } from '../service-url.ts'
import type { ConnectionFlags } from './flags.ts'
import type { TokenLogin } from './log-in.ts'
import { type Profile, profileNamed, readProfiles } from './profiles.ts'
import { secretFrom } from './secrets.ts'

/** Whom to call and by what right. */
export interface Rights {
  readonly partnerId?: number | undefined
  readonly sessionFile?: string | undefined
  readonly session?: Secret | undefined
  readonly adminSecretFile?: string | undefined
  readonly adminSecret?: Secret | undefined
  /** An app token to log in with; asks for its value where that is not at hand. */
  readonly login?: (() => Promise<TokenLogin>) | undefined
  /** By a flag: then it is meant, whatever else would sign in. */
  readonly isTokenNamed?: boolean | undefined
}

export type Target = Rights &
  (
    | { readonly kind: 'http'; readonly serviceUrl: string }
    | { readonly kind: 'local'; readonly data?: string | undefined; readonly isNamed: boolean }
  )

export interface TargetFlags extends ConnectionFlags {
  readonly tokenId?: string
  readonly tokenValueFile?: string
  readonly hashType?: TokenLogin['hashType']
}

export type Env = Readonly<Record<string, string | undefined>>

/**
 * Flags count before a profile that a flag names, that before the environment, that before the profile that it or the file
 * names. A secret is only ever sent to the service that stands beside it: what the environment holds for one service does not
 * go to that of a profile.
 *
 * @throws {CommandFailure}
 */
export function targetOf(flags: TargetFlags, env: Env = process.env): Target {
  if (flags.profile !== undefined) return fromProfile(profileNamed(flags.profile), flags)
  const url = serviceUrlIn(env)
  if (flags.serviceUrl !== undefined) return fromEnvironment(flags.serviceUrl, flags, env)
  if (isStoreNamed(flags)) return localBy(flags, url === undefined ? env : {})
  if (url !== undefined) return fromEnvironment(readUrl(url), flags, env)
  const name = variable(env, 'LATCHKEY_PROFILE') ?? readProfiles().default
  if (name !== undefined) return fromProfile(profileNamed(name), flags)
  return localBy(flags, env)
}

/** Whether a flag names a store of this machine. */
export function isStoreNamed({ data, config, masterKeyFile }: ConnectionFlags): boolean {
  return data !== undefined || config !== undefined || masterKeyFile !== undefined
}

function fromProfile(profile: Profile, flags: TargetFlags): Target {
  const rights: Rights = {
    ...rightsIn(flags),
    partnerId: flags.partnerId ?? profile.partnerId,
    adminSecret: flags.tokenId === undefined ? secretOf(profile.adminSecret) : undefined,
    login: loginBy(flags, flags.tokenId ?? profile.tokenId, secretOf(profile.tokenValue)),
  }
  if (profile.serviceUrl === undefined) return { ...rights, kind: 'local', data: profile.data, isNamed: true }
  const serviceUrl = readUrl(profile.serviceUrl)
  // The secrets of a profile are for its own service.
  const isOther = flags.serviceUrl !== undefined && flags.serviceUrl !== serviceUrl
  if (!isOther) return { ...rights, kind: 'http', serviceUrl }
  const { adminSecret: _secret, ...others } = rights
  return {
    ...others,
    login: loginBy(flags, flags.tokenId, undefined),
    kind: 'http',
    serviceUrl: flags.serviceUrl ?? '',
  }
}

function fromEnvironment(serviceUrl: string, flags: TargetFlags, env: Env): Target {
  return { ...rightsBy(flags, env), kind: 'http', serviceUrl }
}

function localBy(flags: TargetFlags, env: Env): Target {
  const isNamed =
    isStoreNamed(flags) || ['DATA', 'DATABASE_URL', 'CONFIG'].some((name) => variable(env, `LATCHKEY_${name}`))
  return { ...rightsBy(flags, env), kind: 'local', isNamed }
}

function rightsBy(flags: TargetFlags, env: Env): Rights {
  const given = rightsIn(flags)
  const isTold = given.sessionFile !== undefined || given.adminSecretFile !== undefined || flags.tokenId !== undefined
  return {
    ...given,
    partnerId: flags.partnerId ?? numberIn(env, 'LATCHKEY_PARTNER_ID'),
    session: isTold ? undefined : secretOf(variable(env, 'LATCHKEY_SESSION')),
    adminSecret: flags.tokenId === undefined ? secretOf(variable(env, 'LATCHKEY_ADMIN_SECRET')) : undefined,
    login: loginBy(
      flags,
      flags.tokenId ?? variable(env, 'LATCHKEY_TOKEN_ID'),
      secretOf(variable(env, 'LATCHKEY_TOKEN_VALUE')),
    ),
  }
}

function rightsIn({ sessionFile, adminSecretFile, tokenId }: TargetFlags): Rights {
  return { sessionFile, adminSecretFile, isTokenNamed: tokenId !== undefined }
}

function loginBy(flags: TargetFlags, id: string | undefined, value: Secret | undefined): Rights['login'] {
  if (id === undefined) return undefined
  return async () => ({
    id,
    hashType: flags.hashType,
    value:
      flags.tokenValueFile === undefined && value !== undefined
        ? value
        : await secretFrom(
            {
              name: `value of app token ${id}`,
              file: flags.tokenValueFile,
              fileFlag: '--token-value-file',
              variable: 'LATCHKEY_TOKEN_VALUE',
            },
            'latchkey session start --help',
          ),
  })
}

export function variable(env: Env, name: string): string | undefined {
  const value = env[name]
  return value === '' ? undefined : value
}

/** `LATCHKEY_URL` is what the examples read: whoever has set it for them means the same service here. */
export function serviceUrlIn(env: Env): string | undefined {
  return variable(env, 'LATCHKEY_SERVICE_URL') ?? variable(env, 'LATCHKEY_URL')
}

export function numberIn(env: Env, name: string): number | undefined {
  const text = variable(env, name)
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new CommandFailure(`${name} is ${JSON.stringify(text.slice(0, 20))}; accepted is the id of an account`, {
    next: ['latchkey settings'],
  })
}

export function readUrl(text: string): string {
  const url = readServiceUrl(text)
  if (url !== undefined) return url
  throw new CommandFailure('LATCHKEY_SERVICE_URL, LATCHKEY_URL or the profile holds no address', {
    details: '  accepted is an address such as https://www.example.com\n',
    next: ['latchkey profile list'],
  })
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text)
}
