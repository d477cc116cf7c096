import type { Deps } from '@latchkey/authority'
import { createServer } from '@latchkey/server'
import { pino } from 'pino'
import { composeDeps } from '../compose.ts'
import { composeConsole } from '../console.ts'
import { firstStart } from '../first-start.ts'
import type { Settings } from '../settings.ts'
import { settingsOf } from '../settings-of.ts'

/** @see addServeCommand */
export async function run(flags: Readonly<Record<string, unknown>>): Promise<void> {
  await serve(settingsOf(flags).settings)
  process.stderr.write('latchkey stopped\n')
}

async function serve(settings: Settings): Promise<void> {
  // Asynchronous, so that no call waits for whoever reads the log; flushed when the process ends.
  const logger = pino({ level: settings.logLevel, base: null }, pino.destination({ dest: 2, sync: false }))
  await using composed = await composeDeps(settings)
  const notice = await firstStart(composed.deps, settings, process.stderr.isTTY)
  if (notice !== undefined) process.stderr.write(notice)
  for (const warning of fidelityWarnings(settings)) process.stderr.write(`latchkey: warning: ${warning}\n`)
  const pages = await composeConsole(composed.deps, settings)
  await using server = await createServer(composed.deps, {
    logger,
    trustProxy: settings.trustProxy,
    errorStatus: settings.errorStatus,
    oauth2: { takesPlainHttp: settings.oauth2PlainHttp === 'allow', publicUrl: settings.publicUrl },
    vendor: { caches: settings.vendorCaches === 'on', callsPerMinute: settings.vendorRate },
    console: pages?.options,
  })
  using _purging = purgeNowAndThen(composed.deps, (error) => logger.warn({ err: error }, 'revocations were not purged'))
  const stopped = stopSignal()
  const url = await server.listen({ host: settings.host, port: settings.port })
  process.stderr.write(pages?.tellLink(url, process.stderr.isTTY) ?? '')
  process.stdout.write(`latchkey ready ${url}\n`)
  await stopped
  pages?.forgetLink()
  // Most stops are over before anybody could read why they take long.
  const telling = setTimeout(() => process.stderr.write(FINISHING), SOON_MS)
  await server.close().finally(() => clearTimeout(telling))
}

const SOON_MS = 300
const FINISHING = 'latchkey: finishing what was begun, for five seconds at most; stop it again to end it at once\n'

/** A server that reproduces faults looks like any other, so it says so. */
function fidelityWarnings({ fidelity, vendorCaches, vendorRate }: Settings): readonly string[] {
  if (fidelity === 'vendor') {
    return ['LATCHKEY_FIDELITY=vendor reproduces faults of the original, holes among them; let it guard nothing']
  }
  const idle = [
    vendorCaches === 'on' ? ['LATCHKEY_VENDOR_CACHES'] : [],
    vendorRate === undefined ? [] : ['LATCHKEY_VENDOR_RATE'],
  ]
  return idle.flat().map((name) => `${name} has no effect without LATCHKEY_FIDELITY=vendor`)
}

const HOUR_MS = 3_600_000

/** Takes out revocations and counters whose sessions have ended by themselves, until it is disposed of. */
function purgeNowAndThen(deps: Deps, onFailure: (error: unknown) => void): Disposable {
  const purge = () => void deps.store.revocations.purge(deps.clock()).catch(onFailure)
  purge()
  const timer = setInterval(purge, HOUR_MS)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** Resolves at the first request to stop; a second one ends the process at once, as a person who repeats it expects. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
