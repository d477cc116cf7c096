import type { CompletedCommand } from './words.ts'

export function powershellCompletion(commands: readonly CompletedCommand[]): string {
  return `# PowerShell completion for latchkey, made by: latchkey completion powershell
Register-ArgumentCompleter -Native -CommandName latchkey -ScriptBlock {
  param($word, $ast, $position)
  $commands = @{
${commands.map(({ path, words }) => `    '${path}' = '${words.map(({ word }) => word).join(' ')}'`).join('\n')}
  }
  $choices = @{
${commands
  .flatMap(({ path, choices }) => choices.map(({ flag, values }) => `    '${path} ${flag}' = '${values.join(' ')}'`))
  .join('\n')}
  }
  $path = ''
  $before = ''
  foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -ge $position -and $word -ne '') { break }
    $before = $element.ToString()
    $candidate = ("$path " + $before).Trim()
    if ($commands.ContainsKey($candidate)) { $path = $candidate }
  }
  $found = $choices["$path $before"]
  if ($null -eq $found) { $found = $commands[$path] }
  $found -split ' ' | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}
