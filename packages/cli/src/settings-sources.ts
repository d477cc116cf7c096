import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LatchkeyError } from '@latchkey/core'
import { z } from 'zod'
import { flagOf } from './setting-list.ts'
import { SETTINGS, type SettingSpec, type Settings } from './settings.ts'

export type Origin = 'flag' | 'environment' | 'file' | 'default'

/** What `latchkey settings` prints: each effective value with where it came from. */
export interface EffectiveSetting {
  readonly name: string
  readonly env: string
  readonly value: unknown
  readonly origin: Origin
  readonly isSecret: boolean
}

export interface LoadedSettings {
  readonly settings: Settings
  readonly effective: readonly EffectiveSetting[]
  /** Names in the environment or the file that look meant for us and are not known. */
  readonly warnings: readonly string[]
}

interface Sources {
  /** By setting name, as given on the command line. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string | undefined>>
}

const CONFIG_ENV = 'LATCHKEY_CONFIG'
/** For commands that call a service, no settings of the server. */
const OTHER_ENV = [
  'LATCHKEY_SERVICE_URL',
  'LATCHKEY_URL',
  'LATCHKEY_PROFILE',
  'LATCHKEY_SESSION',
  'LATCHKEY_TOKEN_ID',
  'LATCHKEY_TOKEN_VALUE',
]
const DEFAULT_CONFIG = 'latchkey.json'

/**
 * Flags win over the environment, that over the file, that over defaults. An empty variable counts as absent.
 *
 * @throws {LatchkeyError} `SETTING_INVALID`, naming the setting, what came, from where, and what is accepted
 */
export function loadSettings({ flags, env }: Sources): LoadedSettings {
  const { values: file, path } = readFile(flags.config ?? env[CONFIG_ENV])
  const effective: EffectiveSetting[] = []
  const parsed: Record<string, unknown> = {}
  for (const setting of SETTINGS as readonly SettingSpec[]) {
    const { value, origin } = pick(setting, flags, env, file)
    if (value === undefined) continue
    const result = setting.schema.safeParse(value)
    if (!result.success) {
      throw new LatchkeyError('SETTING_INVALID', {
        setting: setting.name,
        from: whereIs(setting, origin, path),
        received: setting.isSecret ? `${String(value).length} characters` : withoutCredentials(String(value)),
        accepted: setting.accepts,
      })
    }
    parsed[setting.name] = result.data
    effective.push({
      name: setting.name,
      env: setting.env,
      value: result.data,
      origin,
      isSecret: setting.isSecret ?? false,
    })
  }
  if (parsed.masterKeyFile === undefined) {
    const value = join(String(parsed.data), 'keys', 'master.key')
    parsed.masterKeyFile = value
    effective.push({
      name: 'masterKeyFile',
      env: 'LATCHKEY_MASTER_KEY_FILE',
      value,
      origin: 'default',
      isSecret: false,
    })
  }
  parsed.trustProxy ??= []
  parsed.internalAddresses ??= []
  parsed.consoleConnect ??= []
  // Each value has passed the schema of its name; what has no default is optional in `Settings` too.
  const settings = parsed as unknown as Settings
  return { settings, effective, warnings: unknownNames(env, file, path) }
}

/** An address may hold a password even where it should not. */
function withoutCredentials(text: string): string {
  return text.replaceAll(/:\/\/[^/\s,]*@/g, '://…@')
}

function pick(setting: SettingSpec, flags: Sources['flags'], env: Sources['env'], file: Record<string, unknown>) {
  const flag = flags[setting.name]
  if (flag !== undefined) return { value: flag, origin: 'flag' as const }
  const variable = env[setting.env]
  if (variable !== undefined && variable !== '') return { value: variable, origin: 'environment' as const }
  if (file[setting.name] !== undefined) return { value: file[setting.name], origin: 'file' as const }
  return { value: setting.fallback, origin: 'default' as const }
}

function whereIs(setting: SettingSpec, origin: Origin, path: string): string {
  if (origin === 'flag') return flagOf(setting.name)
  return origin === 'file' ? path : setting.env
}

function readFile(named: unknown): { values: Record<string, unknown>; path: string } {
  const path = typeof named === 'string' && named !== '' ? named : DEFAULT_CONFIG
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    // The file is optional unless somebody named it.
    if (path === DEFAULT_CONFIG && error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { values: {}, path }
    throw invalidFile(path, 'no readable file', error)
  }
  try {
    return { values: z.record(z.string(), z.unknown()).parse(JSON.parse(content)), path }
  } catch (error) {
    throw invalidFile(path, 'something that is no JSON object', error)
  }
}

function invalidFile(path: string, received: string, cause: unknown): LatchkeyError {
  return new LatchkeyError(
    'SETTING_INVALID',
    { setting: 'config', from: path, received, accepted: 'a JSON object of settings' },
    { cause },
  )
}

function unknownNames(env: Sources['env'], file: Record<string, unknown>, path: string): string[] {
  const known = new Set<string>([...SETTINGS.map((setting) => setting.env), CONFIG_ENV, ...OTHER_ENV])
  const names = new Set<string>(SETTINGS.map((setting) => setting.name))
  // LATCHKEY_TEST_… and the like belong to tests and tools; what is set for the server has one of the known names.
  const variables = Object.keys(env).filter(
    (name) => name.startsWith('LATCHKEY_') && !known.has(name) && !/^LATCHKEY_(TEST|FUZZ|BENCH)_/.test(name),
  )
  return [
    ...variables.map((name) => `${name} is set, but there is no such setting`),
    ...Object.keys(file)
      .filter((name) => !names.has(name))
      .map((name) => `${path} holds ${JSON.stringify(name)}, but there is no such setting`),
  ]
}
