// Loads the built packages as an installation from the registry would: plain JavaScript, no condition `source`. Those
// without a database promise Node 20 or newer, so this runs on the machine's own Node; the others are loaded where the
// Node that runs this is new enough for them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const major = Number(process.versions.node.split('.')[0])
let count = 0

for (const name of readdirSync(join(root, 'packages'))) {
  const folder = join(root, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  // A command runs when it is loaded.
  if (manifest.private || manifest.bin || major < Number(/\d+/.exec(manifest.engines.node)?.[0])) continue
  for (const [subpath, targets] of Object.entries(manifest.exports)) {
    // The console exports where it lies; what it is are pages.
    if (typeof targets === 'string') continue
    const specifier = join(manifest.name, subpath)
    const resolved = import.meta.resolve(specifier)
    const built = pathToFileURL(join(folder, targets.default)).href
    if (resolved !== built) throw new Error(`${specifier} is loaded from ${resolved}, not from ${built}`)
    const names = Object.keys(await import(specifier))
    if (names.length === 0) throw new Error(`${specifier} exports nothing`)
    count += 1
  }
}

for (const page of ['index.html', 'offline.html']) {
  if (!existsSync(join(root, 'packages', 'console', 'dist', page)))
    throw new Error(`${page} of the console was not built`)
}
if (count === 0) throw new Error('there was nothing to load')
console.log(`${count} entries of the built packages load on Node ${process.versions.node}`)
