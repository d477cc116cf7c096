import type { ActionSpec, ParameterSpec } from '../spec.ts'
import { filterOf, ID, PAGER } from './parameters.ts'

const ACTIONS: ParameterSpec = {
  name: 'actions',
  type: 'names',
  about: 'service.action, several in a list or with commas between them.',
}
const TOKEN_ID: ParameterSpec = {
  name: 'tokenId',
  type: 'string',
  about: "Id of an app token; absent is the calling session's own access.",
}
const ROLE_ID: ParameterSpec = { name: 'roleId', type: 'int', about: 'A role, in place of a token.' }
const SERVICES: ParameterSpec = { name: 'services', type: 'names', about: 'Names of services; absent is all.' }
const APP_TOKEN = { object: 'KalturaAppToken' } as const

/** Services of ours on the same wire. */
export const LATCHKEY_ACTIONS: readonly ActionSpec[] = [
  {
    service: 'latchkey_access',
    action: 'explain',
    parameters: [
      { ...ACTIONS, isRequired: true },
      TOKEN_ID,
      ROLE_ID,
      {
        name: 'context',
        type: { object: 'LatchkeyContext' },
        about: 'Address, URI and entry id to judge it under; what is left out closes no gate.',
      },
    ],
    result: { array: { object: 'LatchkeyExplanation' } },
    about: 'Says of each action whether it would be let through, why, and what would let it through.',
  },
  {
    service: 'latchkey_access',
    action: 'matrix',
    parameters: [TOKEN_ID, ROLE_ID, SERVICES],
    result: { object: 'LatchkeyMatrix' },
    about: 'A row a service with allow, own, deny or never for each of its actions.',
  },
  {
    service: 'latchkey_access',
    action: 'suggest',
    parameters: [
      ACTIONS,
      {
        name: 'preset',
        type: 'string',
        about: 'get-and-list, upload, recent-calls or full, in place of or with actions.',
      },
      { ...SERVICES, about: 'Of the preset get-and-list: which services; absent is all.' },
      {
        name: 'allowSensitive',
        type: 'bool',
        about: 'Proposes also what shows secrets or changes app tokens or roles.',
      },
    ],
    result: { object: 'LatchkeySuggestion' },
    about: 'The least that opens some actions, and the calls that make an app token of it.',
  },
  {
    service: 'latchkey_access',
    action: 'reach',
    parameters: [{ ...TOKEN_ID, about: 'Id of an app token; absent is the one that the session came from.' }],
    result: { object: 'LatchkeyReach' },
    about: 'All that whoever holds an app token can do with it.',
  },
  {
    service: 'latchkey_access',
    action: 'compare',
    parameters: [
      { name: 'a', type: 'string', isRequired: true, about: 'A session string, an app token id or a role id.' },
      { name: 'b', type: 'string', isRequired: true, about: 'Another one.' },
    ],
    result: { object: 'LatchkeyComparison' },
    about: 'What each of two can call that the other cannot.',
  },
  {
    service: 'latchkey_access',
    action: 'lint',
    parameters: [
      { ...TOKEN_ID, about: 'Id of an app token that there is.' },
      { name: 'appToken', type: APP_TOKEN, about: 'Or the settings of one that is only thought of.' },
      { ...ACTIONS, about: 'What it is wanted for: service.action, with commas between them.' },
    ],
    result: { object: 'LatchkeyLint' },
    about: 'Says what an app token will do, and what about it will hurt.',
  },
  {
    service: 'latchkey_token',
    action: 'pause',
    parameters: [ID],
    result: APP_TOKEN,
    about: 'Stops an app token and, while it is paused, the sessions that it started.',
  },
  {
    service: 'latchkey_token',
    action: 'resume',
    parameters: [ID],
    result: APP_TOKEN,
    about: 'Lets a paused app token and its sessions go on.',
  },
  {
    service: 'latchkey_token',
    action: 'rotate',
    parameters: [
      ID,
      {
        name: 'overlap',
        type: 'int',
        fallback: 86_400,
        about: 'For how many seconds the old value is taken beside the new one; -1 is until finish.',
      },
      { name: 'finish', type: 'bool', about: 'Makes no new value, but ends the overlap of the last rotation.' },
    ],
    result: APP_TOKEN,
    about: 'Gives an app token a new value, and answers with it.',
  },
  {
    service: 'latchkey_token',
    action: 'usage',
    parameters: [ID],
    result: { object: 'LatchkeyTokenUsage' },
    about: 'How often an app token was used and refused, when last, and who still uses its old value.',
  },
  {
    service: 'latchkey_token',
    action: 'annotate',
    parameters: [
      ID,
      { name: 'labels', type: 'names', about: 'In place of those it has; empty clears them.' },
      { name: 'note', type: 'string', about: 'Free text; empty clears it.' },
      { name: 'addresses', type: 'names', about: 'Addresses and ranges that it may be used from; empty is anywhere.' },
      { name: 'startsPerMinute', type: 'int', about: 'Sessions that it starts a minute at most; 0 is no limit.' },
    ],
    result: APP_TOKEN,
    about: 'Writes down what an app token is for, and binds it to addresses and a rate.',
  },
  {
    service: 'latchkey_journal',
    action: 'list',
    parameters: [filterOf('LatchkeyJournalFilter'), PAGER],
    result: { object: 'LatchkeyJournalListResponse' },
    about: 'What was issued, refused, revoked and changed, the newest first.',
  },
]
