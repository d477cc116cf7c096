import { actionsOf, type CatalogueAction, findAction, isKnownService, nearestName, SERVICES } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { lintPaste, type PasteShape } from '@latchkey/doctor'
import { InvalidArgumentError } from 'commander'
import { CommandFailure } from '../command-failure.ts'
import { paintFor, wrap } from '../doctor/paint.ts'
import { writeJson } from '../output.ts'
import { NOT_READABLE, readPaste } from '../paste.ts'
import { describeFindings, exitCodeFor, offlineAction } from './offline-command.ts'

interface Flags {
  readonly want?: string
  readonly now?: number
  readonly json?: boolean
}

/** @see addLintCommand */
export const run = offlineAction(judge)

function judge(file: string | undefined, { want, now, json }: Flags): number {
  const result = lintPaste(readPaste(file), {
    primitives: nodePrimitives,
    now,
    clock: Math.floor(Date.now() / 1_000),
    wanted: want === undefined ? [] : actions(want),
  })
  const { shape, isReadable, summary, details, findings, cautions } = result
  if (json === true) writeJson({ shape, summary, details, findings, cautions })
  if (!isReadable) {
    if (json === true) return NOT_READABLE
    throw new CommandFailure(NOTHING[shape] ?? 'there is nothing in it to judge', { next: ['latchkey lint --help'] })
  }
  if (json === true) return exitCodeFor(findings)
  const paint = paintFor(process.stdout)
  process.stdout.write(`${wrap(summary, '')}${details.map((sentence) => wrap(sentence, '  ')).join('')}\n`)
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
