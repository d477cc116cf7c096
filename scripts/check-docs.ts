// Holds the documents to what is there: links lead somewhere, the map and the list of decisions are complete, and the
// table of settings, the causes, the error codes and our services are the code's own. `--write` rewrites those.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { flagOf } from '../packages/cli/src/setting-list.ts'
import { SETTINGS, type SettingSpec } from '../packages/cli/src/settings.ts'
import { actionsPage } from './actions-page.ts'
import { causesPage } from './causes-page.ts'
import { cliPage } from './cli-page.ts'
import { CLIENT_ACTIONS, clientActions } from './client-actions.ts'
import { errorsPage } from './errors-page.ts'
import { exampleFiles, fillQuotes } from './examples.ts'
import { fingerprintsPage } from './fingerprints-page.ts'
import { recipePages, recipesSection } from './recipes-page.ts'
import { fillServices } from './services-page.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const problems: string[] = []
const ADR_SECTIONS = ['Context', 'Decision', 'Consequences', 'Turned down']
const SETTINGS_PAGE = 'docs/reference/settings.md'
const SERVICES_PAGE = 'docs/reference/latchkey-services.md'
/** Pages that are made as a whole of the code's own data. */
const GENERATED = new Map([
  ['docs/reference/actions.md', actionsPage()],
  ['docs/reference/cli.md', cliPage()],
  ['docs/reference/causes.md', causesPage()],
  ['docs/reference/errors.md', errorsPage()],
  ['docs/reference/fingerprints.md', fingerprintsPage()],
  ...recipePages(),
])

if (process.argv.includes('--write')) {
  writeFileSync(CLIENT_ACTIONS, clientActions())
  mkdirSync(join(root, 'docs/recipes'), { recursive: true })
  for (const [path, text] of GENERATED) writeFileSync(join(root, path), text)
  for (const [path, text] of exampleFiles()) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  // Only here, since a build of pages is no part of checking documents; a test of the console's compares it.
  const { buildOffline, OFFLINE_COPY } = await import('./build-offline.ts')
  writeFileSync(OFFLINE_COPY, await buildOffline())
}
const pages = new Map(pagePaths().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
const linked = new Map([...pages].map(([path, text]) => [path, checkLinks(path, text)]))
checkMap()
checkDecisions()
checkBetween(SETTINGS_PAGE, 'settings', settingsTable())
checkBetween('docs/README.md', 'recipes', recipesSection())
checkRecipes()
checkServices()
checkExamples()
for (const [path, text] of GENERATED) {
  if (pages.get(path) !== text) problems.push(`${path} is not what the code says; run npm run docs`)
}
if (!/<!-- runnable: quick-start -->\n+```sh\n/.test(pages.get('README.md') ?? '')) {
  problems.push('README.md: the block after <!-- runnable: quick-start --> is missing')
}

for (const problem of problems) console.error(problem)
if (problems.length === 0) console.log(`${pages.size} pages, their links and what is made of the code hold`)
process.exitCode = problems.length === 0 ? 0 : 1

function pagePaths(): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.split(sep).join('/')}`)
  const atRoot = readdirSync(root).filter((path) => path.endsWith('.md'))
  return [...atRoot, ...inDocs, 'examples/README.md'].sort()
}

/** @returns the pages that this one links to */
function checkLinks(path: string, text: string): ReadonlySet<string> {
  const targets = new Set<string>()
  for (const [, link = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(link)) continue
    const [file = '', anchor] = link.split('#')
    const target =
      file === ''
        ? path
        : normalize(join(dirname(path), file))
            .split(sep)
            .join('/')
            .replace(/\/$/, '')
    if (!existsSync(join(root, target))) {
      problems.push(`${path}: ${link} leads nowhere`)
      continue
    }
    targets.add(target)
    if (anchor !== undefined && target.endsWith('.md') && !anchors(target).has(anchor)) {
      problems.push(`${path}: ${link} names a heading that is not there`)
    }
  }
  return targets
}

/** The ids that headings get where the pages are shown, and those that a page gives itself. */
function anchors(path: string): ReadonlySet<string> {
  const text = withoutCode(pages.get(path) ?? '')
  const given = [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id = '']) => id)
  const headings = text.matchAll(/^#+\s+(.+)$/gm)
  return new Set([
    ...given,
    ...[...headings].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  ])
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '')
}

function checkMap(): void {
  for (const path of pages.keys()) {
    const map = path.startsWith('docs/adr/') ? 'docs/adr/README.md' : 'docs/README.md'
    const isMap = path === 'docs/README.md' || path === 'docs/adr/README.md'
    if (path.startsWith('docs/') && !isMap && !linked.get(map)?.has(path))
      problems.push(`${map}: does not name ${path}`)
  }
}

function checkDecisions(): void {
  const seen = new Map<string, string>()
  for (const [path, text] of pages) {
    if (!path.startsWith('docs/adr/') || path.endsWith('/README.md')) continue
    const number = /^docs\/adr\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]
    if (number === undefined) problems.push(`${path}: is not named as NNNN-what-it-decides.md`)
    else if (seen.has(number)) problems.push(`${path}: has the number of ${seen.get(number)}`)
    else seen.set(number, path)
    for (const section of ADR_SECTIONS) {
      if (!text.includes(`\n## ${section}\n`)) problems.push(`${path}: has no section "${section}"`)
    }
  }
}

/** What stands in a page between `<!-- name: from the code -->` and `<!-- end -->`. */
function checkBetween(path: string, name: string, made: string): void {
  const text = pages.get(path) ?? ''
  const pattern = new RegExp(`(<!-- ${name}: from the code -->\\n\\n)[\\s\\S]*?(\\n\\n<!-- end -->)`)
  if (!pattern.test(text)) {
    problems.push(`${path}: the marks around ${name} are missing`)
    return
  }
  const wanted = text.replace(pattern, (_, open: string, close: string) => open + made + close)
  if (wanted === text) return
  if (process.argv.includes('--write')) writeFileSync(join(root, path), wanted)
  else problems.push(`${path}: differs from the code; run npm run docs`)
}

/** A page that the table has no more would be one that nobody holds to anything. */
function checkRecipes(): void {
  for (const path of pages.keys()) {
    if (path.startsWith('docs/recipes/') && !GENERATED.has(path))
      problems.push(`${path}: is not among scripts/recipes-*.ts`)
  }
}

function checkServices(): void {
  const page = pages.get(SERVICES_PAGE) ?? ''
  const wanted = fillServices(page)
  for (const problem of wanted.problems) problems.push(`${SERVICES_PAGE}: ${problem}`)
  if (wanted.text === page) return
  if (process.argv.includes('--write')) writeFileSync(join(root, SERVICES_PAGE), wanted.text)
  else problems.push(`${SERVICES_PAGE}: differs from the code; run npm run docs`)
}

function checkExamples(): void {
  for (const [path, text] of exampleFiles()) {
    const isThere = existsSync(join(root, path))
    if (!isThere || readFileSync(join(root, path), 'utf8') !== text) {
      problems.push(`${path} is not what the console's table says; run npm run docs`)
    }
  }
  for (const [path, page] of pages) {
    const wanted = fillQuotes(root, page)
    for (const problem of wanted.problems) problems.push(`${path}: ${problem}`)
    if (wanted.text === page) continue
    if (process.argv.includes('--write')) writeFileSync(join(root, path), wanted.text)
    else problems.push(`${path}: what it quotes has changed; run npm run docs`)
  }
}

function settingsTable(): string {
  const settings: readonly SettingSpec[] = SETTINGS
  const rows = settings.map(({ name, env, fallback, accepts, about, isSecret }) => {
    const value = fallback === undefined ? '–' : `\`${fallback}\``
    const flag = isSecret ? '–' : `\`${flagOf(name)}\``
    return `| \`${env}\` | ${flag} | \`${name}\` | ${value} | ${accepts}${isSecret ? ' (secret)' : ''} | ${about} |`
  })
  return [
    '| variable | flag | in the file | default | accepted | what it does |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
