import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnosis as CoreDiagnosis } from '@latchkey/core'
import {
  type Diagnosis,
  type KalturaMediaEntry,
  type KalturaMediaListResponse,
  type ListedBy,
  list,
  multirequest,
  type ResultOf,
  type Session,
} from '../src/index.ts'

/** Compiles only where the two are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function holds<_Claim extends true>(): void {}

// Checked by the compiler; a line that compiles against `@ts-expect-error` fails the check of types.
test('the types of calls are those of the registry, and open beyond it', () => {
  holds<Same<ResultOf<'media', 'list'>, KalturaMediaListResponse>>()
  holds<Same<ResultOf<'appToken', 'delete'>, null>>()
  holds<Same<ResultOf<'media', 'count'>, number>>()
  holds<Same<ResultOf<'playlist', 'list'>, unknown>>()
  holds<Same<ResultOf<'media', 'unheardOf'>, unknown>>()
  holds<Same<ListedBy<'media'>, KalturaMediaEntry>>()
  holds<Same<ListedBy<'playlist'>, Readonly<Record<string, unknown>>>>()
  assert.equal(typeof calls, 'function')
})

test('what the server gives as a diagnosis fits the type of the SDK', () => {
  const given = (diagnosis: CoreDiagnosis): Diagnosis => diagnosis
  assert.equal(typeof given, 'function')
})

/** Never run. */
export async function calls(session: Session): Promise<void> {
  const page = await session.call('media', 'list')
  const names: (string | undefined)[] | undefined = page.objects?.map(({ name }) => name)
  await session.call('media', 'list', { filter: { mediaTypeEqual: 1 }, language: 'EN' }, { timeoutMs: 5 })
  await session.call('appToken', 'update', { id: 'x', appToken: { sessionUserId__null: '' } })
  await session.call('playlist', 'list', { anything: [names] }, { timeoutMs: 5 })
  await session.call<string, string>('media', 'list', { filter: { aFieldOfAnotherServer: 1 } })
  // @ts-expect-error the entry's id is required
  await session.call('media', 'get')
  // @ts-expect-error no such field
  await session.call('media', 'list', { filter: { nameLiek: 'x' } })
  // @ts-expect-error read-only
  await session.call('appToken', 'add', { appToken: { token: 'x' } })
  // @ts-expect-error a pager is the list's own affair
  list(session, 'media', { pager: { pageSize: 1 } })
  for await (const entry of list(session, 'media')) entry.duration?.toFixed()
  const request = multirequest(session)
  const role = request.add('userRole', 'add', { userRole: { name: 'x' } })
  request.add('userRole', 'get', { userRoleId: role.ref('id') })
  role.result.permissionNames?.split(',')
}
