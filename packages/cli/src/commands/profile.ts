import type { Command } from 'commander'
import { withExamples } from '../examples.ts'
import { serviceUrl, wholeNumber } from '../option-values.ts'

/** `latchkey profile`: a service, an account and what signs in there, under a name. */
export function addProfileCommand(program: Command): void {
  const profile = program
    .command('profile')
    .description('Keep services and secrets under names, in a file of mode 0600')
  const list = profile
    .command('list')
    .description('List the profiles; secrets are not shown')
    .option('--json', 'Print JSON')
    .action(async (flags) => (await import('../run/profile.ts')).list(flags))
  withExamples(list, [['latchkey profile list', 'the default one has a star']])
  const save = profile
    .command('save <name>')
    .description('Make a profile, or change what is given of it')
    .option('--service-url <url>', 'Address of the service', serviceUrl)
    .option('--data <directory>', 'Or the data directory of a store on this machine')
    .option('--partner-id <id>', 'Id of the account', wholeNumber)
    .option('--admin-secret-file <file>', 'File with its admin secret, - for piped in')
    .option('--ask-secret', 'Ask for the admin secret at the terminal')
    .option('--token-id <id>', 'Id of an app token to log in with')
    .option('--token-value-file <file>', 'File with its value, - for piped in')
    .option('--default', 'Use it where nothing else is said')
    .option('--json', 'Print JSON')
    .action(async (name, flags) => (await import('../run/profile.ts')).save(name, flags))
  withExamples(save, [
    [
      'latchkey profile save prod --service-url https://www.example.com --partner-id 1234 --ask-secret',
      'asks for the admin secret, which is not shown',
    ],
    ['latchkey profile save etl --token-id 0_abcd1234 --token-value-file token.txt', 'logs in by an app token'],
  ])
  const remove = profile
    .command('delete <name>')
    .description('Delete a profile with its secrets')
    .option('--json', 'Print JSON')
    .action(async (name, flags) => (await import('../run/profile.ts')).remove(name, flags))
  withExamples(remove, [['latchkey profile delete prod', 'the secret is still valid: only this copy is gone']])
}
