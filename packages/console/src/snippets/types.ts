import type { HashType } from '@latchkey/core'
import type { JsonObject } from '../connection/json.ts'

export type SnippetLanguage =
  | 'curl'
  | 'python'
  | 'node'
  | 'typescript'
  | 'browser'
  | 'php'
  | 'java'
  | 'csharp'
  | 'ruby'
  | 'go'
  | 'perl'
  | 'powershell'
  | 'etl'

/** In the order of the tabs. */
export const SNIPPET_LANGUAGES: readonly { readonly id: SnippetLanguage; readonly title: string }[] = [
  { id: 'curl', title: 'curl' },
  { id: 'python', title: 'Python' },
  { id: 'node', title: 'Node' },
  { id: 'typescript', title: 'TypeScript' },
  { id: 'browser', title: 'Browser' },
  { id: 'php', title: 'PHP' },
  { id: 'java', title: 'Java' },
  { id: 'csharp', title: 'C#' },
  { id: 'ruby', title: 'Ruby' },
  { id: 'go', title: 'Go' },
  { id: 'perl', title: 'Perl' },
  { id: 'powershell', title: 'PowerShell' },
  { id: 'etl', title: 'In my ETL tool' },
]

/** The four steps of the workflow, and the four in one program. */
export type SnippetStep = 'widget' | 'hash' | 'session' | 'call' | 'whole'

export const SNIPPET_STEPS: readonly SnippetStep[] = ['widget', 'hash', 'session', 'call', 'whole']

/**
 * What is known so far. What is absent is written as a placeholder (`<session from step 3>`), but for the token's value,
 * which a program then reads from the environment variable `LATCHKEY_TOKEN_VALUE`.
 */
export interface SnippetValues {
  /** With or without slashes at its end, without `/api_v3`. */
  readonly serviceUrl: string
  readonly partnerId: number | string
  readonly widgetId: string
  readonly widgetSession?: string | undefined
  readonly tokenId: string
  readonly tokenValue?: string | undefined
  readonly hashType: HashType
  readonly tokenHash?: string | undefined
  /** What is asked of the exchange beyond what the token says. `expiry` in seconds. */
  readonly startSession: {
    readonly userId?: string | undefined
    readonly type?: number | undefined
    readonly expiry?: number | undefined
    readonly privileges?: string | undefined
  }
  readonly session?: string | undefined
  /**
   * For a whole program that is nobody's own: it reads address, account and token from `LATCHKEY_URL`,
   * `LATCHKEY_PARTNER_ID`, `LATCHKEY_TOKEN_ID` and `LATCHKEY_TOKEN_VALUE`, whatever else is given here.
   */
  readonly readsEnvironment?: boolean | undefined
  readonly call: { readonly service: string; readonly action: string; readonly params: JsonObject }
}

/** What a secret part is; `parameter` is a parameter of the call whose name says that it is one. */
export type SecretName = 'widget session' | 'token value' | 'hash' | 'session' | 'parameter'

/** A piece of a snippet. The text of a secret is already escaped for where it stands, its quotes are outside. */
export type SnippetPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'secret'; readonly name: SecretName; readonly text: string }
