import type { JournalFilter, JournalLine } from '@latchkey/authority'
import { OUTCOMES } from './line.ts'

const BLOCK_BYTES = 1024 * 1024

/** Partners that are counted in one block; with more, the block is looked through when it matters. */
const MAX_PARTNERS = 64

/** A stretch of a file: when its lines were written, and whose they are. */
export interface Block {
  readonly name: string
  readonly from: number
  to: number
  minAt: number
  maxAt: number
  /** By partner and outcome; undefined when there were too many. */
  counts: Map<string, number> | undefined
}

/** All files in blocks, so that a page and its total take reading a few of them. */
export class Blocks {
  readonly #ofFile = new Map<string, Block[]>()

  add(name: string, line: JournalLine, position: number, length: number): void {
    let blocks = this.#ofFile.get(name)
    if (blocks === undefined) {
      blocks = []
      this.#ofFile.set(name, blocks)
    }
    let block = blocks.at(-1)
    if (block === undefined || position - block.from >= BLOCK_BYTES) {
      block = { name, from: position, to: position, minAt: line.at, maxAt: line.at, counts: new Map() }
      blocks.push(block)
    }
    // With its newline: the next scan of the block must find the line whole.
    block.to = position + length + 1
    block.minAt = Math.min(block.minAt, line.at)
    block.maxAt = Math.max(block.maxAt, line.at)
    if (block.counts === undefined) return
    const key = keyOf(line.partnerId, line.outcome)
    block.counts.set(key, (block.counts.get(key) ?? 0) + 1)
    if (block.counts.size > MAX_PARTNERS * OUTCOMES.length) block.counts = undefined
  }

  /** The one with the latest line first. */
  latestFirst(): readonly Block[] {
    return [...this.#ofFile.values()].flat().sort((a, b) => b.maxAt - a.maxAt)
  }

  /** Names of the files, the oldest first. */
  names(): readonly string[] {
    return [...this.#ofFile.keys()].sort()
  }

  clear(): void {
    this.#ofFile.clear()
  }
}

/** How many lines of the block match; undefined when only looking tells. */
export function countOf(block: Block, partnerId: number, filter: JournalFilter): number | undefined {
  const { at, outcomes } = filter
  const [from, to] = [at?.from ?? block.minAt, at?.to ?? block.maxAt]
  if (block.maxAt < from || block.minAt > to) return 0
  if (block.counts === undefined) return undefined
  let count = 0
  for (const outcome of OUTCOMES) {
    if (outcomes === undefined || outcomes.includes(outcome)) count += block.counts.get(keyOf(partnerId, outcome)) ?? 0
  }
  const isWithin = block.minAt >= from && block.maxAt <= to
  return count === 0 || (isWithin && isByTimeAndOutcome(filter)) ? count : undefined
}

function isByTimeAndOutcome({ tokenId, actions, causes, actor, requestId }: JournalFilter): boolean {
  return [tokenId, actions, causes, actor, requestId].every((each) => each === undefined)
}

function keyOf(partnerId: number, outcome: JournalLine['outcome']): string {
  return `${partnerId}/${outcome}`
}
