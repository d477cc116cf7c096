import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROGRAM } from '@latchkey/testkit'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 15_000

export interface RunningServer extends AsyncDisposable {
  readonly url: string
  readonly partnerId: number
  readonly adminSecret: string
  readonly userSecret: string
  readonly data: string
  readonly pid: number
  /** All that it has printed so far. */
  output(): { readonly stdout: string; readonly stderr: string }
  /** Resolves with how it ended. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

export interface ServerWishes {
  readonly data?: string
  readonly env?: Readonly<Record<string, string>>
  /** By `npm start`, as a person does it, rather than by the runtime directly. */
  readonly byNpm?: boolean
  readonly partnerId?: number
  readonly adminSecret?: string
  readonly userSecret?: string
}

/** A data directory of its own, gone with the test. */
export async function temporaryDirectory(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'latchkey-e2e-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Starts the real server on a port of its choosing, with known secrets. It ends with the test. */
export async function startServer(wishes: ServerWishes = {}): Promise<RunningServer> {
  const own = wishes.data === undefined ? await temporaryDirectory() : undefined
  const data = wishes.data ?? join(own?.path ?? '', 'data')
  const partnerId = wishes.partnerId ?? 4242
  const adminSecret = wishes.adminSecret ?? randomBytes(16).toString('hex')
  const userSecret = wishes.userSecret ?? randomBytes(16).toString('hex')
  const env = {
    ...process.env,
    LATCHKEY_PORT: '0',
    LATCHKEY_DATA: data,
    LATCHKEY_PARTNER_ID: String(partnerId),
    LATCHKEY_ADMIN_SECRET: adminSecret,
    LATCHKEY_USER_SECRET: userSecret,
    ...wishes.env,
  }
  const child = wishes.byNpm
    ? spawn('npm', ['start', '--silent'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn(NODE, [...PROGRAM, 'serve'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    // A stop that hangs is a fault; it must show as one, and not hang the test that asked for it.
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
    const ending = await ended
    clearTimeout(timer)
    return ending
  }
  try {
    const url = await ready(child, output, ended)
    return {
      url,
      partnerId,
      adminSecret,
      userSecret,
      data,
      pid: child.pid ?? 0,
      output,
      stop,
      async [Symbol.asyncDispose]() {
        await stop()
        await own?.[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await stop('SIGKILL')
    await own?.[Symbol.asyncDispose]()
    throw error
  }
}

/** Runs `latchkey` once, as an operator does. */
export function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(NODE, [...PROGRAM, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output() })))
}

function collect(child: ChildProcess): RunningServer['output'] {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return () => ({ stdout, stderr })
}

function ready(child: ChildProcess, output: RunningServer['output'], ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${output().stdout}\n${output().stderr}`))
    const timer = setTimeout(() => fail('the server did not get ready in time'), START_LIMIT_MS)
    const look = () => {
      const url = /^latchkey ready (\S+)$/m.exec(output().stdout)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout?.on('data', look)
    void ended.then(() => {
      clearTimeout(timer)
      fail('the server ended before it was ready')
    })
  })
}
