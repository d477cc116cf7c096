import { createProgram } from '../packages/cli/src/program.ts'

type Command = ReturnType<typeof createProgram>

/** The reference page of the command line, made of the commands that there are. */
export function cliPage(): string {
  const commands = leaves(createProgram(), '')
  return `# The command line

\`npm run latchkey -- <command>\` in this repository, \`latchkey <command>\` where it is installed. \`--help\` behind a command shows
its examples. What a command answers is on stdout, what is meant for whoever sits there on stderr; \`--json\` makes data of the former.
Colours are left out where the output is piped, and where NO_COLOR is set.

| exit code | commands that judge: doctor, replay, lint, hash, inspect | others |
| --- | --- | --- |
| 0 | nothing found, or notes only | done |
| 1 | errors or warnings were found | failed |
| 2 | could not look, could not read it, or wrong usage | wrong usage; nothing to read |

This page is made by \`npm run docs\`.

${commands.map(([name, command]) => section(name, command)).join('\n')}`
}

/** Commands that do something, under their whole names. */
function leaves(command: Command, prefix: string): readonly (readonly [string, Command])[] {
  return command.commands.flatMap((child) => {
    const name = `${prefix}${child.name()}`
    return child.commands.length > 0 ? leaves(child, `${name} `) : [[name, child] as const]
  })
}

function section(name: string, command: Command): string {
  const rows = command.options.map(({ flags, description, defaultValue }) => {
    const isTold = defaultValue === undefined || Array.isArray(defaultValue)
    return `| \`${flags}\` | ${cell(description)}${isTold ? '' : ` (default ${defaultValue})`} |`
  })
  const table = rows.length === 0 ? '' : `\n| flag | what it does |\n| --- | --- |\n${rows.join('\n')}\n`
  return `## latchkey ${name}

\`latchkey ${name} ${command.usage()}\`

${command.description()}.
${table}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
