// Builds the web pages into packages/console/dist: scripts and styles with hashed names, and each of them compressed too,
// since a server that compresses on the way does the same work for every visitor.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { buildOffline } from './build-offline.ts'
import { consoleDocs } from './console-docs.ts'
import { CONSOLE_FOLDER, LICENCES, SHARED } from './console-vite.ts'

/** The console, into `packages/console/dist`, which is emptied first. */
export async function buildConsole(out: string = join(CONSOLE_FOLDER, 'dist')): Promise<void> {
  await build({
    ...SHARED,
    plugins: [consoleDocs()],
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2023',
      cssMinify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      license: { fileName: LICENCES },
      rolldownOptions: { input: { index: join(CONSOLE_FOLDER, 'index.html') } },
    },
  })
  writeFileSync(join(out, 'offline.html'), await buildOffline())
  compress(join(out, 'assets'))
}

/** Beside each file that gains by it, the same in two compressions. */
function compress(assets: string): void {
  for (const name of readdirSync(assets)) {
    if (!/\.(js|css|svg|json)$/.test(name)) continue
    const bytes = readFileSync(join(assets, name))
    writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }))
    writeFileSync(
      join(assets, `${name}.br`),
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
    )
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await buildConsole()
