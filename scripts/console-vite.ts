import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vite'

export const CONSOLE_FOLDER: string = join(dirname(fileURLToPath(import.meta.url)), '..', 'packages', 'console')

/** What the licences of the packages within the pages want said wherever these go. */
export const LICENCES = 'third-party-licences.txt'

/** What the builds of the pages share: our sources as they are, and JSX by Preact. */
export const SHARED: InlineConfig = {
  root: CONSOLE_FOLDER,
  configFile: false,
  logLevel: 'warn',
  // Runs in whatever folder of whatever server it is put.
  base: './',
  resolve: { conditions: ['source', 'module', 'browser', 'production', 'import', 'default'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
}
