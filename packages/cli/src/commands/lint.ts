import { actionsOf, type CatalogueAction, findAction, isKnownService, nearestName, SERVICES } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { lintPaste, type PasteShape } from '@latchkey/doctor'
import { type Command, InvalidArgumentError } from 'commander'
import { paintFor, wrap } from '../doctor/paint.ts'
import { describeFindings, exitCodeFor, offlineAction, withExamples, writeJson } from '../offline-command.ts'
import { NOT_READABLE, readPaste } from '../paste.ts'

interface Flags {
  readonly want?: readonly CatalogueAction[]
  readonly now?: number
  readonly json?: boolean
}

/** `latchkey lint`: judges what was pasted. */
export function addLintCommand(program: Command): void {
  const command = program
    .command('lint [file]')
    .description('Judge an app token, a request, an answer, a curl line, an .env or a HAR; needs no server')
    .option('--want <actions>', 'What the job calls, as media.list,user.list', actions)
    .option('--now <time>', 'Epoch seconds to judge at (default the making of the token, else now)', epoch)
    .option('--json', 'Print JSON')
    .action(offlineAction(judge))
  withExamples(command, [
    ['latchkey lint token.json', 'an app token, as appToken.get answers it or as it stands in a forum'],
    ['pbpaste | latchkey lint - --want user.list', 'what is in the clipboard, for a job that calls user.list'],
    ['latchkey lint session.har --json', 'the traffic of a browser or a tool'],
  ])
}

function judge(file: string | undefined, { want = [], now, json }: Flags): number {
  const result = lintPaste(readPaste(file), {
    primitives: nodePrimitives,
    now,
    clock: Math.floor(Date.now() / 1_000),
    wanted: want,
  })
  const { shape, isReadable, summary, findings, cautions } = result
  if (json === true) writeJson({ shape, summary, findings, cautions })
  if (!isReadable) {
    if (json !== true) process.stderr.write(`latchkey: ${NOTHING[shape] ?? 'there is nothing in it to judge'}\n`)
    return NOT_READABLE
  }
  if (json === true) return exitCodeFor(findings)
  const paint = paintFor(process.stdout)
  process.stdout.write(`${wrap(summary, '')}\n`)
  process.stdout.write(
    findings.length === 0 ? `${paint.green('Nothing found that is wrong.')}\n` : describeFindings(findings, paint),
  )
  for (const caution of cautions) process.stderr.write(`\n${wrap(`latchkey: ${caution}`, '  ', '')}`)
  return exitCodeFor(findings)
}

const NOTHING: Partial<Readonly<Record<PasteShape, string>>> = {
  'too much': 'it is too large: 1 MiB of text, or 32 MiB of a HAR, is read',
  'nothing known':
    'no app token, request, answer, session string, hash, settings or HAR was found in it; explain-error reads errors',
  HAR: 'there is no call of the API in this HAR',
}

function actions(text: string): readonly CatalogueAction[] {
  return text.split(',').flatMap((part) => {
    const name = part.trim()
    if (name === '') return []
    const at = name.lastIndexOf('.')
    const [service, own] = [name.slice(0, Math.max(0, at)), name.slice(at + 1)]
    const action = findAction(service, own)
    if (action === undefined) throw new InvalidArgumentError(unknown(name, service, own))
    return action
  })
}

function unknown(name: string, service: string, own: string): string {
  if (service === '') return `${name} is no action: accepted is service.action, as media.list`
  const near = isKnownService(service)
    ? nearestName(
        own,
        actionsOf(service).map(({ action }) => action),
      )
    : nearestName(service, SERVICES)
  return `there is no action ${name}${near === undefined ? '' : `; ${near} is close to it`}`
}

function epoch(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('accepted is a number of seconds since 1970.')
  return Number(text)
}
