import type { EpochSeconds } from '@latchkey/core'
import { type Pasted, readPaste } from '@latchkey/doctor'
import { signal } from '@preact/signals'
import type { PastedFile } from './paste-file.ts'
import { type Reading, readAnything } from './reading.ts'

export interface ReadText {
  readonly text: string
  readonly reading: Reading
  /** What of it goes beside the probes; nothing of a report, which is somebody else's. */
  readonly along?: Pasted | undefined
}

/** What was last read. Outlives going to another page and back. */
export const pasted = signal<ReadText | undefined>(undefined)

/** Reads a text once, however often it is looked at. */
export function readText(text: string, clock: EpochSeconds): ReadText {
  const reading = readAnything(text, clock)
  return { text, reading, along: reading.kind === 'paste' ? readPaste(text) : undefined }
}

/** A file that is too long for a box. */
export const pastedFile = signal<PastedFile | undefined>(undefined)
