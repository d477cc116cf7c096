import type { ActionSpec, ParameterSpec } from '../spec.ts'
import { filterOf, objectOf, PAGER } from './parameters.ts'

const ENTRY_ID: ParameterSpec = { name: 'entryId', type: 'string', isRequired: true, about: 'Id of the entry.' }
const ENTRY_TYPE: ParameterSpec = {
  name: 'type',
  type: { enum: 'KalturaEntryType' },
  fallback: '-1',
  about: 'Accepted; the sandbox makes media clips only.',
}

interface EntryService {
  readonly service: string
  /** Name of the parameter that carries an entry. */
  readonly parameter: string
  readonly entry: string
  readonly filter: string
  readonly list: string
}

function entryActions({ service, parameter, entry, filter, list }: EntryService): readonly ActionSpec[] {
  const result = { object: entry } as const
  return [
    {
      service,
      action: 'add',
      parameters: [objectOf(parameter, entry, 'The entry, without content.')],
      result,
      about: 'Adds an entry that has no content yet.',
    },
    {
      service,
      action: 'get',
      parameters: [
        ENTRY_ID,
        { name: 'version', type: 'int', fallback: -1, about: 'Accepted; the sandbox has one version.' },
      ],
      result,
      about: 'Reads an entry.',
    },
    {
      service,
      action: 'list',
      parameters: [filterOf(filter), PAGER],
      result: { object: list },
      about: 'Lists entries: an ADMIN session and one with list:* those of all users, others their own.',
    },
    {
      service,
      action: 'count',
      parameters: [filterOf(filter)],
      result: 'int',
      about: 'Counts the entries that a list would hold.',
    },
    {
      service,
      action: 'update',
      parameters: [ENTRY_ID, objectOf(parameter, entry, 'What changes.')],
      result,
      about: 'Changes an entry.',
    },
    { service, action: 'delete', parameters: [ENTRY_ID], about: 'Deletes an entry.' },
  ]
}

export const ENTRY_ACTIONS: readonly ActionSpec[] = [
  ...entryActions({
    service: 'baseEntry',
    parameter: 'entry',
    entry: 'KalturaBaseEntry',
    filter: 'KalturaBaseEntryFilter',
    list: 'KalturaBaseEntryListResponse',
  }),
  ...entryActions({
    service: 'media',
    parameter: 'entry',
    entry: 'KalturaMediaEntry',
    filter: 'KalturaMediaEntryFilter',
    list: 'KalturaMediaListResponse',
  }),
].map((spec) => ({
  ...spec,
  parameters: [
    // The original calls the changed entry by other names than the new one.
    ...spec.parameters.map((parameter) =>
      parameter.name === 'entry' && spec.action === 'update'
        ? { ...parameter, name: spec.service === 'media' ? 'mediaEntry' : 'baseEntry' }
        : parameter,
    ),
    ...(spec.service === 'baseEntry' && spec.action === 'add' ? [ENTRY_TYPE] : []),
  ],
}))
