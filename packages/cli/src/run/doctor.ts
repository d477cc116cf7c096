import { readFileSync } from 'node:fs'
import type { HashType } from '@latchkey/core'
import { Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, exitCodeOf, gather, type Pasted, readPaste, type Told } from '@latchkey/doctor'
import { InvalidArgumentError } from 'commander'
import { type Env, numberIn, readUrl, serviceUrlIn, variable } from '../connect/target.ts'
import { describeFindings } from '../doctor/findings-view.ts'
import { callOver } from '../doctor/http-call.ts'
import { stepWriter } from '../doctor/ladder-view.ts'
import { probeLocally } from '../doctor/local-probes.ts'
import { paintFor } from '../doctor/paint.ts'
import { writeReport } from '../doctor/report-file.ts'
import { readTokenValue } from '../doctor/secret-input.ts'
import { withoutLineEnd } from '../paste.ts'
import { STORE_SETTINGS } from '../setting-flags.ts'
import { settingsOf } from '../settings-of.ts'
import { nextAfterDoctor } from '../view/next-step.ts'
import { offlineAction } from './offline-command.ts'

interface Flags {
  readonly serviceUrl?: string
  readonly partnerId?: number
  readonly tokenId?: string
  readonly tokenValueFile?: string
  readonly hashType?: HashType
  readonly widgetId?: string
  readonly userId?: string
  readonly type?: number
  readonly expiry?: number
  readonly privileges?: string
  readonly want?: readonly string[]
  readonly receivedHash?: string
  readonly sentSession?: string
  readonly sentSessionFile?: string
  readonly otherSession?: readonly string[]
  readonly rolePermissions?: readonly string[]
  readonly paste?: string
  readonly tookErrorForData?: boolean
  readonly local?: boolean
  readonly report?: string
  readonly json?: boolean
  readonly [setting: string]: unknown
}

/** @see addDoctorCommand */
export const run = offlineAction(examine)

async function examine(given: Flags): Promise<number> {
  const flags = withEnvironment(given, process.env)
  if (flags.serviceUrl === undefined && flags.local !== true) {
    throw new InvalidArgumentError(
      'which service? Name it with --service-url or LATCHKEY_URL, as http://127.0.0.1:8800 (or --local for this machine)',
    )
  }
  const isJson = flags.json === true
  // What is data goes to stdout; a person who reads JSON still sees the ladder grow.
  const steps = isJson ? process.stderr : process.stdout
  const paint = paintFor(steps)
  const paste =
    flags.paste === undefined ? undefined : readPaste(readFileSync(flags.paste === '-' ? 0 : flags.paste, 'utf8'))
  const told = await toldBy(flags, paste)
  const local = flags.local === true ? await probeLocally(settingsOf(storeFlags(flags)).settings) : undefined
  const facts = await gather(
    callOver(told.serviceUrl),
    {
      told,
      pasted: paste?.exchanges,
      primitives: nodePrimitives,
      clock: Date.now,
      onStep: stepWriter((text) => void steps.write(text), paint),
    },
    local,
  )
  const findings = diagnoseFacts(facts, nodePrimitives)
  const code = exitCodeOf(facts, findings)
  if (flags.report !== undefined) writeReport(flags.report, facts)
  if (isJson) process.stdout.write(`${JSON.stringify({ findings, exitCode: code }, null, 2)}\n`)
  else {
    process.stdout.write(`\n${describeFindings(findings, paint)}`)
    const untried = whyNoLogin(told, flags)
    if (untried !== undefined) process.stderr.write(`latchkey: the login was not tried: ${untried}\n`)
    for (const command of nextAfterDoctor(given, told, findings)) process.stderr.write(`next: ${command}\n`)
  }
  return code
}

/** Nothing wrong was found, says the end of a walk that went half the way. */
function whyNoLogin({ partnerId, tokenId, tokenValue }: Told, { local, paste }: Flags): string | undefined {
  if (local === true || paste !== undefined) return undefined
  if (partnerId === undefined) return 'name the account with --partner-id or LATCHKEY_PARTNER_ID'
  if (tokenId === undefined) return 'name an app token with --token-id or LATCHKEY_TOKEN_ID'
  return tokenValue === undefined
    ? 'give the value of the app token with --token-value-file or LATCHKEY_TOKEN_VALUE'
    : undefined
}

/** What no flag says is taken from where the examples take it. `--local` asks about this machine, and no service. */
function withEnvironment(flags: Flags, env: Env): Flags {
  if (flags.local === true) return flags
  const url = serviceUrlIn(env)
  const partnerId = numberIn(env, 'LATCHKEY_PARTNER_ID')
  // An app token of the environment's account is none of the account that a flag names.
  const isSameAccount = flags.partnerId === undefined || flags.partnerId === partnerId
  const tokenId = isSameAccount ? variable(env, 'LATCHKEY_TOKEN_ID') : undefined
  return {
    ...flags,
    ...(flags.serviceUrl === undefined && url !== undefined && { serviceUrl: readUrl(url) }),
    ...(flags.partnerId === undefined && partnerId !== undefined && { partnerId }),
    ...(flags.tokenId === undefined && tokenId !== undefined && { tokenId }),
  }
}

async function toldBy(flags: Flags, paste: Pasted | undefined): Promise<Told> {
  const needsValue = flags.tokenId !== undefined
  return {
    serviceUrl: flags.serviceUrl ?? '',
    partnerId: flags.partnerId,
    widgetId: flags.widgetId,
    tokenId: flags.tokenId,
    tokenValue: needsValue ? await readTokenValue(flags.tokenValueFile) : undefined,
    hashType: flags.hashType,
    userId: flags.userId,
    type: flags.type,
    expiry: flags.expiry,
    privileges: flags.privileges,
    wanted: flags.want ?? [],
    receivedHash: secretOf(flags.receivedHash) ?? paste?.login?.receivedHash,
    sentSession: secretOf(sentSession(flags)) ?? paste?.login?.sentSession,
    otherSessions: (flags.otherSession ?? []).map((text) => new Secret(text)),
    record: paste?.record,
    rolePermissions: flags.rolePermissions,
    tookErrorForData: flags.tookErrorForData,
  }
}

function sentSession({ sentSession, sentSessionFile }: Flags): string | undefined {
  if (sentSessionFile === undefined) return sentSession
  return withoutLineEnd(readFileSync(sentSessionFile === '-' ? 0 : sentSessionFile, 'utf8'))
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text)
}

function storeFlags(flags: Flags): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...STORE_SETTINGS, 'config'].map((name) => [name, flags[name]]))
}
