import type { ParameterSpec } from '../spec.ts'

/** Parameters that many actions share. */
export const ID: ParameterSpec = { name: 'id', type: 'string', isRequired: true, about: 'Id of the object.' }

export const PAGER: ParameterSpec = {
  name: 'pager',
  type: { object: 'KalturaFilterPager' },
  about: 'Page of the list: pageSize (30 unless given, 500 at most) and pageIndex from 1.',
}

export function filterOf(className: string): ParameterSpec {
  return { name: 'filter', type: { object: className }, about: 'What the objects must match; absent is all.' }
}

export function objectOf(name: string, className: string, about: string): ParameterSpec {
  return { name, type: { object: className }, isRequired: true, about }
}
