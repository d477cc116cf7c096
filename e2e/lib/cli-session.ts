import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROGRAM } from '@latchkey/testkit'
import { ROOT } from './server.ts'

/** One command of a session, and what it is to print. */
export interface Step {
  readonly command: string
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  readonly code: number
  /** In its file, from 1. */
  readonly line: number
}

/**
 * Reads a session: `$ ` a command, then what it prints on stdout, `2> ` in front of what it prints on stderr, `[1]` an exit code
 * that is not 0. `# ` begins a comment in front of a command. In expected lines `<name>` is a word that has to be the same
 * wherever the name comes again, also in commands; `<*>` is any text; a line `...` is any number of lines.
 */
export function parseSession(text: string): readonly Step[] {
  const steps: { command: string; stdout: string[]; stderr: string[]; code: number; line: number }[] = []
  for (const [at, line] of text.split('\n').entries()) {
    const step = steps.at(-1)
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), stdout: [], stderr: [], code: 0, line: at + 1 })
    else if (line.startsWith('# ') || step === undefined) continue
    else if (/^\[\d+\]$/.test(line)) step.code = Number(line.slice(1, -1))
    else if (line.startsWith('2> ')) step.stderr.push(line.slice(3))
    else if (line === '2>') step.stderr.push('')
    else step.stdout.push(line)
  }
  // Blank lines between commands are for the reader.
  for (const { stdout } of steps) while (stdout.at(-1) === '') stdout.pop()
  return steps
}

/** What the names in expected lines stand for by now. */
export type Names = Map<string, string>

/** The command with the names that are known put in. */
export function withNames(command: string, names: Names): string {
  return command.replaceAll(/<(\w+)>/g, (whole, name: string) => names.get(name) ?? whole)
}

/** @returns why they differ; undefined where they do not. Names that are met first are learnt. */
export function whyDifferent(expected: readonly string[], actual: string, names: Names): string | undefined {
  const lines = actual.trim() === '' ? [] : actual.replace(/\n+$/, '').split('\n')
  const learnt = match(expected, lines, names)
  if (learnt === undefined) return `expected:\n${expected.join('\n')}\n\ngot:\n${actual}`
  for (const [name, value] of learnt) names.set(name, value)
  return undefined
}

function match(expected: readonly string[], lines: readonly string[], names: Names): Names | undefined {
  const [first, ...rest] = expected
  if (first === undefined) return lines.length === 0 ? names : undefined
  if (first === '...') {
    for (let skipped = 0; skipped <= lines.length; skipped += 1) {
      const found = match(rest, lines.slice(skipped), names)
      if (found !== undefined) return found
    }
    return undefined
  }
  const [line, ...others] = lines
  const learnt = line === undefined ? undefined : matchLine(first, line, names)
  return learnt && match(rest, others, learnt)
}

function matchLine(expected: string, line: string, names: Names): Names | undefined {
  const order: string[] = []
  const pattern = expected.split(/(<\w+>|<\*>)/).map((part) => {
    if (part === '<*>') return '.*'
    const name = /^<(\w+)>$/.exec(part)?.[1]
    if (name === undefined) return escaped(part)
    const known = names.get(name)
    if (known !== undefined) return escaped(known)
    order.push(name)
    return '(\\S+)'
  })
  const found = new RegExp(`^${pattern.join('')}$`).exec(line)
  if (found === null) return undefined
  return new Map([...names, ...order.map((name, at) => [name, found[at + 1] ?? ''] as const)])
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

export interface Shell {
  run(command: string): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** A POSIX shell in a folder of its own: what a command exports is there for the next. No terminal, no settings of ours. */
export async function openShell(folder: string, env: Readonly<Record<string, string>>): Promise<Shell> {
  const bin = join(folder, 'bin')
  const state = join(folder, 'state.sh')
  const work = join(folder, 'work')
  await Promise.all([mkdir(bin), mkdir(work), writeFile(state, '')])
  const node = join(ROOT, 'node_modules', '.bin', 'node')
  await writeFile(
    join(bin, 'latchkey'),
    `#!/bin/sh\nexec '${node}' ${PROGRAM.map((part) => `'${part}'`).join(' ')} "$@"\n`,
  )
  await chmod(join(bin, 'latchkey'), 0o755)
  const own = {
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: folder,
    // Types are stripped once for all of the many runs.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(folder, 'cache'),
    ...env,
  }
  return {
    run(command) {
      const script = `. '${state}'\n${command}\ncode=$?\nexport -p > '${state}'\nexit $code`
      const child = spawn('sh', ['-c', script], { cwd: work, env: own, stdio: ['ignore', 'pipe', 'pipe'] })
      let stdout = ''
      let stderr = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text
      })
      return new Promise((resolve, reject) => {
        child.once('error', reject)
        child.once('close', (code) => resolve({ code, stdout, stderr }))
      })
    },
  }
}
