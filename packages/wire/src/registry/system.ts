import type { ActionSpec } from '../spec.ts'

export const SYSTEM_ACTIONS: readonly ActionSpec[] = [
  { service: 'system', action: 'ping', parameters: [], result: 'bool', about: 'Answers true.' },
  {
    service: 'system',
    action: 'getTime',
    parameters: [],
    result: 'int',
    about: "The server's clock in epoch seconds.",
  },
  { service: 'system', action: 'getVersion', parameters: [], result: 'string', about: 'Version of this server.' },
  {
    service: 'partner',
    action: 'getInfo',
    parameters: [],
    result: { object: 'KalturaPartner' },
    about: 'The account of the session, without its secrets.',
  },
]
