import { flagsOf } from './flags-of.ts'
import type { CompletedCommand } from './words.ts'

export function zshCompletion(commands: readonly CompletedCommand[]): string {
  // Not $path, which is the list that $PATH is made of.
  return `#compdef latchkey
# zsh completion for latchkey, made by: latchkey completion zsh
_latchkey() {
  local before=\${words[CURRENT-1]} place='' candidate at
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  for ((at = 2; at < CURRENT; at++)); do
    candidate="\${place:+$place }\${words[at]}"
    case "$candidate" in
      ${pathsOf(commands)}) place=$candidate ;;
      *) break ;;
    esac
  done
  case "$place $before" in
${commands
  .flatMap(({ path, choices }) =>
    choices.map(({ flag, values }) => `    '${path} ${flag}') compadd -- ${values.join(' ')}; return ;;`),
  )
  .join('\n')}
  esac
  case "$before" in
    ${flagsOf(commands, 'fileFlags')}) _files; return ;;
    ${flagsOf(commands, 'otherFlags')}) _message value; return ;;
  esac
  local -a found
  case "$place" in
${commands
  .map(
    ({ path, words }) => `    '${path}') found=(${words.map(({ word, about }) => `'${word}:${about}'`).join(' ')}) ;;`,
  )
  .join('\n')}
  esac
  case "$place" in
${commands
  .filter(({ values }) => values.length > 0)
  .map(({ path, values }) => `    '${path}') found=(${values.join(' ')} $found) ;;`)
  .join('\n')}
    ${pathsOf(commands.filter(({ takesFile }) => takesFile))}) [[ $PREFIX == -* ]] || { _files; return } ;;
  esac
  _describe latchkey found || _files
}
if [ "$funcstack[1]" = _latchkey ]; then _latchkey; else compdef _latchkey latchkey; fi
`
}

function pathsOf(commands: readonly CompletedCommand[]): string {
  return commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path}'`)
    .join('|')
}
