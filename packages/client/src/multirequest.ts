import type { KnownAction, KnownService, Nothing, Open, ParamsOf, ResultOf } from './call-types.ts'
import { LatchkeyAnswerError, LatchkeyCallError, type LatchkeyClientError, LatchkeyUsageError } from './errors.ts'
import { type CallName, refusalIn } from './refusal.ts'
import { asAnswered, nameOf, partsOf, resultOf, type Session } from './session.ts'
import { post, type Reply, type WaitOptions } from './transport.ts'

/** What became of one step: its answer, or why it has none. */
export type StepOutcome<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: LatchkeyClientError }

/** One call among several. */
export interface Step<T> {
  /** From 1, in the order of adding. */
  readonly number: number
  /**
   * Stands in parameters of later steps for something of this one's answer; within a longer text too.
   *
   * @param path names and indexes with colons between them, such as `objects:0:id`; left out, the whole answer
   */
  ref(path?: string): string
  /** `undefined` until the request was answered. */
  readonly outcome: StepOutcome<T> | undefined
  /** The answer. @throws the step's error, and {@link LatchkeyUsageError} before there is one */
  readonly result: T
}

/** Several calls in one request, carried out in their order; one that fails does not stop those behind it. */
export interface Multirequest {
  add<const S extends Open<KnownService>, const A extends Open<KnownAction<S>>>(
    service: S,
    action: A,
    ...rest: Nothing extends ParamsOf<S, A> ? [params?: WithRefs<ParamsOf<S, A>>] : [params: WithRefs<ParamsOf<S, A>>]
  ): Step<ResultOf<S, A>>
  /**
   * Sends them all, once. Sent again only if every step was refused because the session had expired.
   *
   * @returns what became of each, in their order
   * @throws {LatchkeyCallError} the request was refused as a whole
   * @throws {LatchkeyUsageError} `ALREADY_SENT`
   */
  send(options?: WaitOptions): Promise<readonly StepOutcome<unknown>[]>
}

/** Parameters in which a text may stand for what an earlier step answers, whatever its type. */
export type WithRefs<T> = T extends number | boolean
  ? T | string
  : T extends object
    ? { readonly [K in keyof T]: WithRefs<T[K]> }
    : T

/** Collects calls for one request. */
export function multirequest(session: Session): Multirequest {
  const parts = partsOf(session)
  const steps: SentStep[] = []
  let isSent = false
  return {
    add(service, action, ...[params = {}]) {
      if (isSent) throw alreadySent()
      const name = { service: nameOf('service', service), action: nameOf('action', action) }
      const step = new SentStep(steps.length + 1, name, params)
      steps.push(step)
      return asAnswered(step)
    },
    async send(options = {}) {
      if (isSent) throw alreadySent()
      isSent = true
      if (steps.length === 0) return []
      const { keeper, transport, clientTag } = parts
      let read: (steps: readonly unknown[]) => readonly StepOutcome<unknown>[] = () => []
      const answers = await keeper.run(async (ks) => {
        const numbered = Object.fromEntries(
          steps.map(({ number, name, params }) => [number, { ...params, ...name, format: 1 }]),
        )
        const body = { ...numbered, format: 1, clientTag, ks }
        const reply = await post(transport, 'multirequest', '/api_v3/service/multirequest', body, [ks], options)
        const value = resultOf(reply, { service: 'multirequest', action: '' }, [ks])
        if (!Array.isArray(value)) {
          throw new LatchkeyAnswerError('UNEXPECTED_ANSWER', 'multirequest was answered by no list', reply.status)
        }
        read = (all) => steps.map(({ name }, at) => outcomeOf(all, at, name, reply, ks))
        return value
      }, options)
      const outcomes = read(answers)
      steps.forEach((step, at) => {
        step.outcome = outcomes[at]
      })
      return outcomes
    },
  }
}

class SentStep implements Step<unknown> {
  readonly number: number
  readonly name: CallName
  readonly params: object
  outcome: StepOutcome<unknown> | undefined

  constructor(number: number, name: CallName, params: object) {
    this.number = number
    this.name = name
    this.params = params
  }

  ref(path?: string): string {
    return `{${this.number}:result${path === undefined ? '' : `:${path}`}}`
  }

  get result(): unknown {
    if (this.outcome === undefined) throw new LatchkeyUsageError('NOT_SENT', 'the multirequest was not answered')
    if (!this.outcome.ok) throw this.outcome.error
    return this.outcome.result
  }
}

function outcomeOf(
  answers: readonly unknown[],
  at: number,
  name: CallName,
  { status, requestId }: Reply,
  ks: string,
): StepOutcome<unknown> {
  if (at >= answers.length) return { ok: false, error: notAnswered(name, status) }
  const refusal = refusalIn(answers[at], name, status, requestId, [ks])
  if (refusal === undefined) return { ok: true, result: answers[at] }
  return { ok: false, error: new LatchkeyCallError(refusal) }
}

function notAnswered({ service, action }: CallName, status: number): LatchkeyAnswerError {
  const what = `${service}.${action} has no place in the answer: the server stopped before it`
  return new LatchkeyAnswerError('STEP_NOT_ANSWERED', what, status)
}

function alreadySent(): LatchkeyUsageError {
  return new LatchkeyUsageError('ALREADY_SENT', 'the multirequest was sent; make another one')
}
