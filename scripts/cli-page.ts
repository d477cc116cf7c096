import { createProgram } from '../packages/cli/src/program.ts'

type Command = ReturnType<typeof createProgram>

/** The reference page of the command line, made of the commands that there are. */
export function cliPage(): string {
  const commands = leaves(createProgram(), '')
  return `# The command line

\`npm run -s latchkey -- <command>\` in this repository, \`latchkey <command>\` where it is installed. \`--help\` behind a command shows
its examples; [how to use it](../how-to/use-the-command-line.md) is a page of its own.

What a command answers is on stdout, what is meant for whoever sits there on stderr; \`--json\` makes data of the former: one value,
also where the command fails (\`{"error": …, "next": […]}\`; \`call\` gives the error of the API as it came). What is written for people has 80 columns, has no colours where it is piped or where NO_COLOR is set, and is cut in tables only, never in
JSON. Behind an error stands the command to try next. Nobody is asked anything where there is no terminal.

| exit code | commands that judge: doctor, replay, lint, hash, inspect, explain, suggest, migrate status | others |
| --- | --- | --- |
| 0 | nothing found, or notes only; all is open; nothing to do | done |
| 1 | errors or warnings were found; something is not open, or cannot be; something to do | refused, or failed |
| 2 | could not look, could not read it, or wrong usage | wrong usage; nothing to read; nobody answers, or may be asked |
| 130 | whoever was asked gave up (Ctrl-C) | likewise |

Where a command calls a service, flags count before a profile that \`--profile\` names, that before the environment, and that before
the profile that \`LATCHKEY_PROFILE\` or the file of profiles names; without any of these the store of this machine is meant. Secrets
come from a file, the environment, a profile or a prompt, and are not taken as arguments, which everybody on a machine can read.

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
  const rows = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ flags, description, defaultValue }) => {
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
