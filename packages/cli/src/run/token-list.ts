import { lacksOurs } from '../access/extras.ts'
import { CommandFailure } from '../command-failure.ts'
import { connect } from '../connect/connect.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'
import { say, tell, writeJson } from '../output.ts'
import { parseToken, parseTokenList, tokenFields, tokenTable, WITHOUT_VALUES } from '../tokens/token.ts'
import { fields, timeInWords } from '../view/table.ts'

const PAGE = 100
const STATUS: Readonly<Record<string, number>> = { paused: 1, active: 2 }

interface ListFlags extends ConnectionFlags {
  readonly status?: string
  readonly page?: number
}

/** `latchkey token list` */
export async function list(flags: ListFlags): Promise<void> {
  const status = flags.status === undefined ? undefined : STATUS[flags.status]
  if (flags.status !== undefined && status === undefined) {
    throw new CommandFailure('--status: accepted is active or paused', {
      next: ['latchkey token list --status active'],
    })
  }
  await using connection = await connect(flags)
  const pageIndex = flags.page ?? 1
  const answer = await connection.ask('appToken', 'list', {
    filter: {
      objectType: 'KalturaAppTokenFilter',
      orderBy: '-createdAt',
      ...(status === undefined ? {} : { statusEqual: status }),
    },
    pager: { objectType: 'KalturaFilterPager', pageSize: PAGE, pageIndex },
    responseProfile: { ...WITHOUT_VALUES, fields: `${textOf(WITHOUT_VALUES.fields)},objects,totalCount` },
  })
  if (flags.json === true) return writeJson(withoutValues(answer))
  const { tokens, total } = parseTokenList(answer)
  say(tokenTable(tokens))
  if (total === 0) tell('latchkey: there is no app token\nnext: latchkey token create --preset get-and-list\n')
  else if (total > pageIndex * PAGE) {
    tell(`latchkey: ${total} app tokens in all\nnext: latchkey token list --page ${pageIndex + 1}\n`)
  }
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
