import { signal } from '@preact/signals'
import type { PastedFile } from './paste-file.ts'
import type { Reading } from './reading.ts'

/** What was last read, with the text that it is about. Outlives going to another page and back. */
export const pasted = signal<{ readonly text: string; readonly reading: Reading } | undefined>(undefined)

/** A file that is too long for a box. */
export const pastedFile = signal<PastedFile | undefined>(undefined)
