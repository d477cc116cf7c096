// Builds what is published: each package by `tsc` into its dist/, in the order of the arrows, since each reads the
// declarations of those before it, the SDK by Vite into one script, and then the web pages. Running and testing the project need the pages alone, which
// `npm start` builds by itself.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { buildClient } from './build-client.ts'
import { ARROWS } from './check-arrows.ts'
import { makeConsole } from './make-console.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

for (const name of inOrder(Object.keys(ARROWS))) {
  const folder = join(root, 'packages', name)
  const config = join(folder, 'tsconfig.build.json')
  // A private package, as the test kit is, has none.
  if (!existsSync(config)) continue
  if (ARROWS[name]?.isBundled) {
    await buildClient()
    console.log(`built packages/${name}`)
    continue
  }
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  const { status } = spawnSync(process.execPath, [compiler, '-p', config], { cwd: root, stdio: 'inherit' })
  if (status !== 0) {
    console.error(`building packages/${name} failed`)
    process.exit(1)
  }
  console.log(`built packages/${name}`)
}
await makeConsole()
console.log('built the pages of packages/console')

/** Each package after all that it imports. */
function inOrder(names: readonly string[]): string[] {
  const done: string[] = []
  const visit = (name: string): void => {
    for (const other of ARROWS[name]?.imports ?? []) visit(other)
    if (!done.includes(name)) done.push(name)
  }
  for (const name of names) visit(name)
  return done
}
