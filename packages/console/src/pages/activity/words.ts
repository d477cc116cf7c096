import { CAUSES, type CauseText } from '@latchkey/core'
import type { Tone } from '../../parts/layout.tsx'
import type { Line, LineOutcome } from './lines.ts'

const OUTCOME_WORDS: Readonly<Record<LineOutcome, { readonly title: string; readonly tone?: Exclude<Tone, 'plain'> }>> =
  {
    issued: { title: 'issued', tone: 'good' },
    refused: { title: 'refused', tone: 'bad' },
    revoked: { title: 'revoked', tone: 'warn' },
    changed: { title: 'changed' },
  }

export function outcomeWords(outcome: string): { readonly title: string; readonly tone?: Exclude<Tone, 'plain'> } {
  return isOutcome(outcome) ? OUTCOME_WORDS[outcome] : { title: outcome }
}

function isOutcome(text: string): text is LineOutcome {
  return Object.hasOwn(OUTCOME_WORDS, text)
}

const causes: ReadonlyMap<string, CauseText> = new Map(Object.entries(CAUSES))
export const CAUSE_IDS: readonly string[] = [...causes.keys()]

/** Undefined for codes, and for causes of a later server. */
export function causeText(id: string): CauseText | undefined {
  return causes.get(id)
}

export function causeTitle(id: string): string {
  if (id === 'unknown') return 'No cause told'
  return causes.get(id)?.title ?? id
}

const DOORS: Readonly<Record<string, string>> = {
  v3: 'the API',
  cli: 'the command line',
  console: 'the sign-in link of the console',
}

export function doorWords(door: string): string {
  return DOORS[door] ?? door
}

/** What a line is about besides its action, in a few words. */
export function lineWords({ object, value }: Line): string {
  if (object !== '') return object
  return value === 'previous' ? 'by the value before the last rotation' : ''
}

/** To the second: lines are looked for by it. */
export function lineTime(at: number): string {
  return new Date(at * 1_000).toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  })
}
