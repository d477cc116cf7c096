import type { CompletedCommand } from './words.ts'

export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef latchkey
# zsh completion for latchkey, made by: latchkey completion zsh
_latchkey() {
  local before=\${words[CURRENT-1]} path='' candidate at
  for ((at = 2; at < CURRENT; at++)); do
    candidate="\${path:+$path }\${words[at]}"
    case "$candidate" in
      ${commands
        .filter(({ path }) => path !== '')
        .map(({ path }) => `'${path}'`)
        .join('|')}) path=$candidate ;;
      *) break ;;
    esac
  done
  case "$path $before" in
${commands
  .flatMap(({ path, choices }) =>
    choices.map(({ flag, values }) => `    '${path} ${flag}') compadd -- ${values.join(' ')}; return ;;`),
  )
  .join('\n')}
  esac
  case "$before" in
    ${[...new Set(commands.flatMap(({ fileFlags }) => fileFlags))].join('|')}) _files; return ;;
  esac
  local -a found
  case "$path" in
${commands
  .map(
    ({ path, words }) => `    '${path}') found=(${words.map(({ word, about }) => `'${word}:${about}'`).join(' ')}) ;;`,
  )
  .join('\n')}
  esac
  _describe latchkey found || _files
}
if [ "$funcstack[1]" = _latchkey ]; then _latchkey; else compdef _latchkey latchkey; fi
`
}
