import { type Command, InvalidArgumentError } from 'commander'
import { withExamples } from '../examples.ts'

/** `latchkey lint`: judges what was pasted. */
export function addLintCommand(program: Command): void {
  const command = program
    .command('lint [file]')
    .description('Judge an app token, a request, an answer, a curl line, an .env or a HAR; needs no server')
    .option('--want <actions>', 'What the job calls, as media.list,user.list')
    .option('--now <time>', 'Epoch seconds to judge at (default the making of the token, else now)', epoch)
    .option('--json', 'Print JSON')
    .action(async (file, flags) => (await import('../run/lint.ts')).run(file, flags))
  withExamples(command, [
    ['latchkey lint token.json', 'an app token, as appToken.get answers it or as it stands in a forum'],
    ['pbpaste | latchkey lint - --want user.list', 'what is in the clipboard, for a job that calls user.list'],
    ['latchkey lint session.har --json', 'the traffic of a browser or a tool'],
  ])
}

function epoch(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('accepted is a number of seconds since 1970.')
  return Number(text)
}
