// Holds the documents to what is there: links lead somewhere, the map and the list of decisions are complete, and the
// table of settings, the causes, the error codes and our services are the code's own. `--write` rewrites those.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { flagOf } from '../packages/cli/src/setting-list.ts'
import { SETTINGS, type SettingSpec } from '../packages/cli/src/settings.ts'
import { causesPage } from './causes-page.ts'
import { cliPage } from './cli-page.ts'
import { errorsPage } from './errors-page.ts'
import { fingerprintsPage } from './fingerprints-page.ts'
import { fillServices } from './services-page.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const problems: string[] = []
const ADR_SECTIONS = ['Context', 'Decision', 'Consequences', 'Turned down']
const SETTINGS_PAGE = 'docs/reference/settings.md'
const SERVICES_PAGE = 'docs/reference/latchkey-services.md'
/** Pages that are made as a whole of the code's own data. */
const GENERATED = {
  'docs/reference/cli.md': cliPage,
  'docs/reference/causes.md': causesPage,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/fingerprints.md': fingerprintsPage,
} as const

if (process.argv.includes('--write')) {
  for (const [path, make] of Object.entries(GENERATED)) writeFileSync(join(root, path), make())
  // Only here, since a build of pages is no part of checking documents; a test of the console's compares it.
  const { buildOffline, OFFLINE_COPY } = await import('./build-offline.ts')
  writeFileSync(OFFLINE_COPY, await buildOffline())
}
const pages = new Map(pagePaths().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
const linked = new Map([...pages].map(([path, text]) => [path, checkLinks(path, text)]))
checkMap()
checkDecisions()
checkSettings()
checkServices()
for (const [path, make] of Object.entries(GENERATED)) {
  if (pages.get(path) !== make()) problems.push(`${path} is not what the code says; run npm run docs`)
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
  return [...atRoot, ...inDocs].sort()
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

function checkSettings(): void {
  const text = pages.get(SETTINGS_PAGE) ?? ''
  const pattern = /(<!-- settings: from the code -->\n\n)[\s\S]*?(\n\n<!-- end -->)/
  if (!pattern.test(text)) {
    problems.push(`${SETTINGS_PAGE}: the marks around the table are missing`)
    return
  }
  const wanted = text.replace(pattern, (_, open: string, close: string) => open + settingsTable() + close)
  if (wanted === text) return
  if (process.argv.includes('--write')) writeFileSync(join(root, SETTINGS_PAGE), wanted)
  else problems.push(`${SETTINGS_PAGE}: differs from the code; run npm run docs`)
}

function checkServices(): void {
  const page = pages.get(SERVICES_PAGE) ?? ''
  const wanted = fillServices(page)
  for (const problem of wanted.problems) problems.push(`${SERVICES_PAGE}: ${problem}`)
  if (wanted.text === page) return
  if (process.argv.includes('--write')) writeFileSync(join(root, SERVICES_PAGE), wanted.text)
  else problems.push(`${SERVICES_PAGE}: differs from the code; run npm run docs`)
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
