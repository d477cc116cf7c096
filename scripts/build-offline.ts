// Builds the page that works without any server: one file with its script and its style inside, and a policy that allows
// just these two, by their digests, and no connection. The same sources give the same bytes.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { nodePrimitives } from '../packages/core/node/primitives.ts'
import { CONSOLE_FOLDER, LICENCES, SHARED } from './console-vite.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The copy that is committed, so that a person without any tools can open it or be sent it. */
export const OFFLINE_COPY: string = join(root, 'docs', 'latchkey-offline.html')

/** @returns the page, whole */
export async function buildOffline(): Promise<string> {
  const { script, style, licences } = await bundle()
  const page = readFileSync(join(CONSOLE_FOLDER, 'offline.html'), 'utf8')
  const icon = readFileSync(join(CONSOLE_FOLDER, 'public', 'favicon.svg'))
  const code = inScript(script.trim())
  const policy = [
    "default-src 'none'",
    `script-src '${digestOf(code)}'`,
    `style-src '${digestOf(style)}'`,
    "connect-src 'none'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return filled(page, [
    // Before anything that it is about.
    [
      '<meta charset="utf-8" />',
      (it) => `${it}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    ],
    ['</title>', (it) => `${it}\n    <link rel="icon" href="data:image/svg+xml;base64,${icon.toString('base64')}" />`],
    ['\n  </head>', (it) => `\n    <style>${style}</style>${it}`],
    ['<script type="module" src="./src/offline/main.tsx"></script>', () => `<script type="module">${code}</script>`],
    // Behind all that is shown: whoever passes the page on passes these on as well.
    ['</html>', (it) => `${it}\n${inComment(licences)}`],
  ])
}

interface Bundle {
  readonly script: string
  readonly style: string
  /** The texts of the licences of what is bundled. */
  readonly licences: string
}

async function bundle(): Promise<Bundle> {
  const built = await build({
    ...SHARED,
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      cssMinify: true,
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      license: { fileName: LICENCES },
      rolldownOptions: {
        input: join(CONSOLE_FOLDER, 'src', 'offline', 'main.tsx'),
        output: { format: 'es', codeSplitting: false },
      },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []))
  const scripts = outputs.flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
  const assets = outputs.flatMap((file) => (file.type === 'asset' ? [file] : []))
  const styles = assets.filter(({ fileName }) => fileName.endsWith('.css')).map(({ source }) => textOf(source))
  const licences = assets.find(({ fileName }) => fileName === LICENCES)
  const [script, ...others] = scripts
  if (script === undefined || others.length > 0 || styles.length !== 1 || licences === undefined) {
    throw new Error(
      `the offline page should be one script, one style and licences, not ${outputs.map(({ fileName }) => fileName).join(', ')}`,
    )
  }
  return { script, style: (styles[0] ?? '').trim(), licences: textOf(licences.source).trim() }
}

/** A comment of HTML ends at the first `-->`, whatever it holds. */
function inComment(text: string): string {
  if (/--!?>|<!--/.test(text)) throw new Error('the licences hold what ends a comment of HTML')
  return `<!--\n${text}\n-->`
}

/** What would end the script early, or be taken for a comment of HTML, is written otherwise. */
function inScript(code: string): string {
  const safe = code.replaceAll(/<\/(?=script)/gi, '<\\/')
  if (/<!--|<script/i.test(safe)) throw new Error('the script holds what HTML would read: <!-- or <script')
  return safe
}

/** Of the very bytes between the tags. */
function digestOf(text: string): string {
  const { digest, encodeBase64, encodeUtf8 } = nodePrimitives
  return `sha256-${encodeBase64(digest('sha256', encodeUtf8(text)))}`
}

type Place = readonly [place: string, filling: (it: string) => string]

function filled(page: string, places: readonly Place[]): string {
  return places.reduce((text, [place, filling]) => {
    if (!text.includes(place)) throw new Error(`offline.html has no ${place.trim()}`)
    return text.replace(place, filling)
  }, page)
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source)
}
