/** What every call may answer in place of its result. */
import { HTTP_STATUS } from './http-status.ts'
import { type JsonObject, reference } from './openapi-schemas.ts'

const TEXT: JsonObject = { type: 'string' }
const TEXTS: JsonObject = { type: 'array', items: TEXT }

/** By the names under which the document has them. */
export const ERROR_SCHEMAS: JsonObject = {
  KalturaAPIException: {
    type: 'object',
    description: 'A refusal, or a fault. It comes with status 200 unless X-Latchkey-Status asks for others.',
    required: ['code', 'message', 'objectType'],
    properties: {
      code: { type: 'string', description: 'Stable; programs go by it.', examples: ['SERVICE_FORBIDDEN'] },
      message: { type: 'string', examples: ['The access to service [user->list] is forbidden'] },
      objectType: { type: 'string', enum: ['KalturaAPIException'] },
      args: { description: 'What was put into the message; an empty list where it takes nothing.' },
      diagnosis: reference('LatchkeyDiagnosis'),
    },
  },
  LatchkeyDiagnosis: {
    type: 'object',
    description: 'How far the request got, why no further, and what to do. Absent fields have nothing to say.',
    required: ['stage', 'passed', 'cause', 'requestId', 'serverTime'],
    properties: {
      stage: { type: 'string', description: 'The step where it stopped.', examples: ['hash'] },
      passed: { ...TEXTS, description: 'The steps before it.' },
      cause: {
        type: 'object',
        required: ['id', 'title', 'saw', 'remedy', 'docs'],
        properties: {
          id: { type: 'string', description: 'Stable.', examples: ['hash-upper-case'] },
          title: TEXT,
          saw: { type: 'string', description: 'Lengths and edges, never a secret.' },
          remedy: TEXTS,
          docs: TEXT,
        },
      },
      mistakes: { ...TEXTS, description: 'Ids of causes, where a hash shows several at once.' },
      needed: { ...TEXTS, description: 'Permissions; any one is enough.' },
      allOf: { ...TEXTS, description: 'Permissions that are all needed, in place of any one.' },
      held: {
        type: 'array',
        items: { type: 'object', properties: { permission: TEXT, from: TEXT }, required: ['permission', 'from'] },
      },
      fixes: {
        type: 'array',
        description: 'Changes that would let it through, smallest first.',
        items: {
          type: 'object',
          required: ['id', 'title', 'opens', 'change'],
          properties: {
            id: TEXT,
            title: TEXT,
            opens: { type: 'integer', description: 'How many other actions it opens as well.' },
            change: {
              type: 'array',
              items: {
                type: 'object',
                required: ['service', 'action', 'params'],
                properties: { service: TEXT, action: TEXT, params: { type: 'object' } },
              },
            },
          },
        },
      },
      requestId: TEXT,
      serverTime: { type: 'integer', description: 'Seconds since 1970.' },
    },
  },
}

/** The answers of a refusal for whoever asked for statuses. */
export function refusals(): JsonObject {
  const statuses = [...new Set(Object.values(HTTP_STATUS))].sort((a, b) => a - b)
  const ranges = [...new Set(statuses.map((status) => `${Math.floor(status / 100)}XX`))]
  return Object.fromEntries(ranges.map((range) => [range, { $ref: '#/components/responses/Refused' }]))
}
