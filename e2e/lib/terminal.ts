import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { PROGRAM } from '@latchkey/testkit'
import { ROOT } from './server.ts'

const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const DRIVER = join(ROOT, 'e2e', 'lib', 'terminal.py')

export interface Typed {
  readonly args: readonly string[]
  /** Wait until this is on the screen, then type that. */
  readonly steps: readonly (readonly [awaited: string, typed: string])[]
  /** 0 is a terminal that does not know its width. */
  readonly columns?: number
  readonly env?: Readonly<Record<string, string>>
}

export interface Screen {
  /** All that was written to it, with what draws. */
  readonly output: string
  /** Negative is the signal that ended it. */
  readonly code: number
}

/** Why nothing can be typed here; undefined where it can. */
export function whyNoTerminal(): string | undefined {
  try {
    execFileSync('python3', ['-c', 'import pty, termios'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'python3 with its pty module is not there'
  }
}

/** Runs `latchkey` where somebody sits at a terminal. */
export async function atTerminal({ args, steps, columns = 80, env = {} }: Typed): Promise<Screen> {
  const child = spawn('python3', [DRIVER], {
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm', NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify({ argv: [NODE, ...PROGRAM, ...args], columns, steps }))
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  const { output, code }: Screen = JSON.parse(text)
  return { output, code }
}
