import type { CompletedCommand } from './words.ts'

export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# bash completion for latchkey, made by: latchkey completion bash
_latchkey() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path='' at candidate
  for ((at = 1; at < COMP_CWORD; at++)); do
    candidate="\${path:+$path }\${COMP_WORDS[at]}"
    case "$candidate" in
      ${pathsOf(commands)}) path=$candidate ;;
      *) break ;;
    esac
  done
  case "$path $before" in
${choicesOf(commands)}
  esac
  case "$before" in
    ${fileFlagsOf(commands)}) compopt -o default; COMPREPLY=(); return ;;
  esac
  local words=''
  case "$path" in
${commands.map(({ path, words }) => `    '${path}') words='${words.map(({ word }) => word).join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [ \${#COMPREPLY[@]} -eq 0 ] && compopt -o default
}
complete -F _latchkey latchkey
`
}

function pathsOf(commands: readonly CompletedCommand[]): string {
  return commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path}'`)
    .join('|')
}

function choicesOf(commands: readonly CompletedCommand[]): string {
  return commands
    .flatMap(({ path, choices }) =>
      choices.map(
        ({ flag, values }) =>
          `    '${path} ${flag}') COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$word")); return ;;`,
      ),
    )
    .join('\n')
}

function fileFlagsOf(commands: readonly CompletedCommand[]): string {
  return [...new Set(commands.flatMap(({ fileFlags }) => fileFlags))].join('|')
}
