import {
  changePartner,
  changePartnerRules,
  type Deps,
  type Partner,
  requirePartner,
  switchFeature,
} from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { InvalidArgumentError } from 'commander'
import { composeDeps } from '../compose.ts'
import { makePartner } from '../first-start.ts'
import { journalPartner } from '../journal.ts'
import type { Settings } from '../settings.ts'
import { settingsOf } from '../settings-of.ts'
import { rulesChangeOf } from './partner-rules.ts'

const STATUS = ['deleted', 'active', 'content blocked', 'blocked', 'read-only'] as const

type Args = readonly (string | undefined)[]
type Flags = Readonly<Record<string, unknown>>

/** @see addPartnerCommand @param name of the command below `partner` */
export async function run(name: string, args: Args, flags: Flags): Promise<void> {
  const { json, ...settingFlags } = flags
  const { settings } = settingsOf(settingFlags)
  await using composed = await composeDeps(settings)
  const partners = await act(name, composed.deps, args, settings, flags)
  process.stdout.write(json === true ? `${JSON.stringify(partners.map(view), null, 2)}\n` : partners.map(line).join(''))
}

async function act(
  name: string,
  deps: Deps,
  args: Args,
  settings: Settings,
  flags: Flags,
): Promise<readonly Partner[]> {
  const [id] = args
  if (name === 'list') return deps.store.partners.list()
  if (name === 'show') return [await requirePartner(deps, partnerId(id))]
  if (name === 'create') return [await create(deps, args, settings)]
  const changed = await change(name, deps, args, flags)
  await journalPartner(deps, changed.id, name)
  return [changed]
}

async function create(deps: Deps, [id, name]: Args, settings: Settings): Promise<Partner> {
  const wanted = id === undefined ? undefined : partnerId(id)
  const file = `partner-${wanted ?? 'new'}.env`
  const made = await makePartner(deps, settings, { id: wanted, name, file }, process.stderr.isTTY)
  process.stderr.write(made.notice)
  return requirePartner(deps, made.id)
}

async function change(name: string, deps: Deps, [id, first, second]: Args, flags: Flags): Promise<Partner> {
  const partner = partnerId(id)
  switch (name) {
    case 'block':
      return changePartner(deps, partner, { status: 3 })
    case 'unblock':
      return changePartner(deps, partner, { status: 1 })
    case 'read-only':
      return changePartner(deps, partner, { status: 4 })
    case 'https-only':
      return changePartner(deps, partner, { isHttpsOnly: onOrOff(first) })
    case 'feature':
      return switchFeature(deps, partner, featureName(first), onOrOff(second))
    case 'rules': {
      const rules = rulesChangeOf(flags)
      if (rules === undefined) throw new InvalidArgumentError('name a rule to change; --help lists them')
      return changePartnerRules(deps, partner, rules)
    }
    default:
      throw new InvalidArgumentError(`there is no partner ${name}`)
  }
}

/** Everything but the secrets. */
function view(partner: Partner) {
  const { adminSecret: _admin, userSecret: _user, additionalAdminSecrets, ...rest } = partner
  return { ...rest, statusText: STATUS[partner.status], additionalAdminSecrets: additionalAdminSecrets.length }
}

function line(partner: Partner): string {
  const https = partner.isHttpsOnly ? ', HTTPS only' : ''
  const features = partner.features.length > 0 ? `, features ${partner.features.join(' ')}` : ''
  const rules = partner.rules === undefined ? '' : `, rules ${JSON.stringify(partner.rules)}`
  return `${partner.id}  ${partner.name}  ${STATUS[partner.status]}, session strings of version ${partner.sessionVersion}${https}${features}${rules}\n`
}

function partnerId(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,9}$/.test(text))
    throw new InvalidArgumentError(`partner id: received ${JSON.stringify(text)}, accepted is a whole number from 1`)
  return Number(text)
}

function onOrOff(text: string | undefined): boolean {
  if (text !== 'on' && text !== 'off')
    throw new InvalidArgumentError(`received ${JSON.stringify(text)}, accepted is on or off`)
  return text === 'on'
}

function featureName(text: string | undefined): string {
  if (text === undefined || !/^[A-Z][A-Z0-9_]{2,99}$/.test(text)) {
    throw new LatchkeyError('SETTING_INVALID', {
      setting: 'feature',
      from: 'the command line',
      received: JSON.stringify(text),
      accepted: 'a name such as METADATA_PLUGIN_PERMISSION',
    })
  }
  return text
}
