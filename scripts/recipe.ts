// What is known of a tool, as data. What is not known is left out or `unknown`: nothing is a guess.
import type { HashType } from '@latchkey/core'
import { ETL_HASHES, type EtlHash } from '../packages/console/src/snippets/etl-hash.ts'

export interface Recipe {
  /** The page's name. */
  readonly id: string
  readonly title: string
  /** Whether the tool has OAuth2's client credentials built in. */
  readonly oauth2: 'yes' | 'no' | 'unknown'
  /** Where in the tool that is, or how else its door works. */
  readonly oauth2Note?: string | undefined
  /** Absent where no function is known that hashes. */
  readonly hash?: EtlHash | undefined
  /** Which the token is best made with. */
  readonly hashType: HashType
  /**
   * `tests`: a test runs what the page says, in the tool itself. `expression`: the language of the expression is run, the tool
   * is not. `no`: neither.
   */
  readonly run: 'tests' | 'expression' | 'no'
  /** Which door, where it does not follow from the two. */
  readonly best?: string | undefined
  /** What surprises people; sentences. */
  readonly notes: readonly string[]
  /** The vendor's own words on it. */
  readonly sources: readonly string[]
}

/** The console's own expressions of a tool. */
export function known(tool: string): EtlHash {
  const found = ETL_HASHES.find((hash) => hash.tool === tool)
  if (found === undefined) throw new Error(`no expression of ${tool} in etl-hash.ts`)
  return found
}
