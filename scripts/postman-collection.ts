// The collection of examples/postman: the three calls, with the hash by the expression of the recipe.
import { formFields, type RequestStep, requestPath, stepRequest } from '../packages/console/src/snippets/requests.ts'
import { RECIPES } from './recipes.ts'

export const COLLECTION = 'examples/postman/latchkey.postman_collection.json'

/** The collection in Postman's format 2.1. Its variables may be given by an environment, or by `newman run --env-var`. */
export function postmanCollection(): string {
  const hash = RECIPES.find(({ id }) => id === 'postman')?.hash?.expressions.SHA256 ?? ''
  const collection = {
    info: {
      name: 'Log in with an app token',
      description:
        'Fill in url (without a slash at its end), partnerId, tokenId and tokenValue, then run all three in order. The app token is one of hashType SHA256.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    variable: ['url', 'partnerId', 'tokenId', 'tokenValue'].map((key) => ({ key, value: '' })),
    event: [script('test', REFUSED)],
    item: [
      item('1 Widget session', 'widget', [
        script('test', ["pm.variables.set('widgetSession', pm.response.json().ks || '')"]),
      ]),
      item('2 Session', 'session', [
        script('prerequest', [
          "const ks = pm.variables.get('widgetSession')",
          "const token = pm.variables.get('tokenValue')",
          `pm.variables.set('tokenHash', ${hash})`,
        ]),
        script('test', ["pm.variables.set('session', pm.response.json().ks || '')"]),
      ]),
      item('3 List', 'call', []),
    ],
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}

/** An error comes with status 200: only the answer tells. */
const REFUSED = [
  "pm.test('is not refused', () => {",
  '  const answer = pm.response.json()',
  "  if (answer && answer.objectType === 'KalturaAPIException') throw new Error(answer.code + ': ' + answer.message)",
  '})',
]

function script(listen: 'test' | 'prerequest', exec: readonly string[]): object {
  return { listen, script: { type: 'text/javascript', exec } }
}

function item(name: string, step: RequestStep, event: readonly object[]): object {
  const text = (value: string) => ({ kind: 'text', value }) as const
  const request = stepRequest(
    step,
    {
      serviceUrl: '{{url}}',
      partnerId: '{{partnerId}}',
      widgetId: '_{{partnerId}}',
      tokenId: '{{tokenId}}',
      hashType: 'SHA256',
      startSession: {},
      call: { service: 'media', action: 'list', params: { pager: { pageSize: 3 } } },
    },
    { widget: text('{{widgetSession}}'), hash: text('{{tokenHash}}'), session: text('{{session}}') },
  )
  const fields = formFields(request.entries).map(([key, value]) => ({
    key,
    value: value.kind === 'text' ? value.value : '',
  }))
  return {
    name,
    event,
    request: {
      method: 'POST',
      url: `{{url}}/api_v3/${requestPath(request)}`,
      body: { mode: 'urlencoded', urlencoded: [{ key: 'format', value: '1' }, ...fields] },
    },
  }
}
