import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'

/** What one package may import: packages of ours, and whether it may touch the platform. */
interface Row {
  readonly imports: readonly string[]
  /** Node's own modules. Packages without them run wherever JavaScript does. */
  readonly platform: boolean
  /** Whether what it imports is built into it, so that nothing is installed beside it: then none is a dependency. */
  readonly isBundled?: boolean
  /** Modules that the package's own build makes. */
  readonly made?: readonly string[]
}

/** The arrows, in one place. A package without a row here is refused. */
export const ARROWS: Readonly<Record<string, Row>> = {
  core: { imports: [], platform: false },
  authority: { imports: ['core'], platform: false },
  wire: { imports: ['core'], platform: false },
  store: { imports: ['authority', 'core'], platform: true },
  client: { imports: ['core', 'wire'], platform: false, isBundled: true },
  doctor: { imports: ['core', 'wire'], platform: false },
  server: { imports: ['authority', 'wire', 'core'], platform: true },
  console: { imports: ['core', 'doctor', 'wire'], platform: false, made: ['virtual:latchkey-docs'] },
  cli: { imports: ['authority', 'console', 'core', 'doctor', 'server', 'store', 'wire'], platform: true },
  testkit: { imports: ['authority', 'core'], platform: true },
}

/** Folders of core that may do what `core/src` may not: a platform's primitives, one folder each. */
const PRIMITIVES: Readonly<Record<string, { readonly external: RegExp; readonly platform: boolean }>> = {
  'packages/core/node': { external: /^$/, platform: true },
  'packages/core/noble': { external: /^@noble\//, platform: false },
}

/** The one file that imports `node:crypto`. */
const CRYPTO_HOME = 'packages/core/node/primitives.ts'

/** Ways around an import statement, which no source of a package needs. */
const DETOURS: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /\bgetBuiltinModule\b/, what: 'process.getBuiltinModule' },
  { pattern: /\bcreateRequire\b|\brequire\s*\(/, what: 'require' },
  { pattern: /\bimport\s*\(\s*(?!['"])/, what: 'an import() of something that is no literal' },
  { pattern: /\bcrypto\s*\.\s*(subtle|getRandomValues|randomUUID)\b/, what: 'the global crypto' },
]

const SCOPE = '@latchkey/'
const BUILTINS = new Set(builtinModules)

/** One forbidden arrow, as a line for a person. */
export interface Offence {
  readonly file: string
  readonly line: number
  readonly message: string
}

/**
 * Every import of `packages/<name>` outside its tests that the table does not allow, and every `package.json` that
 * disagrees with the table.
 *
 * @param root the repository
 */
export function findOffences(root: string): Offence[] {
  const names = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'package.json')),
  )
  return names.flatMap((name) => {
    const row = ARROWS[name]
    const manifest = `packages/${name}/package.json`
    if (row === undefined)
      return [{ file: manifest, line: 1, message: `${name} has no row in scripts/check-arrows.ts` }]
    const declared = readDependencies(join(root, manifest), row.isBundled ? 'devDependencies' : 'dependencies')
    return [
      ...(row.isBundled ? installedBeside(root, manifest, name) : []),
      ...offencesOfManifest(root, manifest, name, row, declared),
      ...sourceFiles(root, name).flatMap((file) => offencesOfFile(root, file, name, row, declared)),
    ]
  })
}

function offencesOfManifest(
  root: string,
  file: string,
  name: string,
  row: Row,
  declared: ReadonlySet<string>,
): Offence[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return [...declared]
    .filter((dependency) => dependency.startsWith(SCOPE) && !row.imports.includes(dependency.slice(SCOPE.length)))
    .map((dependency) => ({
      file,
      line: lines.findIndex((line) => line.includes(`"${dependency}"`)) + 1,
      message: `depends on '${dependency}', but ${rule(name, row)}`,
    }))
}

/** What a bundled package would have its users install. */
function installedBeside(root: string, file: string, name: string): Offence[] {
  return [...readDependencies(join(root, file), 'dependencies')].map((dependency) => ({
    file,
    line: 1,
    message: `depends on '${dependency}', but nothing is installed beside ${name}: it is built in, a devDependency`,
  }))
}

function offencesOfFile(root: string, file: string, name: string, row: Row, declared: ReadonlySet<string>): Offence[] {
  const text = withoutComments(readFileSync(join(root, file), 'utf8'))
  const offences: Offence[] = []
  for (const { specifier, line } of importsOf(text)) {
    const message = judge(file, specifier, name, row, declared)
    if (message !== undefined) offences.push({ file, line, message })
  }
  for (const { pattern, what } of DETOURS) {
    const at = text.search(pattern)
    if (at >= 0) offences.push({ file, line: lineAt(text, at), message: `uses ${what}, which hides an arrow` })
  }
  return offences
}

/** Why an import is not allowed; undefined where it is. */
function judge(
  file: string,
  specifier: string,
  name: string,
  row: Row,
  declared: ReadonlySet<string>,
): string | undefined {
  const folder = Object.keys(PRIMITIVES).find((prefix) => file.startsWith(`${prefix}/`))
  const primitives = folder === undefined ? undefined : PRIMITIVES[folder]
  if (specifier.startsWith('.')) return judgeRelative(file, specifier, name, folder)
  if (specifier.startsWith(SCOPE)) {
    const target = specifier.slice(SCOPE.length).split('/')[0] ?? ''
    if (!row.imports.includes(target)) return `imports '${specifier}', but ${rule(name, row)}`
    return declared.has(SCOPE + target)
      ? undefined
      : `imports '${specifier}', which packages/${name}/package.json does not name`
  }
  if (row.made?.includes(specifier)) return undefined
  const builtin = specifier.replace(/^node:/, '')
  if (specifier.startsWith('node:') || BUILTINS.has(builtin)) {
    if (builtin === 'crypto' || builtin.startsWith('crypto/')) {
      return file === CRYPTO_HOME ? undefined : `imports '${specifier}', which only ${CRYPTO_HOME} may`
    }
    if (primitives?.platform ?? row.platform) return undefined
    return `imports '${specifier}', but ${folder ?? `packages/${name}`} may import nothing of the platform`
  }
  const external = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === 'core' && !primitives?.external.test(specifier)) return `imports '${specifier}', but ${rule(name, row)}`
  return declared.has(external)
    ? undefined
    : `imports '${specifier}', which packages/${name}/package.json does not name`
}

/** A relative import stays in its source folder; the primitives may also read the types of `core/src`. */
function judgeRelative(file: string, specifier: string, name: string, folder: string | undefined): string | undefined {
  const target = join(dirname(file), specifier).split(sep).join('/')
  const homes = folder === undefined ? [`packages/${name}/src`] : [folder, 'packages/core/src']
  if (homes.some((home) => target.startsWith(`${home}/`))) return undefined
  return `imports '${specifier}', which lies outside ${homes.join(' and ')}`
}

function rule(name: string, row: Row): string {
  if (row.imports.length === 0) return `${name} may import nothing`
  return `${name} may import only ${row.imports.join(', ')}`
}

function readDependencies(path: string, field: 'dependencies' | 'devDependencies'): ReadonlySet<string> {
  const manifest: { readonly [name in typeof field]?: Readonly<Record<string, string>> | undefined } = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  return new Set(Object.keys(manifest[field] ?? {}))
}

function sourceFiles(root: string, name: string): string[] {
  const base = join(root, 'packages', name)
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.(ts|tsx|mts|js|mjs)$/.test(path) && !/^(test|dist|node_modules)\//.test(path))
    .sort()
    .map((path) => `packages/${name}/${path}`)
}

/** Comments become blanks, so that what they mention is no import and line numbers stay. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/^[ \t]*\/\/.*$/gm, '')
}

const IMPORTS = [
  // `import … from`, `export … from`, with and without `type`, over several lines.
  /^[ \t]*(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^[ \t]*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
  /\bimport\.meta\.resolve\s*\(\s*['"]([^'"]+)['"]/g,
]

function importsOf(text: string): { readonly specifier: string; readonly line: number }[] {
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)])
    .map((match) => ({ specifier: match[1] ?? '', line: lineAt(text, match.index + match[0].length) }))
    .sort((a, b) => a.line - b.line)
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

if (argv[1] !== undefined && resolve(argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'))
  const offences = findOffences(root)
  for (const { file, line, message } of offences) console.error(`${relative('', join(root, file))}:${line}: ${message}`)
  if (offences.length === 0) console.log(`the imports of ${Object.keys(ARROWS).length} packages follow the arrows`)
  exit(offences.length === 0 ? 0 : 1)
}
