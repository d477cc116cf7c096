import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { HASH_TYPES, PRESETS } from '@latchkey/core'
import type { Command } from 'commander'
import { completionFor } from '../src/completion/completion.ts'
import { HASH_TYPE_NAMES, PRESET_NAMES, SHELL_NAMES } from '../src/names.ts'
import { createProgram } from '../src/program.ts'

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
const WIDTH = 80

/** Every command that does something, under its whole name. */
function leaves(command: Command, prefix = 'latchkey'): readonly (readonly [string, Command])[] {
  return command.commands.flatMap((child) => {
    const name = `${prefix} ${child.name()}`
    return child.commands.length > 0 ? leaves(child, name) : [[name, child] as const]
  })
}

/** What a command prints for --help, examples among it. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({
    writeOut: (part) => {
      text += part
    },
    getOutHelpWidth: () => WIDTH,
  })
  command.outputHelp()
  return text
}

describe('every command', () => {
  for (const [name, command] of leaves(createProgram())) {
    test(`${name} has examples that begin with a command line, and help of ${WIDTH} columns`, () => {
      const [help = '', examples] = helpOf(command).split('\nExamples:\n')
      assert.ok(examples?.includes('latchkey '), 'there are examples')
      assert.deepEqual(
        help.split('\n').filter((line) => line.length > WIDTH),
        [],
      )
    })
  }

  test('takes no secret as the value of a flag', () => {
    const flags = leaves(createProgram()).flatMap(([, command]) => command.options.map(({ long }) => long ?? ''))
    assert.deepEqual(
      flags.filter((flag) => /(secret|value|password|database-url)$/.test(flag) && flag !== '--ask-secret'),
      [],
    )
  })
})

test('the help of a command loads none of our packages', () => {
  const seen = new Set<string>()
  const visit = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    // Types are stripped, and what is imported in the middle is loaded when it is needed.
    for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^import (?!type )[^;]*?from '([^']+)'$/gm)) {
      assert.ok(!from.startsWith('@latchkey/') && from !== 'zod', `${file} loads ${from}`)
      if (from.startsWith('.')) visit(join(dirname(file), from))
    }
  }
  visit(join(SOURCE, 'main.ts'))
  assert.ok(seen.size > 15, 'the files of the commands were looked at')
})

test('names that are told without loading their tables are those of the tables', () => {
  assert.deepEqual([...HASH_TYPE_NAMES].sort(), Object.keys(HASH_TYPES).sort())
  assert.deepEqual([...PRESET_NAMES], Object.keys(PRESETS))
})

describe('the completion', () => {
  for (const shell of SHELL_NAMES) {
    test(`of ${shell} knows every command and every flag`, () => {
      const script = completionFor(shell, createProgram())
      for (const [name, command] of leaves(createProgram())) {
        for (const part of name.split(' ')) assert.ok(script.includes(part), part)
        for (const { long } of command.options) assert.ok(script.includes((long ?? '').replace(/^--/, '')), long ?? '')
      }
    })
  }
})
