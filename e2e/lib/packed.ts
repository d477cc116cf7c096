import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './server.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const OURS = '@latchkey/'
const NODE = join(ROOT, 'node_modules', '.bin', 'node')

/** Builds what is published, where it is not there or older than its sources. */
export async function ensureBuilt(): Promise<void> {
  const packages = ourPackages('@latchkey/cli').map((name) => join(ROOT, 'packages', name.slice(OURS.length)))
  const isBuilt = packages.every((folder) => {
    // Pages are built anew by what is in their sources, not by when that was written.
    if (existsSync(join(folder, 'dist', 'index.html'))) return true
    const built = newest(join(folder, 'dist'))
    return built > 0 && built >= newest(join(folder, 'src'))
  })
  if (!isBuilt) await run(NODE, [join(ROOT, 'scripts', 'build.ts')], ROOT)
}

/** When the newest file below a folder was written; 0 where there is none. */
function newest(folder: string): number {
  if (!existsSync(folder)) return 0
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Math.max(0, ...files.map((file) => statSync(join(folder, file)).mtimeMs))
}

/** A package of ours and all of ours that it needs. */
export function ourPackages(name: string, found: Set<string> = new Set()): readonly string[] {
  if (found.has(name)) return [...found]
  found.add(name)
  for (const other of Object.keys(manifestOf(join(ROOT, 'packages', name.slice(OURS.length))).dependencies ?? {})) {
    if (other.startsWith(OURS)) ourPackages(other, found)
  }
  return [...found]
}

/**
 * Packs packages of ours as for the registry and installs them into a folder, with npm, from the packed files. What they need of
 * others is put there first, as it is in this repository: npm finds each of the version that is asked for, and fetches nothing.
 *
 * @param folder is made
 */
export async function installPacked(names: readonly string[], folder: string): Promise<void> {
  const tarballs = join(folder, 'tarballs')
  const project = join(folder, 'project')
  await Promise.all([mkdir(tarballs, { recursive: true }), mkdir(project, { recursive: true })])
  const workspaces = names.flatMap((name) => ['--workspace', name])
  await run(
    'npm',
    ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', tarballs, ...workspaces],
    ROOT,
  )
  await copyOthers(names, project)
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true }))
  const files = readdirSync(tarballs).map((file) => join(tarballs, file))
  const flags = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['install', ...flags, ...files], project)
}

/** Everything of others that ours need, at any depth; what lies nested in another package is copied with that. */
async function copyOthers(names: readonly string[], project: string): Promise<void> {
  const root = join(ROOT, 'node_modules')
  const seen = new Set<string>()
  const copied = new Set<string>()
  const visit = (folder: string) => {
    const { dependencies, optionalDependencies } = manifestOf(folder)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = [join(folder, 'node_modules', name), join(root, name)].find((path) => existsSync(path))
      // An optional package for another platform is not there.
      if (name.startsWith(OURS) || found === undefined || seen.has(found)) continue
      seen.add(found)
      if (found === join(root, name)) copied.add(name)
      visit(found)
    }
  }
  for (const name of names) visit(join(ROOT, 'packages', name.slice(OURS.length)))
  for (const name of copied) {
    await cp(join(root, name), join(project, 'node_modules', name), { recursive: true, dereference: true })
  }
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** @returns what it printed on stdout. @throws Error with all that it printed, where it failed */
export function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let all = ''
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString('utf8')
    all += text.toString('utf8')
  })
  child.stderr.on('data', (text: Buffer) => {
    all += text.toString('utf8')
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args[0] ?? ''} ended with ${code}\n${all}`)),
    )
  })
}
