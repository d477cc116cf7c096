import { leastAt, type Wanted } from '../access/least.ts'
import { runChange } from '../access/run-change.ts'
import { knownActions, listed } from '../access/wanted-names.ts'
import { CommandFailure } from '../command-failure.ts'
import { connect } from '../connect/connect.ts'
import type { Connection } from '../connect/endpoint.ts'
import type { ConnectionFlags } from '../connect/flags.ts'
import { isObject, type JsonObject, namesIn, numberOf, objectOf, objectsOf, textOf } from '../connect/json.ts'
import type { ToldCall } from '../connect/outcome.ts'
import { say, tell, writeJson } from '../output.ts'
import { fields, table, timeInWords } from '../view/table.ts'

const MOST = 500

/** `latchkey role list` */
export async function list(flags: ConnectionFlags): Promise<void> {
  await using connection = await connect(flags)
  const answer = await connection.ask('userRole', 'list', {
    filter: { objectType: 'KalturaUserRoleFilter' },
    pager: { objectType: 'KalturaFilterPager', pageSize: MOST, pageIndex: 1 },
  })
  const total = numberOf(objectOf(answer).totalCount) ?? 0
  if (total > MOST) tell(`latchkey: ${MOST} of ${total} roles\nnext: latchkey role show <system name>\n`)
  if (flags.json === true) return writeJson(answer)
  const isOwn = (role: JsonObject) => numberOf(role.partnerId) === connection.partnerId
  const roles = objectsOf(objectOf(answer).objects)
  const rows = [...roles.filter(isOwn), ...roles.filter((role) => !isOwn(role))].map((role) => [
    textOf(role.id),
    isOwn(role) ? 'own' : 'shared',
    textOf(role.name),
    namesIn(textOf(role.permissionNames)).join(' '),
  ])
  say(table(['ID', 'WHOSE', 'NAME', 'PERMISSIONS'], rows))
  tell('next: latchkey role show <id>\n')
}

/** `latchkey role show` @param name its id or system name */
export async function show(name: string, flags: ConnectionFlags): Promise<void> {
  await using connection = await connect(flags)
  const role = await roleNamed(connection, name)
  if (flags.json === true) return writeJson(role)
  say(describe(role))
}

async function roleNamed(connection: Connection, name: string): Promise<JsonObject> {
  if (/^\d{1,15}$/.test(name)) return objectOf(await connection.ask('userRole', 'get', { userRoleId: Number(name) }))
  for (const field of ['systemNameEqual', 'nameEqual']) {
    const filter = { objectType: 'KalturaUserRoleFilter', [field]: name }
    const [found] = objectsOf(objectOf(await connection.ask('userRole', 'list', { filter })).objects)
    if (found !== undefined) return found
  }
  throw new CommandFailure(`there is no role ${JSON.stringify(name)}`, { next: ['latchkey role list'], exitCode: 1 })
}

function describe(role: JsonObject): string {
  const permissions = namesIn(textOf(role.permissionNames))
  return fields([
    ['id', textOf(role.id)],
    ['name', textOf(role.name)],
    ['system name', textOf(role.systemName)],
    ['description', textOf(role.description)],
    ['made', timeInWords(numberOf(role.createdAt))],
    ['permissions', permissions.length === 0 ? 'none' : permissions.join(' ')],
  ])
}

interface CreateFlags extends ConnectionFlags {
  readonly actions?: string
  readonly preset?: Wanted['preset']
  readonly services?: string
  readonly permissions?: string
  readonly dryRun?: boolean
}

/** `latchkey role create` */
export async function create(name: string, flags: CreateFlags): Promise<void> {
  const actions = knownActions(listed([flags.actions]), `latchkey role create ${JSON.stringify(name)} --actions`)
  const ways = [actions.length > 0, flags.preset !== undefined, flags.permissions !== undefined]
  if (ways.filter((isGiven) => isGiven).length !== 1) {
    throw new CommandFailure('give one of --actions, --preset and --permissions', {
      next: [`latchkey role create ${JSON.stringify(name)} --actions media.list,media.get`],
    })
  }
  await using connection = await connect(flags)
  const wanted = { preset: flags.preset, services: listed([flags.services]), actions }
  const change =
    flags.permissions === undefined
      ? named((await leastAt(connection, wanted)).change, name)
      : [roleOf(name, listed([flags.permissions]))]
  if (flags.dryRun === true) return writeJson(change)
  const made = objectOf((await runChange(connection, change)).at(-1))
  if (flags.json === true) return writeJson(made)
  say(describe(made))
  tell(`next: latchkey role show ${textOf(made.id)}\n`)
}

/** The calls for the role only: all before the app token. */
function named(change: readonly ToldCall[], name: string): readonly ToldCall[] {
  return change
    .filter(({ service }) => service !== 'appToken')
    .map((call) => {
      const { userRole } = call.params
      if (call.service !== 'userRole' || !isObject(userRole)) return call
      return { ...call, params: { ...call.params, userRole: { ...userRole, name } } }
    })
}

function roleOf(name: string, permissions: readonly string[]): ToldCall {
  const userRole = { objectType: 'KalturaUserRole', name, permissionNames: permissions.join(',') }
  return { service: 'userRole', action: 'add', params: { userRole } }
}
