import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { runCli, temporaryDirectory } from './lib/server.ts'

const run = promisify(execFile)
const COMMANDS =
  'call completion doctor explain explain-error hash help inspect lint migrate partner profile reach replay role serve session settings suggest token vectors'

/** What stands on a line when the tab key is pressed, and all that is offered then, in the order of the alphabet; flags aside. */
const OFFERS: readonly (readonly [line: string, offered: string])[] = [
  ['latchkey ', COMMANDS],
  ['latchkey tok', 'token'],
  ['latchkey token ', 'create delete list pause resume rotate show'],
  ['latchkey token create --prese', '--preset'],
  ['latchkey token create --preset ', 'full get-and-list recent-calls upload'],
  ['latchkey token create ETL --hash-type SHA5', 'SHA512'],
  ['latchkey token list --status ', 'active paused'],
  ['latchkey session start --export ', 'fish powershell sh'],
  ['latchkey completion ', 'bash fish powershell zsh'],
  ['latchkey help to', 'token'],
  ['latchkey help token ro', 'rotate'],
  ['latchkey token list --session-file ks', 'ks.txt'],
  ['latchkey lint har', 'har.json'],
  ['latchkey replay har', 'har.json'],
  ['latchkey migrate status --data da', 'data'],
  ['latchkey token create --preset=g', 'get-and-list'],
  // Nobody can guess it, and a list of flags is no guess.
  ['latchkey token list --partner-id ', ''],
  // The same flag takes something elsewhere.
  ['latchkey reach 0_abcd1234 --actions --js', '--json'],
]

/** How a shell is asked for what it offers: a program in its own language, which reads the script and the lines as arguments. */
const SHELLS = {
  bash: {
    args: ['--norc', '-c'],
    // Where only files are left, bash takes over; so does this.
    program: `. "$1"; shift
compopt() { files=1; }
for line; do
  files=; COMPREPLY=(); COMP_WORDS=(\${line//=/ = }); case "$line" in *' ') COMP_WORDS+=('') ;; esac
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _latchkey
  [ \${#COMPREPLY[@]} -gt 0 ] || [ -z "$files" ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
  echo "\${COMPREPLY[*]}"
done`,
  },
  fish: {
    args: ['--no-config', '-c'],
    program: `source $argv[1]
for line in $argv[2..-1]; echo (complete -C $line | string replace -r '\\t.*' '' | string join ' '); end`,
  },
  zsh: {
    args: ['-f', '-c'],
    // Its completion lives in the line editor: a second zsh at a terminal of its own presses the key, and shows what it was given.
    program: `zmodload zsh/zpty; script=$0
zpty inner zsh -f -i
send() { zpty -w inner "$1" }
until_seen() { local part; REPLY=; while zpty -r inner part; do REPLY+=$part; [[ $REPLY == *"$1"* ]] && return; done }
send "PS1=; PROMPT_EOL_MARK=; stty -echo columns 10000; autoload -Uz compinit; compinit -u -D; source $script"
send 'compadd() { local -a found; builtin compadd -O found "$@"; offered+=($found); builtin compadd "$@" }
offer() { offered=(); _main_complete; builtin compadd -U -- x; print -r -- "OFFERED \${offered[*]} END" }
zle -C offer complete-word offer; bindkey "^I" offer; bindkey "^U" kill-whole-line; print IS""READY'
until_seen ISREADY
for line in "$@"; do
  zpty -wn inner "$line"$'\\t'; until_seen END
  offered=\${\${REPLY##*OFFERED }%% END*}; print -r -- $offered
  zpty -wn inner $'\\x15'
done`,
  },
} as const

describe('the tab key', () => {
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>
  before(async () => {
    folder = await temporaryDirectory()
    await Promise.all([
      writeFile(join(folder.path, 'ks.txt'), ''),
      writeFile(join(folder.path, 'har.json'), ''),
      mkdir(join(folder.path, 'data')),
    ])
  })
  after(() => folder[Symbol.asyncDispose]())

  for (const [shell, { args, program }] of Object.entries(SHELLS)) {
    test(`in ${shell} offers what may come next, and nothing else`, { skip: whyNot(shell) }, async () => {
      const script = join(folder.path, `.completion.${shell}`)
      const { stdout: text } = await runCli(['completion', shell], {})
      await writeFile(script, text)
      const lines = OFFERS.map(([line]) => line)
      const { stdout, stderr } = await run(
        shell,
        [...args, program, ...(shell === 'bash' ? [shell] : []), script, ...lines],
        {
          cwd: folder.path,
          env: { PATH: process.env.PATH ?? '', HOME: folder.path, TERM: 'xterm' },
          timeout: 60_000,
        },
      )
      const offered = stdout.replace(/\n$/, '').split('\n')
      assert.equal(stderr, '')
      assert.deepEqual(
        OFFERS.map(([line], at) => [line, sorted(offered[at] ?? 'no answer', line)]),
        OFFERS.map(([line, expected]) => [line, expected]),
      )
    })
  }
})

/** Whether flags are offered beside names, directories with a stroke, and values with their flag is each shell's own way. */
function sorted(offered: string, line: string): string {
  const words = offered
    .split(' ')
    .map((word) => word.replace(/^--\w+=|\/$/g, ''))
    .filter((word) => line.includes('--') || !word.startsWith('--'))
  return [...new Set(words)].sort().join(' ').trim()
}

function whyNot(shell: string): string | undefined {
  try {
    execFileSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' })
    return undefined
  } catch {
    return `there is no ${shell} here`
  }
}
