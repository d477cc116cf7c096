import { CommandFailure } from '../command-failure.ts'
import { isProfileName, type Profile, profilesPath, readProfiles, writeProfiles } from '../connect/profiles.ts'
import { askPassword, canAsk } from '../connect/prompts.ts'
import { secretInFile } from '../connect/secrets.ts'
import { say, tell, writeJson } from '../output.ts'
import { table } from '../view/table.ts'

/** `latchkey profile list` */
export function list({ json }: { readonly json?: boolean }): void {
  const { profiles, default: chosen } = readProfiles()
  const rows = Object.entries(profiles).map(([name, profile]) => shownAs(name, profile, name === chosen))
  if (json === true) {
    writeJson(rows)
    return
  }
  say(
    table(
      ['NAME', 'ACCOUNT', 'SIGNS IN BY', 'SERVICE'],
      rows.map((row) => [
        `${row.name}${row.isDefault ? ' *' : ''}`,
        String(row.partnerId ?? '-'),
        row.signsInBy,
        row.serviceUrl ?? `the store in ${row.data ?? './data'}`,
      ]),
    ),
  )
  if (rows.length === 0) tell('latchkey: there are no profiles\nnext: latchkey profile save --help\n')
}

/** Without its secrets. */
function shownAs(name: string, profile: Profile, isDefault: boolean) {
  const { serviceUrl, data, partnerId } = profile
  return { name, isDefault, serviceUrl, data, partnerId, signsInBy: signsInBy(profile) }
}

function signsInBy({ adminSecret, tokenId, tokenValue, serviceUrl }: Profile): string {
  if (adminSecret !== undefined) return 'admin secret'
  if (tokenId !== undefined) return `app token ${tokenId}${tokenValue === undefined ? ', asking' : ''}`
  return serviceUrl === undefined ? 'being here' : 'asking'
}

interface SaveFlags {
  readonly serviceUrl?: string
  readonly data?: string
  readonly partnerId?: number
  readonly adminSecretFile?: string
  readonly askSecret?: boolean
  readonly tokenId?: string
  readonly tokenValueFile?: string
  readonly default?: boolean
  readonly json?: boolean
}

/** `latchkey profile save` */
export async function save(name: string, flags: SaveFlags): Promise<void> {
  if (!isProfileName(name)) {
    throw new CommandFailure('a name of a profile has letters, digits, dots, lines and underscores', {
      next: ['latchkey profile save prod --help'],
    })
  }
  if (flags.serviceUrl !== undefined && flags.data !== undefined) {
    throw new CommandFailure(
      'a profile is for a service or for a store on this machine: give --service-url or --data',
      {
        next: ['latchkey profile save --help'],
      },
    )
  }
  const { profiles, default: chosen } = readProfiles()
  const before = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  const profile = await changed(before ?? {}, flags)
  if (profile.serviceUrl === undefined && profile.data === undefined) {
    throw new CommandFailure('a profile needs the address of a service, or the data directory of a store', {
      next: [`latchkey profile save ${name} --service-url https://www.example.com --partner-id 1234 --ask-secret`],
    })
  }
  const isDefault = flags.default === true
  writeProfiles({ default: isDefault ? name : chosen, profiles: { ...profiles, [name]: profile } })
  if (flags.json === true) writeJson(shownAs(name, profile, isDefault || chosen === name))
  tell(`latchkey: ${before === undefined ? 'made' : 'changed'} the profile ${name} in ${profilesPath()}\n`)
  tell(`next: latchkey token list${isDefault ? '' : ` --profile ${name}`}\n`)
}

async function changed(before: Profile, flags: SaveFlags): Promise<Profile> {
  const { serviceUrl, data, partnerId, tokenId } = flags
  // Secrets stay with the service that they are for.
  const isMoved =
    (serviceUrl !== undefined && serviceUrl !== before.serviceUrl) || (data !== undefined && data !== before.data)
  const { adminSecret, tokenValue, ...kept } = before
  const secrets = isMoved ? {} : { adminSecret, tokenValue }
  const place =
    serviceUrl !== undefined
      ? { serviceUrl, data: undefined }
      : data !== undefined
        ? { data, serviceUrl: undefined }
        : {}
  return {
    ...kept,
    ...secrets,
    ...place,
    ...(partnerId !== undefined && { partnerId }),
    ...(tokenId !== undefined && { tokenId }),
    ...(await newSecrets(flags)),
  }
}

async function newSecrets({ adminSecretFile, askSecret, tokenValueFile }: SaveFlags): Promise<Profile> {
  const asked = askSecret === true ? await askSecretOf() : undefined
  const adminSecret = adminSecretFile === undefined ? asked : secretInFile(adminSecretFile, 'admin secret').expose()
  const value =
    tokenValueFile === undefined ? undefined : secretInFile(tokenValueFile, 'value of the app token').expose()
  return { ...(adminSecret !== undefined && { adminSecret }), ...(value !== undefined && { tokenValue: value }) }
}

async function askSecretOf(): Promise<string> {
  if (!canAsk()) {
    throw new CommandFailure('--ask-secret asks at a terminal, and there is none', {
      details: '  give it as --admin-secret-file <file>, - for piped in\n',
      next: ['latchkey profile save --help'],
    })
  }
  const typed = await askPassword('Admin secret')
  if (typed === '') throw new CommandFailure('nothing was typed', { next: ['latchkey profile save --help'] })
  return typed
}

/** `latchkey profile delete` */
export function remove(name: string, { json }: { readonly json?: boolean }): void {
  const { profiles, default: chosen } = readProfiles()
  if (!Object.hasOwn(profiles, name)) {
    throw new CommandFailure(`there is no profile ${JSON.stringify(name)}`, {
      next: ['latchkey profile list'],
      exitCode: 1,
    })
  }
  const { [name]: _gone, ...others } = profiles
  writeProfiles({ default: chosen === name ? undefined : chosen, profiles: others })
  if (json === true) writeJson({ name, deleted: true })
  tell(`latchkey: deleted the profile ${name}\n`)
}
