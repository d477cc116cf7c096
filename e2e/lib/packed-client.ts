import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { buildClient } from '../../scripts/build-client.ts'
import { ROOT, temporaryDirectory } from './server.ts'

const run = promisify(execFile)

export interface PackedClient extends AsyncDisposable {
  /** What npm would publish. */
  readonly tarball: string
  /** The package before it was packed. */
  readonly folder: string
  /** A project of nothing but the package. */
  readonly project: string
  /** Writes a file of the project. @returns its path */
  write(name: string, text: string): string
}

/** The SDK, built, packed and installed from the tarball into an empty project, without a network. */
export async function packClient(): Promise<PackedClient> {
  const directory = await temporaryDirectory()
  const folder = join(directory.path, 'package')
  const project = join(directory.path, 'project')
  mkdirSync(folder)
  mkdirSync(project)
  await buildClient(join(folder, 'dist'))
  for (const name of ['package.json', 'README.md', 'LICENSE', 'THIRD-PARTY-NOTICES.txt'])
    copyFileSync(join(ROOT, 'packages', 'client', name), join(folder, name))
  // It was built just now, and away from the script that would look whether it is.
  const flags = ['--json', '--ignore-scripts', '--pack-destination', directory.path]
  const packed = await run('npm', ['pack', ...flags], { cwd: folder })
  const [made]: { filename: string }[] = JSON.parse(packed.stdout)
  const tarball = join(directory.path, made?.filename ?? '')
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n')
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: project })
  return {
    tarball,
    folder,
    project,
    write(name, text) {
      const path = join(project, name)
      writeFileSync(path, text)
      return path
    },
    [Symbol.asyncDispose]: directory[Symbol.asyncDispose],
  }
}

/**
 * Runs a script by the machine's own Node rather than the pinned one that runs the tests.
 *
 * @param options.timeout after so many milliseconds it is killed, and that is an error
 */
export async function runOnMachinesNode(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>>; readonly timeout?: number },
): Promise<string> {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !/node_modules/.test(entry))
    .join(delimiter)
  const { stdout } = await run('node', [...args], { ...options, env: { ...process.env, ...options.env, PATH: path } })
  return stdout
}
