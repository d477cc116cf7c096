import { browser } from './browser.ts'
import { csharp } from './csharp.ts'
import { curl } from './curl.ts'
import { etl } from './etl.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { node, typescript } from './node.ts'
import { partsOf } from './parts.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import { powershell } from './powershell.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import type { SnippetLanguage, SnippetPart, SnippetStep, SnippetValues } from './types.ts'
import type { Writer } from './writer.ts'

const WRITERS: Readonly<Record<SnippetLanguage, Writer>> = {
  curl,
  python,
  node,
  typescript,
  browser,
  php,
  java,
  csharp,
  ruby,
  go,
  perl,
  powershell,
  etl,
}

/**
 * A step, or all four, as it is done in a language: programs that run as they are, with the values that are known. Show
 * it by its parts, so that secrets can be masked one at a time, or by `snippetText`.
 *
 * To hand out a program without secrets, leave `tokenValue` out: it then reads the environment.
 */
export function snippet(step: SnippetStep, language: SnippetLanguage, values: SnippetValues): readonly SnippetPart[] {
  const known = values.readsEnvironment === true ? { ...values, tokenValue: undefined } : values
  return partsOf(WRITERS[language][step](known))
}
