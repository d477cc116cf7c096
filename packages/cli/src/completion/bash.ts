import { flagsOf } from './flags-of.ts'
import type { CompletedCommand } from './words.ts'

export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# bash completion for latchkey, made by: latchkey completion bash
_latchkey() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} place='' at candidate words='' values=''
  # --flag=value comes as three words.
  if [ "$word" = = ]; then word=''
  elif [ "$before" = = ]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    candidate="\${place:+$place }\${COMP_WORDS[at]}"
    case "$candidate" in
      ${pathsOf(commands)}) place=$candidate ;;
      *) break ;;
    esac
  done
  case "$place $before" in
${choicesOf(commands)}
  esac
  case "$before" in
    ${flagsOf(commands, 'fileFlags')}) compopt -o default; COMPREPLY=(); return ;;
    ${flagsOf(commands, 'otherFlags')}) COMPREPLY=(); return ;;
  esac
  case "$place" in
${commands.map(({ path, words }) => `    '${path}') words='${words.map(({ word }) => word).join(' ')}' ;;`).join('\n')}
  esac
  case "$place" in
${commands
  .filter(({ values }) => values.length > 0)
  .map(({ path, values }) => `    '${path}') values='${values.join(' ')}' ;;`)
  .join('\n')}
    ${filePathsOf(commands)}) case "$word" in -*) ;; *) compopt -o default; COMPREPLY=(); return ;; esac ;;
  esac
  COMPREPLY=($(compgen -W "$values $words" -- "$word"))
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

function filePathsOf(commands: readonly CompletedCommand[]): string {
  return pathsOf(commands.filter(({ takesFile }) => takesFile))
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
