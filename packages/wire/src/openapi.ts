/** The registry as an OpenAPI document, for generators of clients and for tools that read one. */
import { ERROR_SCHEMAS, refusals } from './openapi-errors.ts'
import { componentsOf, type Json, type JsonObject, reference, schemaOf } from './openapi-schemas.ts'
import { REGISTRY } from './registry/registry.ts'
import type { ActionSpec, ParameterSpec } from './spec.ts'

export interface OpenApiOptions {
  /** Of the program that serves the document. */
  readonly version: string
  /** Where the API is; absolute, or relative to where the document lies. */
  readonly serverUrl?: string | undefined
}

const ABOUT = `Calls are forms or JSON; here they are JSON. \`format\` has to be 1, since answers are XML without it.
A refusal comes with status 200 and \`objectType\` KalturaAPIException, unless the header \`X-Latchkey-Status: http\` asks for
statuses. A session goes along as \`Authorization: Bearer\`, or as the field \`ks\` of the body.`

/** Fields of every call. */
const COMMON_FIELDS: JsonObject = {
  format: { type: 'integer', const: 1, description: 'JSON.' },
  ks: { type: 'string', description: 'The session, where it does not come as a bearer.' },
}

/**
 * An OpenAPI 3.1 document of every action of the registry: each is a `POST` with a JSON body, under the id
 * `service_action`. The same registry gives the same document.
 */
export function openApiDocument({ version, serverUrl = '/' }: OpenApiOptions): JsonObject {
  const used = new Set<string>()
  const actions = REGISTRY.map((spec): [string, JsonObject] => [pathOf(spec), { post: operation(spec, used) }])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Latchkey',
      version,
      summary: 'Sessions for app tokens, over the Kaltura API v3 protocol',
      description: ABOUT,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: serverUrl }],
    // A call that needs no session may go without one.
    security: [{ session: [] }, { appToken: [] }, {}],
    paths: { ...Object.fromEntries(actions), '/api_v3/service/multirequest': { post: multirequest() } },
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'A session string.' },
        appToken: {
          type: 'oauth2',
          description: 'Client id and secret are id and value of an app token; the access token is a session.',
          flows: { clientCredentials: { tokenUrl: `${serverUrl.replace(/\/$/, '')}/oauth2/token`, scopes: {} } },
        },
      },
      parameters: {
        Status: {
          name: 'X-Latchkey-Status',
          in: 'header',
          description: 'http: a refusal is a 4xx, a fault a 5xx. legacy: both are a 200.',
          schema: { type: 'string', enum: ['http', 'legacy'] },
        },
      },
      responses: {
        Refused: {
          description: 'Refused; only where statuses were asked for.',
          content: json(reference('KalturaAPIException')),
        },
      },
      schemas: { ...componentsOf(used), ...ERROR_SCHEMAS },
    },
  }
}

function pathOf({ service, action }: ActionSpec): string {
  return `/api_v3/service/${service}/action/${action}`
}

function operation(spec: ActionSpec, used: Set<string>): JsonObject {
  const required = spec.parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const fields = spec.parameters.map((parameter) => [parameter.name, field(parameter, used)] as const)
  const result: JsonObject = spec.result === undefined ? { type: 'null' } : schemaOf(spec.result, 'answer', used)
  return {
    operationId: `${spec.service}_${spec.action}`,
    tags: [spec.service],
    summary: spec.about,
    parameters: [{ $ref: '#/components/parameters/Status' }],
    requestBody: {
      required: true,
      content: json({
        type: 'object',
        required: ['format', ...required],
        properties: { ...COMMON_FIELDS, ...Object.fromEntries(fields) },
      }),
    },
    responses: answers({ anyOf: [...alternatives(result), reference('KalturaAPIException')] }),
  }
}

function field({ type, fallback, about }: ParameterSpec, used: Set<string>): JsonObject {
  const schema = schemaOf(type, 'call', used)
  return { ...schema, description: about, ...(fallback === undefined ? {} : { default: fallback }) }
}

/** Several calls in one; step n is field n, and later steps take from earlier ones by texts such as `{1:result:id}`. */
function multirequest(): JsonObject {
  const step: JsonObject = {
    type: 'object',
    required: ['service', 'action'],
    properties: { service: { type: 'string' }, action: { type: 'string' } },
    additionalProperties: true,
  }
  return {
    operationId: 'multirequest',
    tags: ['multirequest'],
    summary:
      'Several calls in one: field 1 is the first, and so on. {1:result:id} in a later one is the id of the first result.',
    parameters: [{ $ref: '#/components/parameters/Status' }],
    requestBody: {
      required: true,
      content: json({
        type: 'object',
        required: ['format', '1'],
        properties: { ...COMMON_FIELDS, '1': step },
        patternProperties: { '^[1-9][0-9]*$': step },
      }),
    },
    responses: answers({
      anyOf: [{ type: 'array', description: 'An answer a step.', items: {} }, reference('KalturaAPIException')],
    }),
  }
}

function answers(schema: JsonObject): JsonObject {
  return { '200': { description: 'The result, or why there is none.', content: json(schema) }, ...refusals() }
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } }
}

/** A choice of choices is one. */
function alternatives(schema: JsonObject): readonly Json[] {
  const { anyOf } = schema
  return Array.isArray(anyOf) ? anyOf : [schema]
}
