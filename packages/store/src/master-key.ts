import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { LatchkeyError } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { KEY_LENGTH } from './sealing.ts'

/** @see loadMasterKey */
export interface MasterKeyOptions {
  readonly path: string
  /** Whether a missing file is made. Only right as long as nothing was sealed yet. */
  readonly mayCreate: boolean
}

/**
 * Reads the key that wraps the data key: 32 bytes as base64 or hex, nothing else in the file but white space around it. A
 * file that others than its owner may read or write is refused, as ssh does with its keys.
 *
 * @returns 32 bytes
 * @throws {LatchkeyError} `MASTER_KEY_MISSING`; `SETTING_INVALID` when the file is open to others, holds no key, or cannot be
 *   read or made
 */
export function loadMasterKey({ path, mayCreate }: MasterKeyOptions): Uint8Array {
  const found = readKeyFile(path)
  if (found !== undefined) return found
  if (!mayCreate) throw new LatchkeyError('MASTER_KEY_MISSING', { path })
  createKeyFile(path)
  const made = readKeyFile(path)
  if (made === undefined) throw new LatchkeyError('MASTER_KEY_MISSING', { path })
  return made
}

function readKeyFile(path: string): Uint8Array | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw invalid(path, 'a file that cannot be opened', 'a file that this user can read', error)
  }
  try {
    const { mode } = fstatSync(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw invalid(path, `mode ${(mode & 0o777).toString(8)}`, `a file that only its owner can use: chmod 600 ${path}`)
    }
    const key = parseKey(readFileSync(file, 'utf8').trim())
    if (key === undefined) throw invalid(path, 'something else', '32 bytes in base64 or hex')
    return key
  } catch (error) {
    if (error instanceof LatchkeyError) throw error
    throw invalid(path, 'a file that cannot be read', 'a file that this user can read', error)
  } finally {
    closeSync(file)
  }
}

function parseKey(text: string): Uint8Array | undefined {
  const base64 = /^[0-9a-f]{64}$/i.test(text) ? undefined : nodePrimitives.decodeBase64(text)
  const bytes = base64 ?? (/^[0-9a-f]{64}$/i.test(text) ? hexBytes(text) : undefined)
  return bytes?.length === KEY_LENGTH ? bytes : undefined
}

function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Appears whole or not at all, and is on disk before anything is sealed under it; an existing one stays. */
function createKeyFile(path: string): void {
  const text = `${nodePrimitives.encodeBase64(nodePrimitives.randomBytes(KEY_LENGTH))}\n`
  const draft = `${path}.${process.pid}.new`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    rmSync(draft, { force: true })
    const file = openSync(draft, 'wx', 0o600)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    linkSync(draft, path)
    syncDirectory(dirname(path))
  } catch (error) {
    if (!isCode(error, 'EEXIST')) {
      throw invalid(path, 'a path where no file can be made', 'a file that this user can make', error)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

function syncDirectory(path: string): void {
  // Windows opens no directories, and keeps its entries in order by itself.
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

function invalid(path: string, received: string, accepted: string, cause?: unknown): LatchkeyError {
  return new LatchkeyError(
    'SETTING_INVALID',
    { setting: 'LATCHKEY_MASTER_KEY_FILE', from: path, received, accepted },
    { cause },
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
