import { readFileSync } from 'node:fs'
import type { HashType } from '@latchkey/core'
import { Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, exitCodeOf, gather, type Pasted, readPaste, type Told } from '@latchkey/doctor'
import { InvalidArgumentError } from 'commander'
import { describeFindings } from '../doctor/findings-view.ts'
import { callOver } from '../doctor/http-call.ts'
import { describeStep } from '../doctor/ladder-view.ts'
import { probeLocally } from '../doctor/local-probes.ts'
import { paintFor } from '../doctor/paint.ts'
import { writeReport } from '../doctor/report-file.ts'
import { readTokenValue } from '../doctor/secret-input.ts'
import { STORE_SETTINGS } from '../setting-flags.ts'
import { settingsOf } from '../settings-of.ts'
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

async function examine(flags: Flags): Promise<number> {
  if (flags.serviceUrl === undefined && flags.local !== true) {
    throw new InvalidArgumentError('--service-url is missing: the address of the service (or --local for this machine)')
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
      onStep: (step) => void steps.write(describeStep(step, paint)),
    },
    local,
  )
  const findings = diagnoseFacts(facts, nodePrimitives)
  const code = exitCodeOf(facts, findings)
  if (flags.report !== undefined) writeReport(flags.report, facts)
  if (isJson) process.stdout.write(`${JSON.stringify({ findings, exitCode: code }, null, 2)}\n`)
  else process.stdout.write(`\n${describeFindings(findings, paint)}`)
  return code
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
    sentSession: secretOf(flags.sentSession) ?? paste?.login?.sentSession,
    otherSessions: (flags.otherSession ?? []).map((text) => new Secret(text)),
    record: paste?.record,
    rolePermissions: flags.rolePermissions,
    tookErrorForData: flags.tookErrorForData,
  }
}

function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined ? undefined : new Secret(text)
}

function storeFlags(flags: Flags): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...STORE_SETTINGS, 'config'].map((name) => [name, flags[name]]))
}
