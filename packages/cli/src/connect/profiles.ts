import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { CommandFailure } from '../command-failure.ts'
import { writePrivately } from '../private-file.ts'
import { isObject, numberOf } from './json.ts'

/** How to reach and sign in to one service. Held in a file that only its owner can read. */
export interface Profile {
  readonly serviceUrl?: string | undefined
  /** A local store, in the place of a service. */
  readonly data?: string | undefined
  readonly partnerId?: number | undefined
  readonly adminSecret?: string | undefined
  readonly tokenId?: string | undefined
  readonly tokenValue?: string | undefined
}

export interface Profiles {
  /** The one that is used where nothing else is said. */
  readonly default?: string | undefined
  readonly profiles: Readonly<Record<string, Profile>>
}

const OTHERS = 0o077
const NAME = /^[A-Za-z0-9][\w.-]{0,99}$/

/** Where profiles are kept, by the rules of XDG. */
export function profilesPath(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const base = env.XDG_CONFIG_HOME
  return join(base === undefined || base === '' ? join(homedir(), '.config') : base, 'latchkey', 'profiles.json')
}

/**
 * None where there is no file.
 *
 * @throws {CommandFailure} where others can read it, or it is no such file
 */
export function readProfiles(path: string = profilesPath()): Profiles {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return { profiles: {} }
  // Windows has no such bits, and reports every file as open.
  if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0) {
    const mode = (found.mode & 0o777).toString(8).padStart(4, '0')
    throw new CommandFailure(`${path} has mode ${mode}, so that others on this machine can read it`, {
      details: '  it holds secrets, and is only used with mode 0600; treat those in it as known\n',
      next: [`chmod 600 ${path}`],
    })
  }
  const parsed = parseProfiles(readFileSync(path, 'utf8'))
  if (parsed === undefined) {
    throw new CommandFailure(`${path} is no file of profiles`, {
      details: '  accepted is {"profiles": {"name": {"serviceUrl": …, "partnerId": …}}}\n',
      next: [`mv ${path} ${path}.old`, 'latchkey profile save --help'],
    })
  }
  return parsed
}

export function writeProfiles(profiles: Profiles, path: string = profilesPath()): void {
  writePrivately(path, `${JSON.stringify(profiles, null, 2)}\n`)
}

/** @throws {CommandFailure} for a name that there is no profile of */
export function profileNamed(name: string): Profile {
  const { profiles } = readProfiles()
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile !== undefined) return profile
  const known = Object.keys(profiles)
  throw new CommandFailure(`there is no profile ${JSON.stringify(name.slice(0, 100))}`, {
    details: `  there ${known.length === 0 ? 'are none yet' : `is ${known.join(', ')}`}\n`,
    next: ['latchkey profile list', 'latchkey profile save --help'],
  })
}

export function isProfileName(text: string): boolean {
  return NAME.test(text)
}

function parseProfiles(text: string): Profiles | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(value) || !isObject(value.profiles)) return undefined
  const profiles: Record<string, Profile> = {}
  for (const [name, profile] of Object.entries(value.profiles)) {
    if (!isProfileName(name) || !isObject(profile)) return undefined
    profiles[name] = {
      serviceUrl: text1(profile.serviceUrl),
      data: text1(profile.data),
      partnerId: numberOf(profile.partnerId),
      adminSecret: text1(profile.adminSecret),
      tokenId: text1(profile.tokenId),
      tokenValue: text1(profile.tokenValue),
    }
  }
  return { default: text1(value.default), profiles }
}

function text1(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
