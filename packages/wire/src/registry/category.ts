import type { ActionSpec, ParameterSpec } from '../spec.ts'
import { filterOf, objectOf, PAGER } from './parameters.ts'

const CATEGORY = { object: 'KalturaCategory' } as const
const CATEGORY_ID: ParameterSpec = { name: 'id', type: 'int', isRequired: true, about: 'Id of the category.' }

export const CATEGORY_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'category',
    action: 'add',
    parameters: [objectOf('category', 'KalturaCategory', 'The category, with its name.')],
    result: CATEGORY,
    about: 'Adds a category.',
  },
  { service: 'category', action: 'get', parameters: [CATEGORY_ID], result: CATEGORY, about: 'Reads a category.' },
  {
    service: 'category',
    action: 'list',
    parameters: [filterOf('KalturaCategoryFilter'), PAGER],
    result: { object: 'KalturaCategoryListResponse' },
    about: 'Lists categories.',
  },
  {
    service: 'category',
    action: 'update',
    parameters: [CATEGORY_ID, objectOf('category', 'KalturaCategory', 'What changes.')],
    result: CATEGORY,
    about: 'Changes a category.',
  },
  {
    service: 'category',
    action: 'delete',
    parameters: [
      CATEGORY_ID,
      {
        name: 'moveEntriesToParentCategory',
        type: { enum: 'KalturaNullableBoolean' },
        fallback: 1,
        about: 'Accepted; entries leave the category.',
      },
    ],
    about: 'Deletes a category with all below it.',
  },
]
