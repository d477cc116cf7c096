import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'vite'
import { ROOT, temporaryDirectory } from './server.ts'

/** The example whose official library works in browsers alone. */
export const BUNDLED_EXAMPLE = 'examples/browser/official-client.ts'

const LIBRARY = 'kaltura-typescript-client'

/** What a page does with the example: hands on what is left of it in JSON, a refusal as its code and message. */
const PAGE_SCRIPT = `import { listEntries } from './official-client.ts'
globalThis.listed = (login) => listEntries(login).then(
  ({ totalCount, objects }) => ({ totalCount, ids: objects.map(({ id }) => id) }),
  ({ code, message }) => [code, message],
)
`

export interface Bundle extends AsyncDisposable {
  readonly folder: string
  /** The example, where the library is found from it. */
  readonly file: string
  /** For `tsc`, as a project in a bundler has them. */
  readonly typeOptions: readonly string[]
  /** A whole page, with `listed(login)` in it. */
  readonly page: string
}

/** Lays the example beside its library, as `npm install` in a project would, and bundles a page of it. */
export async function bundleExample(): Promise<Bundle> {
  const { path: folder, ...temporary } = await temporaryDirectory()
  try {
    const file = join(folder, 'official-client.ts')
    await mkdir(join(folder, 'node_modules'))
    const library = dirname(createRequire(import.meta.url).resolve(`${LIBRARY}/package.json`))
    await symlink(library, join(folder, 'node_modules', LIBRARY), 'junction')
    await copyFile(join(ROOT, BUNDLED_EXAMPLE), file)
    await writeFile(join(folder, 'page.js'), PAGE_SCRIPT)
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: 'warn',
      build: { write: false, lib: { entry: join(folder, 'page.js'), formats: ['es'] } },
    })
    const [first] = Array.isArray(built) ? built : [built]
    if (first === undefined || !('output' in first)) throw new Error('nothing was bundled')
    const page = `<!doctype html><title>t</title><script type="module">${first.output[0].code}</script>`
    const typeOptions = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
    ]
    typeOptions.push('--target', 'es2022', '--lib', 'es2022,dom', '--types', '')
    return { folder, file, typeOptions, page, ...temporary }
  } catch (error) {
    await temporary[Symbol.asyncDispose]()
    throw error
  }
}
