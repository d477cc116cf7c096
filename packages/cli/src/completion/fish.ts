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

function linesOf({ path, words, choices, fileFlags }: CompletedCommand): readonly string[] {
  const at = `-n "__latchkey_at '${path === '' ? '' : ` ${path}`}'"`
  return words.map(({ word, about }) => {
    if (!word.startsWith('--')) return `complete -c latchkey ${at} -a ${word} -d '${about}'`
    const own = choices.find(({ flag }) => flag === word)
    const values = own === undefined ? '' : ` -x -a '${own.values.join(' ')}'`
    const file = fileFlags.includes(word) ? ' -r -F' : ''
    return `complete -c latchkey ${at} -l ${word.slice(2)}${values}${file} -d '${about}'`
  })
}
