import { ACTIONS, findAction } from '@latchkey/core'
import { nameOf } from './catalogue-grid.ts'

/** The actions in a paste, each once, as the catalogue spells them. */
export interface PastedActions {
  readonly actions: readonly string[]
  /** Names that look like actions and are in no catalogue. */
  readonly unknown: readonly string[]
  /** What it was taken for, where it was more than a list: `HAR`, `curl command`. */
  readonly shape?: string | undefined
}

const BETWEEN = /[\s,;|"'`()[\]{}<>]+/
const NAME = /^[a-z]\w{0,80}\.[a-z]\w{0,80}$/i
const LIST = /^[\w.\s,;|"'`()[\]{}<>*•·–-]*$/
const LONGEST_LIST = 100_000
const MOST_UNKNOWN = 20

/** Whether it is nothing but names: then it can be read at every key stroke, and holds no secret. */
export function isList(text: string): boolean {
  return text.length <= LONGEST_LIST && LIST.test(text) && !/\bcurl\b/.test(text)
}

/** Names with anything between them. */
export function readList(text: string): PastedActions {
  const actions = new Set<string>()
  const unknown = new Set<string>()
  for (const word of text.slice(0, LONGEST_LIST).split(BETWEEN)) {
    const name = word.replace(/^[-*•·–.]+|[.:]+$/g, '')
    if (!NAME.test(name)) continue
    const known = actionNamed(name)
    if (known === undefined) unknown.add(name)
    else actions.add(known)
  }
  return { actions: [...actions], unknown: [...unknown].slice(0, MOST_UNKNOWN) }
}

/** Anything: calls out of a browser's archive, `curl` lines, requests, and names among other words. */
export async function readAnything(text: string): Promise<PastedActions> {
  if (isList(text)) return readList(text)
  const { recognise } = await import('@latchkey/doctor')
  const seen = recognise(text)
  const actions = new Set<string>()
  const unknown = new Set<string>()
  for (const { service, action } of seen.requests) {
    if (service === undefined || action === undefined || service.toLowerCase() === 'multirequest') continue
    const known = actionNamed(`${service}.${action}`)
    if (known === undefined) unknown.add(`${service}.${action}`.slice(0, 100))
    else actions.add(known)
  }
  // Words among others are names only where the catalogue has them: anything may stand in a mail.
  if (seen.requests.length === 0) for (const name of readList(text).actions) actions.add(name)
  const shape = seen.shape === 'nothing known' ? undefined : seen.shape
  return { actions: [...actions], unknown: [...unknown].slice(0, MOST_UNKNOWN), shape }
}

function actionNamed(name: string): string | undefined {
  const at = name.lastIndexOf('.')
  const action = findAction(name.slice(0, at), name.slice(at + 1))
  return action === undefined ? undefined : nameOf(action)
}

/** For the example in an empty field. */
export const EXAMPLE: string = ['media.get', 'media.list', 'category.list']
  .filter((name) => ACTIONS.some((action) => nameOf(action) === name))
  .join(', ')
