import { type HASH_TYPES, type HashType, Secret } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { type HashInput, type HashReport, hashReport, visible } from '@latchkey/doctor'
import { InvalidArgumentError } from 'commander'
import { askPassword, canAsk } from '../connect/prompts.ts'
import { type Paint, paintFor, wrap } from '../doctor/paint.ts'
import { writeJson } from '../output.ts'
import { readPaste, withoutLineEnd } from '../paste.ts'
import { offlineAction } from './offline-command.ts'

const TYPES: readonly HashType[] = ['MD5', 'SHA1', 'SHA256', 'SHA512'] satisfies (keyof typeof HASH_TYPES)[]

interface Flags {
  readonly sessionFile?: string
  readonly valueFile?: string
  readonly hashType?: HashType
  readonly tokenId?: string
  readonly received?: string
  readonly otherSession: readonly string[]
  readonly exact?: boolean
  readonly reveal?: boolean
  readonly json?: boolean
}

/** @see addHashCommand */
export const run = offlineAction(report)

async function report(flags: Flags): Promise<number> {
  if (flags.sessionFile === '-' && flags.valueFile === '-') {
    throw new InvalidArgumentError(
      'only one of the two can be piped in: give the other as a file or in the environment',
    )
  }
  const session = await inputOf('Session string', flags.sessionFile, 'LATCHKEY_SESSION', flags.exact)
  const value = await inputOf('Value of the app token', flags.valueFile, 'LATCHKEY_TOKEN_VALUE', flags.exact)
  const made = hashReport(nodePrimitives, {
    session: session.secret,
    value: value.secret,
    hashType: flags.hashType,
    tokenId: flags.tokenId,
    received: flags.received,
    otherSessions: flags.otherSession.map((other) => new Secret(other)),
  })
  if (flags.json === true) {
    const inputs =
      flags.reveal === true
        ? { sessionText: visible(session.secret.expose()), valueText: visible(value.secret.expose()) }
        : {}
    writeJson({ ...made, ...inputs })
  } else {
    const paint = paintFor(process.stdout)
    const shown = (secret: Secret) => (flags.reveal === true ? visible(secret.expose()) : undefined)
    process.stdout.write(describe(made, flags, { session: shown(session.secret), value: shown(value.secret) }, paint))
    for (const note of [...session.notes, ...value.notes])
      process.stderr.write(`\n${wrap(`latchkey: ${note}`, '  ', '')}`)
  }
  return made.nearMiss === undefined || made.nearMiss.kind === 'right' ? 0 : 1
}

interface Input {
  readonly secret: Secret
  readonly notes: readonly string[]
}

/** Never an argument: everybody on the machine can read those. */
async function inputOf(question: string, file: string | undefined, variable: string, isExact = false): Promise<Input> {
  if (file !== undefined) {
    const text = readPaste(file)
    const plain = isExact ? text : withoutLineEnd(text)
    if (plain === '') throw new InvalidArgumentError(`${file} is empty`)
    const note = `${file === '-' ? 'what was piped in' : file} ends in a line end, which was not hashed; a tool that reads it as it is hashes that along (--exact does so too)`
    return { secret: new Secret(plain), notes: plain === text ? [] : [note] }
  }
  const given = process.env[variable]
  if (given !== undefined && given !== '') return { secret: new Secret(given), notes: [] }
  if (!canAsk()) throw new InvalidArgumentError(`${question.toLowerCase()}: give a file, or set ${variable}`)
  const typed = await askPassword(question)
  if (typed === '') throw new InvalidArgumentError('nothing was typed')
  return { secret: new Secret(typed), notes: [] }
}

function describe(
  { digests, session, value, bytes, hashType, nearMiss: miss }: HashReport,
  { received }: Flags,
  shown: { readonly session: string | undefined; readonly value: string | undefined },
  paint: Paint,
): string {
  const lines = TYPES.map(
    (type) => `${type.padEnd(7)} ${type === hashType ? paint.bold(digests[type]) : digests[type]}\n`,
  )
  return [
    ...lines,
    '\n',
    describeInput('session string', session, shown.session),
    describeInput('value', value, shown.value),
    wrap(`Hashed are ${bytes} bytes of UTF-8: the session string, then the value, with nothing between.`, ''),
    ...(miss === undefined ? [] : ['\n', describeMiss(miss, received ?? '', hashType, paint)]),
  ].join('')
}

function describeInput(
  name: string,
  { characters, bytes, edges, oddities }: HashInput,
  whole: string | undefined,
): string {
  const length = bytes === characters ? `${characters} characters` : `${characters} characters, ${bytes} bytes`
  const odd = oddities.map(({ at, what }) => `${what} at ${at}`).join(', ')
  return [
    `${name}: ${length}, ${edges}\n`,
    ...(whole === undefined ? [] : [`  ${whole}\n`]),
    odd === '' ? '  nothing in it that a screen does not show\n' : wrap(`in it: ${odd}`, '  '),
  ].join('')
}

function describeMiss(
  miss: NonNullable<HashReport['nearMiss']>,
  received: string,
  hashType: HashType,
  paint: Paint,
): string {
  if (miss.kind === 'right')
    return paint.green(`The hash of the tool is right, if the hashType of the app token is ${hashType}.\n`)
  if (miss.kind === 'none') {
    const what = miss.isDigest ? `none of ${miss.tried} digests that known mistakes give` : 'no digest of any kind'
    return [
      `${paint.red('error')}  ${paint.bold('hash-unexplained')}\n`,
      wrap(`The hash of the tool (${received.length} characters) is ${what}.`, '   '),
      wrap('Compare the lengths above with those in the tool, and try it with a test vector: latchkey vectors.', '   '),
    ].join('')
  }
  return [
    ...miss.mistakes.map(
      ({ cause, title }) => `${paint.red('error')}  ${paint.bold(cause)}\n${wrap(`${title}.`, '   ')}`,
    ),
    ...miss.steps.map((step, at) => wrap(step, '      ', `   ${at + 1}. `)),
    ...(miss.confidence === 'likely' ? [wrap('Digits of it are lost, and what is left fits.', '   ')] : []),
  ].join('')
}
