// Builds the SDK into packages/client/dist: one script with all that it needs of ours and of @noble, so that nothing is
// installed beside it, and its declarations, which name no other package.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { build, parseAst } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, 'packages', 'client')

/** The package as it is published, into `out`, which is emptied first. */
export async function buildClient(out: string = join(folder, 'dist')): Promise<void> {
  rmSync(out, { recursive: true, force: true })
  await bundle('index', out)
  // By itself: what both need of @noble is small, and a bundler would put all of a module where its first user is.
  await bundle('sha512', out)
  for (const name of ['index.js', 'sha512.js']) {
    const file = join(out, name)
    writeFileSync(file, inLines(readFileSync(file, 'utf8')))
  }
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const args = [compiler, '-p', join(folder, 'tsconfig.build.json'), '--outDir', out]
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error('the declarations of packages/client were not built')
  // It is loaded by our own script alone, and its declaration would name a package that nobody has.
  rmSync(join(out, 'sha512.d.ts'))
  // A declaration may name a source; not every tool that reads it knows that.
  for (const name of readdirSync(out).filter((file) => file.endsWith('.d.ts'))) {
    const text = readFileSync(join(out, name), 'utf8')
    writeFileSync(join(out, name), text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"))
  }
}

/** A line for each statement and member of a class: of an error that nobody catches, Node prints the whole line. */
function inLines(code: string): string {
  const starts = parseAst(code).body.flatMap((statement) => [statement.start, ...membersIn(statement)])
  const ends = [...starts.filter((start) => start > 0), code.length]
  return ends
    .map((end, at) => code.slice(at === 0 ? 0 : ends[at - 1], end).trimEnd())
    .join('\n')
    .concat('\n')
}

function membersIn(statement: ReturnType<typeof parseAst>['body'][number]): readonly number[] {
  if (statement.type !== 'VariableDeclaration') return []
  return statement.declarations.flatMap(({ init }) =>
    init?.type === 'ClassExpression' ? init.body.body.map((member) => member.start) : [],
  )
}

async function bundle(name: string, out: string): Promise<void> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['source', 'module', 'import', 'default'] },
    plugins: [
      {
        name: 'other-file',
        enforce: 'pre',
        resolveId: (source) => (source === './sha512.ts' ? { id: './sha512.js', external: true } : undefined),
      },
    ],
    build: {
      outDir: out,
      emptyOutDir: false,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: join(folder, 'src', `${name}.ts`), formats: ['es'], fileName: name },
      rolldownOptions: {
        output: {
          // Vite leaves white space in modules, so that notes on what is pure stay; they can stay without it. Classes keep
          // their names, which consoles print.
          minify: {
            compress: { keepNames: { class: true, function: false } },
            mangle: { keepNames: { class: true, function: false } },
            codegen: { removeWhitespace: true },
          },
          comments: { annotation: true, legal: false, jsdoc: false },
        },
      },
    },
  })
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildClient()
