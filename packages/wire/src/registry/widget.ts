import type { ActionSpec } from '../spec.ts'
import { filterOf, ID, objectOf, PAGER } from './parameters.ts'

const WIDGET = { object: 'KalturaWidget' } as const

export const WIDGET_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'widget',
    action: 'add',
    parameters: [objectOf('widget', 'KalturaWidget', 'What sessions that are started with it are to be like.')],
    result: WIDGET,
    about: 'Adds a widget, with whose id anybody may start a widget session.',
  },
  { service: 'widget', action: 'get', parameters: [ID], result: WIDGET, about: 'Reads a widget; open to everybody.' },
  {
    service: 'widget',
    action: 'list',
    parameters: [filterOf('KalturaWidgetFilter'), PAGER],
    result: { object: 'KalturaWidgetListResponse' },
    about: 'Lists the widgets of the account.',
  },
]
