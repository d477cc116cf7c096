import { CAUSES, type CauseId, type Finding, finding } from '@latchkey/core'
import { explainSeenError } from '../explain-error.ts'
import { answersOf, found, type PasteCheck, type PasteFacts } from '../paste-facts.ts'
import { textAt } from '../read/fields.ts'
import type { SeenRequest, SeenResponse } from '../seen.ts'

/** Seconds apart that a renewal would notice. */
const SKEW = 30

/** What came back. */
export const ANSWER_CHECKS: readonly PasteCheck[] = [
  (facts) => {
    const [first] = answersOf(facts).filter(({ error }) => error !== undefined)
    if (first === undefined) return []
    const wentOn = facts.requests.find(
      ({ response }, at) => response?.error !== undefined && response.status === 200 && isTakenForData(facts, at),
    )
    if (wentOn?.response !== undefined) {
      const saw = `${wentOn.response.error?.code} came with status 200, and the next call was made as if it were data`
      return [found(facts, wentOn.where, 'error-inside-http-200', 'error', saw)]
    }
    const ok = answersOf(facts).find(({ error, status }) => error !== undefined && status === 200)
    return ok === undefined
      ? []
      : [found(facts, ok.where, 'error-inside-http-200', 'warning', `${ok.error?.code} came with status 200`)]
  },

  (facts) => {
    const cached = answersOf(facts).filter(
      ({ error, headers }) => error !== undefined && /^cached/.test(headers.get('x-kaltura') ?? ''),
    )
    return cached
      .slice(0, 1)
      .map(({ where, error }) =>
        found(
          facts,
          where,
          'error-cached',
          'error',
          `${error?.code} was answered out of a cache, as the header X-Kaltura says`,
        ),
      )
  },

  // The quietest of all refusals: it worked, and there is nothing.
  (facts) => {
    const empty = answersOf(facts).find(({ error, fields }) => error === undefined && isEmptyList(fields))
    if (empty === undefined) return []
    const saw =
      'the list is empty, which is no error: a USER session without list:* is shown the entries of its own user, and a filter may leave none'
    return [found(facts, empty.where, 'list-shows-own-entries-only', 'note', saw)]
  },

  (facts) => {
    for (const { sentAt, response, where } of facts.requests) {
      const server = Number(/,\s*(\d{9,11})/.exec(response?.headers.get('x-kaltura-session') ?? '')?.[1])
      if (sentAt === undefined || !Number.isFinite(server)) continue
      const skew = sentAt - server
      if (Math.abs(skew) < SKEW) continue
      const saw = `the clock of the client is ${Math.abs(skew)} seconds ${skew > 0 ? 'ahead of' : 'behind'} the one of the server`
      return [found(facts, where, 'clock-skew', 'warning', saw)]
    }
    return []
  },
]

function isEmptyList(fields: SeenResponse['fields']): boolean {
  return (
    fields !== undefined &&
    /ListResponse$/.test(textAt(fields, 'objectType') ?? '') &&
    textAt(fields, 'totalCount') === '0'
  )
}

/** Whether the call after this one has no session though it needs what this one should have answered. */
function isTakenForData({ requests }: PasteFacts, at: number): boolean {
  const next = requests[at + 1]
  const ks = next?.params.get('ks')
  return next !== undefined && (ks === undefined || ks === '' || ks === null || ks === 'null' || ks === 'undefined')
}

/**
 * The likeliest cause of each error that came back, where nothing else that was found explains it.
 *
 * @param direct what the checks of the calls themselves have found
 */
export function unexplainedErrors(facts: PasteFacts, direct: readonly Finding[]): readonly Finding[] {
  const causes = new Set(direct.filter(({ severity }) => severity !== 'note').map(({ cause }) => cause))
  const alone = facts.responses.map((response) => ({ response, request: undefined }))
  const answered = facts.requests.flatMap((request) =>
    request.response === undefined ? [] : [{ response: request.response, request }],
  )
  return [...answered, ...alone].flatMap(({ response, request }) => ofError(facts, response, request, causes))
}

function ofError(
  facts: PasteFacts,
  response: SeenResponse,
  request: SeenRequest | undefined,
  direct: ReadonlySet<CauseId>,
): readonly Finding[] {
  const { error, where } = response
  if (error === undefined) return []
  const about = request?.service === undefined ? undefined : `${request.service}.${request.action ?? ''}`
  const { causes, saw, code, isTold } = explainSeenError(error, about)
  if (causes.some(({ id }) => direct.has(id))) return []
  // What the call shows to be otherwise is no cause of it.
  const likely = causes.map(({ id }) => id).filter((id) => isTold || request === undefined || isPossible(id, request))
  const [first, ...others] = code === 'INVALID_APP_TOKEN_HASH' && !isTold ? HASH_OPEN.concat(likely) : likely
  if (first === undefined) return []
  const told = `${code}: ${saw}${among(others)}`
  return [finding(first, 'error', facts.requests.length + facts.responses.length > 1 ? `${where}: ${told}` : told)]
}

/** Which mistake it is only the hash itself would tell. */
const HASH_OPEN: readonly CauseId[] = ['hash-unexplained']

function among(others: readonly CauseId[]): string {
  if (others.length === 0) return ''
  const titles = others.slice(0, 4).map((id) => CAUSES[id].title.toLowerCase())
  return `; it may be as well that ${titles.join(', or that ')}`
}

function isPossible(cause: CauseId, { params, scheme, contentType }: SeenRequest): boolean {
  switch (cause) {
    case 'session-not-sent':
      return !params.has('ks')
    case 'https-required':
      return scheme !== 'https'
    case 'json-charset-ignored':
      return contentType === undefined
    case 'partner-mismatch':
      return params.has('partnerId') || params.has('p')
    default:
      return true
  }
}
