import {
  changePartner,
  changePartnerRules,
  type Deps,
  type Partner,
  requirePartner,
  switchFeature,
} from '@latchkey/authority'
import { LatchkeyError } from '@latchkey/core'
import { type Command, InvalidArgumentError } from 'commander'
import { composeDeps } from '../compose.ts'
import { makePartner } from '../first-start.ts'
import { journalPartner } from '../journal.ts'
import { addSettingFlags, settingsOf } from '../setting-flags.ts'
import type { Settings } from '../settings.ts'
import { addRuleFlags, rulesChangeOf } from './partner-rules.ts'

const STORE_SETTINGS = ['data', 'masterKeyFile']
const STATUS = ['deleted', 'active', 'content blocked', 'blocked', 'read-only'] as const

/** `latchkey partner`: the accounts of this store. A running server sees a change at its next call. */
export function addPartnerCommand(program: Command): void {
  const partner = program
    .command('partner')
    .description('Look at and change the partners of this store; a running server sees a change at its next call')
  leaf(partner, 'list', 'List all partners', async (deps) => {
    return deps.store.partners.list()
  })
  leaf(partner, 'show <id>', 'Show one partner', async (deps, [id]) => [await requirePartner(deps, partnerId(id))])
  leaf(
    partner,
    'create [id] [name]',
    'Create a partner with sample data; what is drawn at random for it is told once',
    async (deps, [id, name], settings) => {
      const wanted = id === undefined ? undefined : partnerId(id)
      const file = `partner-${wanted ?? 'new'}.env`
      const made = await makePartner(deps, settings, { id: wanted, name, file }, process.stderr.isTTY)
      process.stderr.write(made.notice)
      return [await requirePartner(deps, made.id)]
    },
  )
  change(partner, 'block <id>', 'Refuse every call of a partner', (deps, [id]) =>
    changePartner(deps, partnerId(id), { status: 3 }),
  )
  change(partner, 'unblock <id>', 'Let a blocked partner call again', (deps, [id]) =>
    changePartner(deps, partnerId(id), { status: 1 }),
  )
  change(
    partner,
    'https-only <id> <on|off>',
    'Refuse calls of a partner that do not come over HTTPS',
    (deps, [id, state]) => changePartner(deps, partnerId(id), { isHttpsOnly: onOrOff(state) }),
  )
  change(
    partner,
    'feature <id> <name> <on|off>',
    'Switch a feature or plugin of a partner, such as METADATA_PLUGIN_PERMISSION',
    (deps, [id, name, state]) => switchFeature(deps, partnerId(id), featureName(name), onOrOff(state)),
  )
  change(
    partner,
    'read-only <id>',
    'Let a partner call what reads only, or what its block list leaves; unblock ends it',
    (deps, [id]) => changePartner(deps, partnerId(id), { status: 4 }),
  )
  change(
    partner,
    'rules <id>',
    'Change which roles a partner has for kinds of sessions, which actions it blocks and what it always allows',
    (deps, [id], flags) => {
      const rules = rulesChangeOf(flags)
      if (rules === undefined) throw new InvalidArgumentError('name a rule to change; --help lists them')
      return changePartnerRules(deps, partnerId(id), rules)
    },
    addRuleFlags,
  )
}

type Args = readonly (string | undefined)[]
type Flags = Readonly<Record<string, unknown>>
type Action = (deps: Deps, args: Args, settings: Settings, flags: Flags) => Promise<readonly Partner[]>
type Change = (deps: Deps, args: Args, flags: Flags) => Promise<Partner>

/** A command that changes one partner, which the journal keeps. */
function change(
  parent: Command,
  usage: string,
  about: string,
  action: Change,
  addFlags?: (command: Command) => void,
): void {
  const doAndTell: Action = async (deps, args, _settings, flags) => {
    const changed = await action(deps, args, flags)
    await journalPartner(deps, changed.id, usage)
    return [changed]
  }
  leaf(parent, usage, about, doAndTell, addFlags)
}

/** @param addFlags flags of the command's own, besides the settings of the store */
function leaf(
  parent: Command,
  usage: string,
  about: string,
  action: Action,
  addFlags: (command: Command) => void = () => {},
): void {
  const command = parent.command(usage).description(about)
  addFlags(command)
  addSettingFlags(command, STORE_SETTINGS)
    .option('--json', 'print JSON')
    .action(async (...given: unknown[]) => {
      const flags = command.opts<Record<string, unknown>>()
      const { json, ...settingFlags } = flags
      const { settings } = settingsOf(settingFlags)
      await using composed = await composeDeps(settings)
      const args = given.slice(0, -2).map((argument) => (typeof argument === 'string' ? argument : undefined))
      const partners = await action(composed.deps, args, settings, flags)
      process.stdout.write(
        json === true ? `${JSON.stringify(partners.map(view), null, 2)}\n` : partners.map(line).join(''),
      )
    })
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
