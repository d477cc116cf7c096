import { Argument, type Command } from 'commander'
import { withExamples } from '../examples.ts'
import { SHELL_NAMES } from '../names.ts'

/** `latchkey completion`: for the tab key of a shell. */
export function addCompletionCommand(program: Command): void {
  const command = program
    .command('completion')
    .addArgument(new Argument('<shell>').choices(SHELL_NAMES))
    .description(`Print what completes commands and flags in ${SHELL_NAMES.join(', ')}`)
    .action(async (shell: (typeof SHELL_NAMES)[number]) => {
      const { completionFor } = await import('../completion/completion.ts')
      process.stdout.write(completionFor(shell, program))
    })
  withExamples(command, [
    ['source <(latchkey completion bash)', 'in ~/.bashrc'],
    ['source <(latchkey completion zsh)', 'in ~/.zshrc, behind compinit'],
    ['latchkey completion fish > ~/.config/fish/completions/latchkey.fish', 'once'],
    ['latchkey completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
  ])
}
