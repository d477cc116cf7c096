import { readFileSync } from 'node:fs'
import type { HashType } from '@latchkey/core'
import { Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, exitCodeOf, gather, type Pasted, readPaste, type Told } from '@latchkey/doctor'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { describeFindings } from '../doctor/findings-view.ts'
import { callOver, readServiceUrl } from '../doctor/http-call.ts'
import { describeStep } from '../doctor/ladder-view.ts'
import { probeLocally } from '../doctor/local-probes.ts'
import { paintFor } from '../doctor/paint.ts'
import { writeReport } from '../doctor/report-file.ts'
import { readTokenValue } from '../doctor/secret-input.ts'
import { describeFailure } from '../failure.ts'
import { addSettingFlags, settingsOf } from '../setting-flags.ts'

const HASH_TYPES: readonly HashType[] = ['MD5', 'SHA1', 'SHA256', 'SHA512']
/** Beside 0, nothing to mend, and 1, something. */
const COULD_NOT_LOOK = 2
const STORE_SETTINGS = ['data', 'masterKeyFile']

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

/** `latchkey doctor`: walks the ladder of a login at any v3 endpoint, by calls that change nothing. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('Find out why a login with an app token, or what comes after it, does not work')
    .option('--service-url <url>', 'Address of the service', serviceUrl)
    .option('--partner-id <id>', 'Id of the account', wholeNumber)
    .option('--token-id <id>', 'Id of the app token')
    .option(
      '--token-value-file <file>',
      'File with its value, - for what is piped in [LATCHKEY_TOKEN_VALUE, or a prompt]',
    )
    .addOption(new Option('--hash-type <type>', 'What the tool hashes with; all four are tried').choices(HASH_TYPES))
    .option('--want <actions>', 'What the job calls, as media.list,user.list', actions)
    .option('--received-hash <hash>', 'What the tool made as tokenHash')
    .option('--sent-session <ks>', 'What the tool sent as ks: with --received-hash in the login, else after it')
    .option('--other-session <ks>', 'A session string that was at hand besides; may be repeated', collect, [])
    .option('--widget-id <id>', 'The widgetId that the tool sends (default _ and the account)')
    .option('--user-id <id>', 'The userId that the tool gives to startSession')
    .option('--type <type>', 'The type that the tool gives to startSession', wholeNumber)
    .option('--expiry <seconds>', 'The expiry that the tool gives to startSession', wholeNumber)
    .option('--privileges <text>', 'The sessionPrivileges that the tool gives to startSession')
    .option('--role-permissions <names>', "What the token's role is meant to hold", names)
    .option(
      '--paste <file>',
      'What was seen elsewhere: a request with its answer, the app token; - for what is piped in',
    )
    .option('--took-error-for-data', 'The tool went on as if an error were data')
    .option('--local', "Look at this machine as well, with the server's settings")
    .option('--report <file>', 'Write a report that may be posted in public, .json or .md')
    .option('--json', 'Print JSON')
  addSettingFlags(command, STORE_SETTINGS).action(async (flags: Flags) => {
    try {
      process.exitCode = await examine(flags)
    } catch (error) {
      if (error instanceof InvalidArgumentError) throw error
      process.stderr.write(describeFailure(error))
      process.exitCode = COULD_NOT_LOOK
    }
  })
}

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

function serviceUrl(text: string): string {
  const url = readServiceUrl(text)
  if (url === undefined) throw new InvalidArgumentError('accepted is an address such as https://www.example.com')
  return url
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('accepted is a whole number')
  return Number(text)
}

function actions(text: string): readonly string[] {
  const named = text.split(/[\s,]+/).filter((name) => name !== '')
  const odd = named.find((name) => !/^[A-Za-z]\w{0,99}\.[A-Za-z]\w{0,99}$/.test(name))
  if (odd !== undefined || named.length > 100) {
    throw new InvalidArgumentError('accepted are up to 100 names such as media.list, separated by commas')
  }
  return named
}

function names(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((name) => /^\w{1,100}(?:[.]\w{1,100})*$/.test(name))
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text]
}
