import { formatDuration, formatTime } from '../connection/clock.ts'

/** What is told of a token: its first sentence, which is what matters, and the others, for whoever wants to know. */
export interface SummaryText {
  readonly first: string
  readonly rest: string
}

/** A text that is no longer than this is shown whole. */
const SHORT = 160

/** Cuts a summary in two, with its numbers of seconds as a person says them. */
export function summaryText(summary: string): SummaryText {
  const text = inPersonsTime(summary)
  // No sentence ends in a name, such as media.list.
  const end = text.length <= SHORT ? undefined : /[.…] (?=[A-Z])/.exec(text)
  if (end == null) return { first: text, rest: '' }
  return { first: text.slice(0, end.index + 1), rest: text.slice(end.index + 2) }
}

function inPersonsTime(text: string): string {
  return text
    .replaceAll(/\bof (\d{1,9}) s\b/g, (_, seconds) => `of ${formatDuration(Number(seconds))}`)
    .replaceAll(/\bexpired at (\d{9,11})\b/g, (_, at) => `expired on ${formatTime(Number(at))}`)
}
