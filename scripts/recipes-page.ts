// The pages of docs/recipes, all by one template, of the table in recipes-*.ts. `npm run docs` writes them.
import { HASH_TYPES, type HashType } from '@latchkey/core'
import { ETL_EXAMPLE, type EtlHash } from '../packages/console/src/snippets/etl-hash.ts'
import { formFields, type RequestStep, requestPath, stepRequest } from '../packages/console/src/snippets/requests.ts'
import { nodePrimitives } from '../packages/core/node/primitives.ts'
import type { Recipe } from './recipe.ts'
import { RECIPES } from './recipes.ts'

const { session: KS, token: TOKEN, hashes } = ETL_EXAMPLE
const FOLDER = 'docs/recipes'

/** Path and text of all pages, the list of them included. */
export function recipePages(): readonly (readonly [string, string])[] {
  return [[`${FOLDER}/README.md`, index()], ...RECIPES.map((recipe) => [pathOf(recipe), page(recipe)] as const)]
}

/** The section of docs/README.md, between its marks. */
export function recipesSection(): string {
  const line = (recipe: Recipe) => `- [${recipe.title}](recipes/${recipe.id}.md): ${doors(recipe)}`
  return [
    '- [All recipes](recipes/README.md): which door each tool has, and what is run here',
    ...RECIPES.map(line),
  ].join('\n')
}

function pathOf({ id }: Recipe): string {
  return `${FOLDER}/${id}.md`
}

function index(): string {
  const rows = RECIPES.map(
    (recipe) =>
      `| [${recipe.title}](${recipe.id}.md) | ${YES_NO[recipe.oauth2]} | ${Object.keys(recipe.hash?.expressions ?? {}).join(', ') || 'none known'} | ${RUN[recipe.run]} |`,
  )
  return `# Recipes for tools without code

A page for each tool, all made alike: which door to use, how to make the app token for it, the fields of its calls, the hash, a pair of
inputs to try it with, how to see a refusal, how to renew. *Run* says whether our tests run what the page says. This page and all
others here are made by \`npm run docs\` of one table.

| tool | OAuth2 built in | hashes that it has | run |
| --- | --- | --- | --- |
${rows.join('\n')}

Not on the list? With OAuth2's client credentials any page that has them will do; with a hash, [the one of a shell](shell.md)
and [the fields](../how-to/log-in-with-an-app-token.md) do. For programs there are [examples](../../examples/README.md).
`
}

const YES_NO = { yes: 'yes', no: 'no', unknown: 'not known' } as const
const RUN = { tests: 'run', expression: 'its expression', no: 'not run' } as const

function doors({ oauth2, hash }: Recipe): string {
  const known = [
    oauth2 === 'yes' ? 'OAuth2' : '',
    hash === undefined ? '' : `a hash (${Object.keys(hash.expressions).join(', ')})`,
  ]
  return known.filter((door) => door !== '').join(', or ') || 'what it can, and what it cannot do by itself'
}

function page(recipe: Recipe): string {
  const sections = [
    `# ${recipe.title}\n\n${status(recipe)}`,
    whichDoor(recipe),
    makeToken(recipe),
    recipe.oauth2 === 'no' ? '' : oauth2(recipe),
    byHash(recipe),
    recipe.hash === undefined ? '' : vector(recipe),
    READ_A_REFUSAL,
    renew(recipe),
    readOn(recipe),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function status({ run, hash }: Recipe): string {
  if (run === 'tests') return '**Run:** our tests run what this page says.'
  const tell =
    hash === undefined
      ? 'a call that is refused says why'
      : '[the test vector](#the-test-vector) tells at once whether it is right'
  if (run === 'expression') {
    return `**Not run** in the tool itself, which we do not have. The expression is run by our tests in its language; ${tell}.`
  }
  return `**Not run:** we do not have the tool, and this page is made of what is published about it. In your hands, ${tell}.`
}

function whichDoor(recipe: Recipe): string {
  const { oauth2, oauth2Note, hash, notes } = recipe
  const first =
    oauth2 === 'no'
      ? 'It has none built in'
      : oauth2 === 'yes'
        ? 'Built in'
        : 'Whether it is built in is not known here: look for *client credentials*'
  const second = hash === undefined ? 'No function for it is known' : 'It can hash'
  const more = notes.map((note) => `- ${note}`)
  return `## Which door

| door | here |
| --- | --- |
| OAuth2, client credentials | ${first}. ${oauth2Note ?? ''} |
| an app token's login, by hash | ${second}. |

${bestDoor(recipe)} OAuth2 is a door of Latchkey's own; the hash works at any server of the protocol.${more.length > 0 ? `\n\n${more.join('\n')}` : ''}`
    .replaceAll('  |', ' |')
    .replaceAll('. . ', '. ')
    .replaceAll(/\. +\|/g, '. |')
}

function bestDoor({ best, oauth2, hash }: Recipe): string {
  if (best !== undefined) return best
  if (oauth2 === 'yes') return 'Use OAuth2: there is nothing to calculate.'
  if (hash !== undefined) return oauth2 === 'no' ? 'Use the hash.' : 'Use OAuth2 where you find it, else the hash.'
  const other = 'has to hash, as [the examples](../../examples/README.md) do.'
  return oauth2 === 'no'
    ? `A program or another tool ${other}`
    : `Use OAuth2 where you find it; else a program ${other}`
}

function makeToken({ hashType, hash }: Recipe): string {
  const types = Object.keys(hash?.expressions ?? HASH_TYPES)
  const type =
    types.length === 4 || hash === undefined
      ? `\`hashType\` ${hashType}`
      : `\`hashType\` ${types.join(' or ')}, which are those that this tool is known to have`
  return `## Make the token for it

The account's owner does this once. In the [console](../how-to/use-the-console.md), *Create “get and list only”* makes one that reads and does
nothing else. Without the console it takes [two calls](../how-to/get-and-list-only.md): \`latchkey_access.suggest\` with
\`preset=get-and-list\`, and its answer's \`change\`, sent as a multirequest. Either way with ${type}${hashType === 'MD5' ? '; it is weak, and `latchkey_access.lint` says so' : ''}.
Keep the token's \`id\` and its value, the field \`token\`.`
}

function oauth2({ oauth2: has }: Recipe): string {
  return `## By OAuth2

${has === 'yes' ? '' : 'Where the tool asks for client credentials:\n\n'}| field of the tool | value |
| --- | --- |
| grant type | client credentials |
| access token URL | \`https://…/oauth2/token\` |
| client id | the app token's id, such as \`0_k3v9qz1m\` |
| client secret | the app token's value: 32 of 0-9 and a-f |
| client authentication | Basic header or body, either will do |
| scope | nothing, or what the job needs, such as \`media.list media.get\` |
| URL of the call | \`https://…/api_v3/service/media/action/list?format=1\` |
| header of the call | \`X-Latchkey-Status: http\`, so that a refusal is a 4xx |

The access token is the session. It goes along as \`Authorization: Bearer\`, which such a tool adds by itself; leave \`ks\` out. A server
that is no Latchkey takes neither. What its errors mean: [connect a tool that speaks OAuth2](../how-to/oauth2.md).`
}

function byHash(recipe: Recipe): string {
  const { hash, hashType } = recipe
  const own =
    hash === undefined
      ? `The tool has no function that is known to hash. Whatever makes it hashes the session string of call 1, right behind it the token's value,
and nothing else, to lower-case hex.`
      : `${ordered(hash.expressions, hashType)
          .map(
            ([type, expression]) =>
              `${type}${type === hashType ? ', the one to take' : ''}:\n\n\`\`\`text\n${expression}\n\`\`\``,
          )
          .join('\n\n')}

\`ks\` and \`token\` stand for where the tool keeps the session string of call 1 and the token's value. Nothing is between the two and
nothing behind them; the result is hex without capitals.${hash.note === undefined ? '' : ` ${hash.note}`}`
  return `## By hash: three calls

Call 1 gets a session that anybody may have:

${callTable('widget')}

The hash:

${own}

Call 2 exchanges it for a session of your own:

${callTable('session')}

Call 3 reads, and is what you came for:

${callTable('call')}

${recipe.oauth2 === 'no' ? 'At Latchkey, the' : 'The'} header \`X-Latchkey-Status: http\` beside them makes a refusal a 4xx; a server that is no Latchkey ignores it.`
}

/** The one to take first. */
function ordered(expressions: EtlHash['expressions'], first: HashType): readonly (readonly [string, string])[] {
  return Object.entries(expressions).sort(([a], [b]) => Number(b === first) - Number(a === first))
}

/** The fields are those that the console's snippets send. */
function callTable(step: RequestStep): string {
  const text = (value: string) => ({ kind: 'text', value }) as const
  const request = stepRequest(
    step,
    {
      serviceUrl: 'https://…',
      partnerId: '123456',
      widgetId: '_123456',
      tokenId: '0_k3v9qz1m',
      hashType: 'SHA256',
      startSession: { expiry: step === 'session' ? 3600 : undefined },
      call: { service: 'media', action: 'list', params: { pager: { pageSize: 500, pageIndex: 1 } } },
    },
    { widget: text('the session string of call 1'), hash: text('the hash'), session: text('the session of call 2') },
  )
  const fields = formFields(request.entries).map(([name, value]) => {
    const written = value.kind === 'text' ? value.value : ''
    const about = ABOUT[name]
    return `| field \`${name}\` | ${/ /.test(written) ? written : `\`${written}\``}${about === undefined ? '' : `: ${about}`} |`
  })
  return [
    '| what | value |',
    '| --- | --- |',
    '| method | POST |',
    `| URL | \`https://…/api_v3/${requestPath(request)}\` |`,
    '| header | `Content-Type: application/x-www-form-urlencoded` |',
    '| field `format` | `1`: JSON |',
    ...fields,
    `| keep | ${KEEP[step]} |`,
  ].join('\n')
}

const ABOUT: Readonly<Record<string, string>> = {
  widgetId: 'an underscore and the account’s id',
  id: 'the token’s id, not its value',
  expiry: 'seconds; leave it out for as long as the token allows',
  'pager:pageIndex': 'then 2, 3, … until as many came as `totalCount` says',
}

const KEEP: Readonly<Record<RequestStep, string>> = {
  widget: 'the answer’s field `ks`',
  session: 'the answer’s fields `ks`, the session, and `expiry`, when it ends: seconds since 1970',
  call: '`objects`, and `totalCount`, how many there are in all',
}

function vector({ hash, hashType }: Recipe): string {
  const types = (['MD5', 'SHA1', 'SHA256', 'SHA512'] as const).filter((type) => hash?.expressions[type] !== undefined)
  const rows = types.map((type) => `| ${type} | \`${hashes[type]}\` |`)
  const mistakes = mistakesOf(hashType).map(([printed, what]) => `| \`${printed}\` | ${what} |`)
  return `## The test vector

With \`ks\` = \`${KS}\` and \`token\` = \`${TOKEN}\` the expression must give:

| hashType | hash |
| --- | --- |
${rows.join('\n')}

Something else came out, for ${hashType}?

| this came | then |
| --- | --- |
${mistakes.join('\n')}

[More of them](../reference/fingerprints.md), for a session string of real length.`
}

/** What the commonest mistakes print for the same inputs. */
function mistakesOf(type: HashType): readonly (readonly [string, string])[] {
  const { digest, digestHex, hmacHex, encodeUtf8, encodeBase64 } = nodePrimitives
  const name = HASH_TYPES[type]
  const both = KS + TOKEN
  const other = type === 'MD5' ? 'SHA1' : 'MD5'
  return [
    [hashes[type].toUpperCase(), 'capitals: make it lower-case'],
    [encodeBase64(digest(name, encodeUtf8(both))), 'Base64: ask for hex'],
    [digestHex(name, `${both}\n`), 'a line end was hashed too'],
    [digestHex(name, TOKEN + KS), 'the two are the wrong way round: the session string comes first'],
    [digestHex(name, utf16(both)), 'the text was hashed as UTF-16'],
    [hmacHex(name, encodeUtf8(TOKEN), encodeUtf8(KS)), 'an HMAC with the token as its key'],
    [hashes[other], `${other}: the tool took another algorithm than ${type}`],
  ]
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap((char) => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]))
}

const READ_A_REFUSAL = `## See a refusal

The status is 200 even then. An answer is a refusal where its \`objectType\` is \`KalturaAPIException\`: let the tool stop there, and show
\`code\` and \`message\`. At Latchkey \`diagnosis.cause\` beside them says why, and what to do; the same is on the
console's page *Activity*, for whoever looks after the account.

| code | most often here |
| --- | --- |
| \`INVALID_APP_TOKEN_HASH\` | the hash: try the test vector; or it was made over another session string than the one sent |
| \`SERVICE_FORBIDDEN\` for \`appToken->startSession\` | \`ks\` did not arrive: look at how the tool fills the field in |
| \`INVALID_KS\` | the session ended, or the tool cut it or changed \`+\`, \`/\` or \`=\` in it |
| \`SERVICE_FORBIDDEN\` for a later call | the token may not do that: [find out why](../how-to/find-out-why-a-call-was-refused.md) |`

function renew({ oauth2: has }: Recipe): string {
  const first = has === 'no' ? '' : 'By OAuth2 the tool renews by itself: `expires_in` is true to the second.\n\n'
  return `## Renew

${first}${has === 'no' ? 'Make' : 'By hash, make'} calls 1 and 2 at the beginning of each run and use the session for all of it; a widget session and its hash
are a pair. Where a run may outlast the session, make them again once four fifths of the time until \`expiry\` are over, and
when \`INVALID_KS\` comes. A session cannot be made longer.`
}

function readOn({ title, sources, hash }: Recipe): string {
  const own = ['[Log in with an app token](../how-to/log-in-with-an-app-token.md): the same, step by step']
  if (hash !== undefined)
    own.push('[Check without a server](../how-to/check-without-a-server.md): what a wrong hash was made of')
  const theirs = sources.map((url) => `[${title}, by its vendor or authors](${url})`)
  return `## Read on\n\n${[...own, ...theirs].map((line) => `- ${line}`).join('\n')}`
}
