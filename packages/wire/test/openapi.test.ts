import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OpenApiJson, openApiDocument, REGISTRY } from '@latchkey/wire'

const document = openApiDocument({ version: '1.2.3', serverUrl: 'https://example.org' })

/** Looks along names; a name that is not there ends the test. */
function at(value: OpenApiJson, ...names: readonly string[]): OpenApiJson {
  let found = value
  for (const name of names) {
    assert.ok(typeof found === 'object' && found !== null && name in found, `${name} in ${names.join(' / ')}`)
    found = Reflect.get(found, name)
  }
  return found
}

function* references(value: OpenApiJson): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [name, part] of Object.entries(value)) {
    if (name === '$ref' && typeof part === 'string') yield part
    else yield* references(part)
  }
}

test('every action has an operation with its parameters, and those that it cannot do without are required', () => {
  for (const { service, action, parameters } of REGISTRY) {
    const post = at(document, 'paths', `/api_v3/service/${service}/action/${action}`, 'post')
    assert.equal(at(post, 'operationId'), `${service}_${action}`)
    const body = at(post, 'requestBody', 'content', 'application/json', 'schema')
    assert.deepEqual(Object.keys(at(body, 'properties') ?? {}), ['format', 'ks', ...parameters.map(({ name }) => name)])
    const needed = parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name)
    assert.deepEqual(at(body, 'required'), ['format', ...needed])
  }
  assert.equal(Object.keys(at(document, 'paths') ?? {}).length, REGISTRY.length + 1)
})

test('every reference leads somewhere, and nothing is there that nobody refers to', () => {
  const used = new Set(references(document))
  for (const reference of used) at(document, ...reference.slice(2).split('/'))
  for (const name of Object.keys(at(document, 'components', 'schemas') ?? {})) {
    assert.ok(used.has(`#/components/schemas/${name}`), name)
  }
})

test('what a parameter takes may be of a class that inherits from the one it names', () => {
  const media = at(document, 'paths', '/api_v3/service/baseEntry/action/list', 'post', 'requestBody', 'content')
  const filter = at(media, 'application/json', 'schema', 'properties', 'filter')
  assert.match(JSON.stringify(filter), /KalturaBaseEntryFilter.*KalturaMediaEntryFilter/)
})

test('a call may be answered with a refusal, with status 200 or with one that says so', () => {
  const responses = at(document, 'paths', '/api_v3/service/media/action/list', 'post', 'responses')
  assert.deepEqual(Object.keys(responses ?? {}), ['200', '4XX', '5XX'])
  assert.match(JSON.stringify(at(responses, '200')), /KalturaMediaListResponse.*KalturaAPIException/)
})

test('names the version and the address that it is given', () => {
  assert.deepEqual(
    [at(document, 'info', 'version'), at(document, 'servers', '0', 'url')],
    ['1.2.3', 'https://example.org'],
  )
})
