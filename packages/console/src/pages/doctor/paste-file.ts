import { LARGEST_HAR } from '@latchkey/doctor'

/** A file that somebody chose or dropped, with all that is in it. */
export interface PastedFile {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly text: string
}

export type FileAnswer = { readonly ok: true; readonly file: PastedFile } | { readonly ok: false; readonly why: string }

/** More than this is not shown in a box, where it would only be slow. */
export const LARGEST_SHOWN = 200_000

export async function readFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<FileAnswer> {
  const { name, size } = file
  if (size > LARGEST_HAR) {
    return { ok: false, why: `${name} has ${sizeInWords(size)}; up to ${sizeInWords(LARGEST_HAR)} are read.` }
  }
  try {
    return { ok: true, file: { name, size, text: await file.text() } }
  } catch {
    return { ok: false, why: `${name} could not be read. It may have been moved or changed meanwhile.` }
  }
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`
  return bytes < 1_048_576 ? `${Math.round(bytes / 1_024)} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`
}
