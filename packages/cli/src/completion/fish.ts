import type { CompletedCommand } from './words.ts'

export function fishCompletion(commands: readonly CompletedCommand[]): string {
  return `# fish completion for latchkey, made by: latchkey completion fish
function __latchkey_at
    set -l path
    for word in (commandline -opc)[2..-1]
        contains -- "$path $word" ${commands
          .filter(({ path }) => path !== '')
          .map(({ path }) => `' ${path}'`)
          .join(' ')}
        or break
        set path "$path $word"
    end
    test "$path" = "$argv[1]"
end
complete -c latchkey -f
${commands.flatMap(linesOf).join('\n')}
`
}

function linesOf(command: CompletedCommand): readonly string[] {
  const { path, words, choices, fileFlags, otherFlags, values, takesFile } = command
  const at = `-n "__latchkey_at '${path === '' ? '' : ` ${path}`}'"`
  const lines = words.map(({ word, about }) => {
    if (!word.startsWith('--')) return `complete -c latchkey ${at} -a ${word} -d '${about}'`
    const own = choices.find(({ flag }) => flag === word)
    const choice = own === undefined ? '' : ` -x -a '${own.values.join(' ')}'`
    const value = fileFlags.includes(word) ? ' -r -F' : otherFlags.includes(word) ? ' -x' : ''
    return `complete -c latchkey ${at} -l ${word.slice(2)}${choice}${value} -d '${about}'`
  })
  return [
    ...lines,
    ...(values.length > 0 ? [`complete -c latchkey ${at} -a '${values.join(' ')}'`] : []),
    ...(takesFile ? [`complete -c latchkey ${at} -F`] : []),
  ]
}
