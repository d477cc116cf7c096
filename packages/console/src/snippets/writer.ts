import type { Piece } from './parts.ts'
import type { SnippetStep, SnippetValues } from './types.ts'

/** How a language writes each step, and all four in one program. */
export type Writer = Readonly<Record<SnippetStep, (values: SnippetValues) => Piece>>

/** Where a program finds the token's value when it is not written into it. */
export const TOKEN_VALUE_ENV = 'LATCHKEY_TOKEN_VALUE'
