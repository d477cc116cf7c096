import { parseToken, parseTokenList, WITHOUT_VALUES } from '@latchkey/wire/answer'
import { lacksOurs } from '../access/extras.ts'
import { CommandFailure } from '../command-failure.ts'
import { connect } from '../connect/connect.ts'
import type { Connection } from '../connect/endpoint.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'
import { say, tell, writeJson } from '../output.ts'
import { tokenFields, tokenTable } from '../tokens/token.ts'
import { fields, timeInWords } from '../view/table.ts'

const PAGE = 100
/** The most that the original gives at once. */
const LARGEST_PAGE = 500
const MOST_PAGES = 2_000
const STATUS = { paused: 1, active: 2 } as const

interface ListFlags extends ConnectionFlags {
  readonly status?: keyof typeof STATUS
  readonly page?: number
  readonly all?: boolean
}

/** `latchkey token list` */
export async function list(flags: ListFlags): Promise<void> {
  if (flags.all === true && flags.page !== undefined) {
    throw new CommandFailure('--all has no pages', { next: ['latchkey token list --all'] })
  }
  await using connection = await connect(flags)
  const answer = flags.all === true ? await everyPage(connection, flags) : await pageOf(connection, flags)
  const found = parseTokenList(answer)
  if (found === undefined) {
    throw new CommandFailure('the server answered with something that is no list', {
      next: [`latchkey doctor`],
      exitCode: 1,
    })
  }
  const { tokens, total } = found
  if (flags.json === true) writeJson(withoutValues(answer))
  else say(tokenTable(tokens))
  if (total === 0) tell('latchkey: there is no app token\nnext: latchkey token create --preset get-and-list\n')
  else if (total > tokens.length && flags.all !== true) {
    tell(`latchkey: ${tokens.length} of ${total} app tokens\nnext: latchkey token list --all\n`)
  }
}

function pageOf(connection: Connection, { status, page = 1 }: ListFlags, pageSize = PAGE): Promise<unknown> {
  return connection.ask('appToken', 'list', {
    filter: {
      objectType: 'KalturaAppTokenFilter',
      orderBy: '-createdAt',
      ...(status === undefined ? {} : { statusEqual: STATUS[status] }),
    },
    pager: { objectType: 'KalturaFilterPager', pageSize, pageIndex: page },
    responseProfile: { ...WITHOUT_VALUES, fields: `${textOf(WITHOUT_VALUES.fields)},objects,totalCount` },
  })
}

/** As one answer. One that was made meanwhile pushes others on to the next page: none is told twice. */
async function everyPage(connection: Connection, flags: ListFlags): Promise<JsonObject> {
  const found = new Map<string, JsonObject>()
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = objectOf(await pageOf(connection, { ...flags, page }, LARGEST_PAGE))
    const before = found.size
    for (const token of objectsOf(answer.objects)) found.set(textOf(token.id), token)
    // A server may give fewer at once than it is asked for.
    if (found.size === before || found.size >= (numberOf(answer.totalCount) ?? 0)) {
      return { ...answer, objects: [...found.values()], totalCount: found.size }
    }
  }
  throw new CommandFailure('the list has no end', { next: ['latchkey token list --page 1'], exitCode: 1 })
}

/** `latchkey token show` */
export async function show(id: string, flags: ConnectionFlags): Promise<void> {
  await using connection = await connect(flags)
  const answer = await connection.ask('appToken', 'get', { id, responseProfile: WITHOUT_VALUES })
  const token = parseToken(answer)
  if (token === undefined)
    throw new CommandFailure(`${id} is no app token`, { next: ['latchkey token list'], exitCode: 1 })
  const [reach, usage] = await Promise.all([
    connection.call({ service: 'latchkey_access', action: 'reach', params: { tokenId: id } }),
    connection.call({ service: 'latchkey_token', action: 'usage', params: { id } }),
  ])
  const reached = reach.kind === 'result' ? objectOf(reach.value) : undefined
  const used = usage.kind === 'result' ? objectOf(usage.value) : undefined
  if (flags.json === true) return writeJson({ ...objectOf(withoutValues(answer)), reach: reached, usage: used })
  say(tokenFields(token))
  say(
    fields([
      [
        'opens       ',
        reached && `${textOf(reached.read)} read, ${textOf(reached.write)} write, ${textOf(reached.delete)} delete`,
      ],
      ['used        ', used && usageInWords(used)],
    ]),
  )
  if (lacksOurs(reach)) tell('latchkey: this server does not count what it opens\n')
  tell(`next: latchkey reach ${id}\n`)
}

function usageInWords(used: JsonObject): string {
  const last = timeInWords(numberOf(used.lastIssuedAt))
  const refused = Object.values(objectOf(used.refusedByCause)).reduce<number>(
    (sum, count) => sum + (numberOf(count) ?? 0),
    0,
  )
  const when = last === undefined ? 'never logged in' : `last login ${last}`
  return `${textOf(used.issued)} logins, ${textOf(used.calls)} calls, ${refused} refusals; ${when}`
}

/** A server that knows no response profiles sends values along. */
function withoutValues(answer: unknown): unknown {
  if (!isObject(answer)) return answer
  const { token: _token, ...others } = answer
  return { ...others, ...(Array.isArray(answer.objects) && { objects: objectsOf(answer.objects).map(withoutValues) }) }
}
