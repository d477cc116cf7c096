import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url))
const BARE = fileURLToPath(new URL('./bare-server.ts', import.meta.url))
const RUNTIME = [process.execPath, '--conditions=source'] as const

export interface Served extends AsyncDisposable {
  readonly url: string
  /** Processor time that it has used so far; `undefined` where the system does not tell. */
  cpuSeconds(): number | undefined
}

export const PARTNER = { id: 4242, adminSecret: 'be9c4be9c4be9c4be9c4be9c4be9c4be' } as const

/** Ours, in a process of its own, with the settings that a person gets who sets none. */
export async function startOurs(): Promise<Served> {
  const directory = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  const env = {
    ...process.env,
    LATCHKEY_PORT: '0',
    LATCHKEY_DATA: join(directory, 'data'),
    LATCHKEY_PARTNER_ID: String(PARTNER.id),
    LATCHKEY_ADMIN_SECRET: PARTNER.adminSecret,
    LATCHKEY_USER_SECRET: `${PARTNER.adminSecret}0`,
  }
  const child = spawn(RUNTIME[0], [RUNTIME[1], CLI, 'serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  return served(child, () => rm(directory, { recursive: true, force: true }))
}

export async function startBare(size: number): Promise<Served> {
  return served(
    spawn(RUNTIME[0], [BARE, String(size)], { stdio: ['ignore', 'pipe', 'inherit'] }),
    async () => undefined,
  )
}

async function served(child: ChildProcess, cleanUp: () => Promise<void>): Promise<Served> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const found = /ready (\S+)/.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => reject(new Error('the server ended before it was ready')))
  })
  return {
    url,
    cpuSeconds: () => cpuSeconds(child.pid ?? 0),
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
      await cleanUp()
    },
  }
}

/** Linux counts in hundredths. */
const TICKS_A_SECOND = 100

function cpuSeconds(pid: number): number | undefined {
  try {
    // The name of the program stands in brackets and may hold blanks; what is counted from behind it does not.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
  } catch {
    return undefined
  }
}
