import { attempt, kaltura, officialClient, type Request, request } from './official-client.ts'
import type { Answer } from './v3.ts'

/** One call that a fix or a preset proposes. */
export interface Change {
  readonly service: string
  readonly action: string
  readonly params: Readonly<Record<string, Answer>>
}

/** Sends all of them as one multirequest by the official client; an answer a step, refusals among them. */
export async function applyAtOnce(url: string, ks: string, change: readonly Change[]): Promise<readonly Answer[]> {
  const steps = new kaltura.MultiRequestBuilder()
  for (const step of change) {
    const sent = requestOf(step)
    Object.assign(Reflect.get(sent, 'data'), { ks })
    steps.add(sent)
  }
  return steps.execute(officialClient(url))
}

/** One call after the other, as whoever knows no multirequests would: what refers to an earlier answer is filled in by hand. */
export async function applyStepByStep(url: string, ks: string, change: readonly Change[]): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const step of change) {
    answers.push(await attempt(requestOf(filledIn(step, answers)), officialClient(url, ks)))
  }
  return answers
}

/** Its parameters in the order in which the client takes them; objects as the client's own. */
function requestOf({ service, action, params }: Change): Request {
  return request(service, action, ...Object.values(params).map(asArgument))
}

function asArgument(value: Answer): unknown {
  if (typeof value?.objectType !== 'string') return value
  const Class = kaltura.objects[value.objectType.replace('Kaltura', '')]
  if (Class === undefined) throw new Error(`the official client has no ${value.objectType}`)
  return new Class(value)
}

function filledIn(step: Change, answers: readonly Answer[]): Change {
  const text = JSON.stringify(step.params)
  const params = text.replaceAll(/\{(\d+):result:(\w+)\}/g, (_, number, field) =>
    String(answers[Number(number) - 1][field]),
  )
  return { ...step, params: JSON.parse(params) }
}
