import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CommandFailure } from './command-failure.ts'

/** Writes a file that only its owner can read, and its directory where there is none. An older one stays until the new one is whole. */
export function writePrivately(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  using file = open(path)
  file.write(content)
}

/** A place for a file that only its owner can read, held until it is known what goes into it. */
export interface HeldFile extends Disposable {
  readonly path: string
  write(content: string): void
}

/**
 * For what is told once, and would be lost if it turned out only then that it cannot be written.
 *
 * @throws {CommandFailure} where no file can be made there; nor is a directory, since a wrong name would make one
 */
export function holdPrivately(path: string): HeldFile {
  const parent = statSync(dirname(path), { throwIfNoEntry: false })
  const there = statSync(path, { throwIfNoEntry: false })
  if (parent?.isDirectory() !== true) throw noFile(`there is no directory ${dirname(path)}`, path)
  if (there !== undefined && !there.isFile()) throw noFile(`${path} is no file`, path)
  try {
    return open(path)
  } catch (error) {
    throw noFile(
      `${path} cannot be written${error instanceof Error && 'code' in error ? ` (${error.code})` : ''}`,
      path,
    )
  }
}

function noFile(why: string, path: string): CommandFailure {
  return new CommandFailure(why, { details: '  nothing was changed\n', next: [`ls -ld ${dirname(path)}`] })
}

function open(path: string): HeldFile {
  // Under another name: one that is written over keeps its mode, and one that is cut short is of no use.
  const fresh = `${path}.${process.pid}.tmp`
  const file = openSync(fresh, 'wx', 0o600)
  let isWritten = false
  return {
    path,
    write(content) {
      writeFileSync(file, content)
      fsyncSync(file)
      renameSync(fresh, path)
      isWritten = true
    },
    [Symbol.dispose]() {
      closeSync(file)
      if (!isWritten) rmSync(fresh, { force: true })
    },
  }
}
