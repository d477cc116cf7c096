// Puts the program that tests start hundreds of times, `latchkey`, into few files: its sources as they are and what they load
// in most files. To load a thousand files one by one takes longer than what most tests are about. That the sources run as they
// lie here, and the packages as they are published, is tested by e2e/start.test.ts and e2e/packed.test.ts.
import { copyFileSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const CLI = join(root, 'packages', 'cli')
/** Below `node_modules`, from where what is not put together is found as from the sources. */
const FOLDER = join(root, 'node_modules', '.cache', 'program')
/** As deep as the package's own `dist`, since its files look for its manifest one folder above, or two. */
const OUT = join(FOLDER, 'package', 'dist')

export async function buildProgram(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true })
  await build({
    root: CLI,
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['source'] },
    ssr: {
      noExternal: [/^@latchkey\//, 'kysely', 'zod'],
      resolve: { conditions: ['source', 'node', 'import', 'default'] },
    },
    build: {
      ssr: true,
      outDir: OUT,
      emptyOutDir: false,
      target: 'es2024',
      minify: false,
      rolldownOptions: {
        input: {
          main: join(CLI, 'src', 'main.ts'),
          'writer-worker': join(root, 'packages', 'store', 'src', 'sqlite', 'writer-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  })
  for (const above of [FOLDER, join(FOLDER, 'package')])
    copyFileSync(join(CLI, 'package.json'), join(above, 'package.json'))
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildProgram()
