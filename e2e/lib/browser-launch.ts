import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import packageOfE2e from '../package.json' with { type: 'json' }
import { ROOT } from './server.ts'

const PACKAGE = '@sparticuz/chromium'
const CACHE = join(ROOT, 'node_modules', '.cache')
const UNPACKED = join(CACHE, `chromium-${packageOfE2e.devDependencies[PACKAGE]}`)
const UNPACK_LIMIT_MS = 120_000

/**
 * Not the flags that the package recommends: those are for a machine without processes, and they switch off the checks between
 * origins, which are among the things that we test.
 */
const FLAGS = [
  // Root has no sandbox of its own, and containers often forbid the one for others. Only our own pages are opened.
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-webgl',
  '--font-render-hinting=none',
  // Pages share one process, since to start one costs more than most tests do. What one origin may do to another is the same.
  '--renderer-process-limit=1',
]

/**
 * Starts a Chromium: the one named by `LATCHKEY_CHROMIUM`, else on Linux the one from npm, else an installed one.
 *
 * @throws an Error that names each attempt and why it failed; never a silent skip
 */
export async function launchChromium(): Promise<Browser> {
  const failures: string[] = []
  for (const { name, options } of await attempts(failures)) {
    try {
      return await chromium.launch({ args: FLAGS, ...options })
    } catch (error) {
      failures.push(`${name}: ${firstLines(error)}`)
    }
  }
  throw new Error(
    `no browser could be started; set LATCHKEY_CHROMIUM to the path of a Chromium or Chrome\n${failures.join('\n')}`,
  )
}

interface Attempt {
  readonly name: string
  readonly options: LaunchOptions
}

async function attempts(failures: string[]): Promise<readonly Attempt[]> {
  const chosen = process.env.LATCHKEY_CHROMIUM
  if (chosen) return [{ name: chosen, options: { executablePath: chosen } }]
  const installed = ['chrome', 'msedge'].map((channel) => ({ name: `installed ${channel}`, options: { channel } }))
  if (process.platform !== 'linux') return installed
  try {
    return [...(await fromPackage()), ...installed]
  } catch (error) {
    failures.push(`${PACKAGE}: ${firstLines(error)}`)
    return installed
  }
}

async function fromPackage(): Promise<readonly Attempt[]> {
  await unpack()
  const executablePath = join(UNPACKED, 'chromium')
  const env = { ...definedEnvironment(), ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: UNPACKED }) }
  const libraries = join(UNPACKED, 'al2023', 'lib')
  return [
    { name: PACKAGE, options: { executablePath, env } },
    // For a machine without NSS: the package has the few libraries that a bare system lacks.
    {
      name: `${PACKAGE} with its own libraries`,
      options: { executablePath, env: { ...env, LD_LIBRARY_PATH: libraries } },
    },
  ]
}

/**
 * The package unpacks to fixed names in the system's temporary folder and takes a file that exists for one that is whole, so
 * two tests that start at once would run half a browser. Hence a folder of our own.
 */
function unpack(): Promise<void> {
  return appearWhole(UNPACKED, async (staging) => {
    const script = `
      const { default: packed } = await import(${JSON.stringify(import.meta.resolve(PACKAGE))})
      await packed.executablePath()`
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      // The second variable makes the package unpack its libraries too.
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      timeout: UNPACK_LIMIT_MS,
    })
    const fonts = join(UNPACKED, 'fonts')
    await writeFile(
      join(staging, 'fonts.conf'),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir></fontconfig>\n`,
    )
  })
}

/**
 * Makes a folder that others see either not at all or complete, by filling another one and renaming it. Of several that do so
 * at once the first wins, and the folders of the others are dropped. One that is there already is left as it is.
 */
export async function appearWhole(folder: string, fill: (staging: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return
  await mkdir(dirname(folder), { recursive: true })
  const staging = await mkdtemp(`${folder}-`)
  try {
    await fill(staging)
    await rename(staging, folder)
  } catch (error) {
    // Another was quicker: its folder is as good.
    if (!existsSync(folder)) throw error
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function firstLines(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 12).join('\n  ')
}
