import { join } from 'node:path'
import { isThere, RUNTIMES, type Runtime } from './runtimes.ts'
import { ROOT } from './server.ts'

/** An example with an official library, and how it is found out whether that library is on this machine. */
export interface LibraryExample {
  readonly path: string
  readonly runtime: Runtime
  /** What succeeds only with the library: arguments to the runtime's command, or to another. */
  readonly library: readonly string[]
  readonly libraryCommand?: string
}

const JARS = join(ROOT, 'examples', 'java', 'lib', '*')
const AUTOLOAD = join(ROOT, 'examples', 'php', 'vendor', 'autoload.php')
const PHP_PROBE = `@include '${AUTOLOAD}'; exit(class_exists('Kaltura\\Client\\Client') ? 0 : 1);`

/** All that run from a command; the one for browsers is bundled first. */
export const LIBRARY_EXAMPLES: readonly LibraryExample[] = [
  { path: 'examples/node/official-client.mjs', runtime: RUNTIMES.node, library: ['-e', "require('kaltura-client')"] },
  { path: 'examples/python/official-client.py', runtime: RUNTIMES.python, library: ['-c', 'import KalturaClient'] },
  { path: 'examples/php/official-client.php', runtime: RUNTIMES.php, library: ['-r', PHP_PROBE] },
  { path: 'examples/ruby/official-client.rb', runtime: RUNTIMES.ruby, library: ['-e', "require 'kaltura'"] },
  {
    path: 'examples/java/OfficialClient.java',
    runtime: {
      ...RUNTIMES.java,
      args: (file) => ['--add-opens', 'java.base/java.lang=ALL-UNNAMED', '-cp', JARS, file],
    },
    library: ['-cp', JARS, 'com.kaltura.client.Client'],
    libraryCommand: 'javap',
  },
  {
    path: 'examples/csharp/official-client/Program.cs',
    runtime: RUNTIMES.csharp,
    library: ['build', join(ROOT, 'examples', 'csharp', 'official-client')],
  },
]

export function isLibraryThere({ runtime, library, libraryCommand = runtime.command }: LibraryExample): boolean {
  return isThere({ ...runtime, command: libraryCommand, probe: library })
}
