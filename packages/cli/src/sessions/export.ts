import type { EXPORT_SHELL_NAMES } from '../names.ts'

/** Lines that set variables in a shell; what has no value is unset, so that an older one does not stay. */
export function exportLines(
  shell: (typeof EXPORT_SHELL_NAMES)[number],
  variables: Readonly<Record<string, string | undefined>>,
): string {
  const write = WRITERS[shell]
  return Object.entries(variables)
    .map(([name, value]) => `${write(name, value)}\n`)
    .join('')
}

const WRITERS: Readonly<
  Record<(typeof EXPORT_SHELL_NAMES)[number], (name: string, value: string | undefined) => string>
> = {
  sh: (name, value) => (value === undefined ? `unset ${name}` : `export ${name}='${value.replaceAll("'", `'\\''`)}'`),
  fish: (name, value) =>
    value === undefined
      ? `set -e ${name}`
      : `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  powershell: (name, value) =>
    value === undefined
      ? `Remove-Item Env:${name} -ErrorAction SilentlyContinue`
      : `$Env:${name} = '${value.replaceAll("'", "''")}'`,
}
