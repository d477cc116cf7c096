import type { FileHandle } from 'node:fs/promises'

// Goes through the lines of a file in a fixed amount of memory. Each piece is read in a turn of the loop of its own, so that
// requests go on in between.

const CHUNK_BYTES = 128 * 1024

/** Anything longer is no line of ours and is passed over. */
const MAX_LINE_BYTES = 64 * 1024

const NEWLINE = 10

/**
 * One whole line. What it lies in is overwritten later.
 * @param bytes where the line is, from `start` to `end`
 * @param position of the line in the file
 */
export type Visit = (bytes: Buffer, start: number, end: number, position: number) => void

export interface Span {
  readonly from: number
  readonly to: number
}

/** For one scan at a time, since all use one buffer. */
export class Scanner {
  readonly #buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES + MAX_LINE_BYTES)

  /**
   * Visits the whole lines of a span.
   * @param needle only lines that hold these bytes are visited
   * @returns where the first line begins that wasn't whole
   */
  async scan(file: FileHandle, { from, to }: Span, needle: Buffer, visit: Visit): Promise<number> {
    const buffer = this.#buffer
    let position = from
    let held = 0
    let isPassingOver = false
    for (let readTo = from; readTo < to; ) {
      const { bytesRead } = await file.read(buffer, held, Math.min(CHUNK_BYTES, to - readTo), readTo)
      if (bytesRead === 0) break
      readTo += bytesRead
      const chunk = buffer.subarray(0, held + bytesRead)
      const start = isPassingOver ? chunk.indexOf(NEWLINE) + 1 : 0
      const end = chunk.lastIndexOf(NEWLINE) + 1
      if (start < end) visitLines(chunk.subarray(0, end), start, needle, visit, position)
      isPassingOver = (isPassingOver && end === 0) || chunk.length - end > MAX_LINE_BYTES
      held = isPassingOver ? 0 : chunk.length - end
      chunk.copyWithin(0, chunk.length - held)
      position = readTo - held
    }
    return position
  }
}

/** Looks for the needle and not for the lines, since it is far faster at passing over bytes. */
function visitLines(lines: Buffer, from: number, needle: Buffer, visit: Visit, position: number): void {
  for (let at = from; ; ) {
    const hit = lines.indexOf(needle, at)
    if (hit === -1) return
    const start = Math.max(from, lines.lastIndexOf(NEWLINE, hit) + 1)
    const end = lines.indexOf(NEWLINE, hit)
    if (end - start <= MAX_LINE_BYTES) visit(lines, start, end, position + start)
    at = end + 1
  }
}
