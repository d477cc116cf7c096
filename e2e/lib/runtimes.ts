import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { SnippetLanguage } from '../../packages/console/src/snippets/types.ts'
import { ROOT } from './server.ts'

/** How a language is run here, and how it is found out whether that can be done. */
export interface Runtime {
  readonly command: string
  readonly probe: readonly string[]
  readonly file: string
  readonly args?: (file: string) => readonly string[]
  /** What has to lie beside the program. */
  readonly beside?: { readonly name: string; readonly text: string }
}

/** All but what is no program of its own. */
export type RunnableLanguage = Exclude<SnippetLanguage, 'browser' | 'etl'>

export const RUNTIMES: Readonly<Record<RunnableLanguage, Runtime>> = {
  curl: { command: 'sh', probe: ['-c', 'curl --version'], file: 'step.sh' },
  python: { command: 'python3', probe: ['--version'], file: 'step.py' },
  node: { command: 'node', probe: ['--version'], file: 'step.mjs' },
  // The pinned one, which runs it as it is.
  typescript: { command: join(ROOT, 'node_modules', '.bin', 'node'), probe: ['--version'], file: 'step.mts' },
  php: { command: 'php', probe: ['--version'], file: 'step.php' },
  java: {
    command: 'java',
    probe: ['--version'],
    file: 'Step.java',
    // Each run compiles; what makes a long program fast would take longer than the program.
    args: (file) => ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', file],
  },
  csharp: {
    command: 'dotnet',
    probe: ['--version'],
    file: 'Program.cs',
    args: (file) => ['run', '--project', join(file, '..')],
    beside: {
      name: 'step.csproj',
      text: '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net8.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup></Project>',
    },
  },
  ruby: { command: 'ruby', probe: ['--version'], file: 'step.rb' },
  go: { command: 'go', probe: ['version'], file: 'step.go', args: (file) => ['run', file] },
  perl: { command: 'perl', probe: ['-MHTTP::Tiny', '-MJSON::PP', '-MDigest::SHA', '-e1'], file: 'step.pl' },
  powershell: {
    command: process.platform === 'win32' ? 'powershell' : 'pwsh',
    probe: ['-NoProfile', '-Command', 'exit 0'],
    file: 'step.ps1',
    args: (file) => ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', file],
  },
}

export const RUNNABLE: readonly RunnableLanguage[] = [
  'curl',
  'python',
  'node',
  'typescript',
  'php',
  'java',
  'csharp',
  'ruby',
  'go',
  'perl',
  'powershell',
]

export function isThere({ command, probe }: Runtime): boolean {
  try {
    execFileSync(command, [...probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
