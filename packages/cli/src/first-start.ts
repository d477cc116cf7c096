import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createPartner, type Deps, newPartnerId, newSecretText } from '@latchkey/authority'
import { LatchkeyError, Secret } from '@latchkey/core'
import { journalPartner } from './journal.ts'
import { writePrivately } from './private-file.ts'
import type { Settings } from './settings.ts'

const FILE = 'first-start.env'
const LOCK = 'first-start.lock'
const LOCK_POLL_MS = 50
const LOCK_PATIENCE_MS = 10_000
const HEADER = '# Made by Latchkey. Take these values to where they belong, then delete this file.'

/**
 * Creates the one partner of an empty store.
 *
 * @returns what to tell a person; undefined where the store has a partner already
 */
export async function firstStart(deps: Deps, settings: Settings, isTerminal: boolean): Promise<string | undefined> {
  const isEmpty = async () => (await deps.store.partners.list()).length === 0
  if (!(await isEmpty())) return undefined
  await using turn = await takeTurn(join(settings.data, LOCK), isEmpty)
  if (!turn.isOurs) return undefined
  const { id, notice } = await makePartner(deps, settings, { file: FILE }, isTerminal)
  return `first start: created partner ${id} with 40 sample entries\n${notice}`
}

/**
 * Of two servers that start on the same empty store, one makes the partner and the other waits for it. A lock that nobody
 * follows up was left by a crash, and is taken over.
 */
async function takeTurn(
  path: string,
  isEmpty: () => Promise<boolean>,
): Promise<{ readonly isOurs: boolean } & AsyncDisposable> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const release = async () => rmSync(path, { force: true })
  for (let waited = 0; ; waited += LOCK_POLL_MS) {
    try {
      writeFileSync(path, '', { mode: 0o600, flag: 'wx' })
      // Whoever had it may have finished since we looked.
      return { isOurs: await isEmpty(), [Symbol.asyncDispose]: release }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (!(await isEmpty())) return { isOurs: false, [Symbol.asyncDispose]: async () => undefined }
    if (waited >= LOCK_PATIENCE_MS) await release()
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS))
  }
}

const USUAL_PORT = 8800

/** As it is reached from this machine. */
function addressOf({ host, port }: Settings): string {
  const own = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${own.includes(':') ? `[${own}]` : own}:${port}`
}

/** @see makePartner */
export interface NewPartner {
  readonly id?: number | undefined
  readonly name?: string | undefined
  /** In the data directory. */
  readonly file: string
}

/**
 * Creates a partner. What the settings do not fix is drawn at random and told once: on a terminal, or else in a file that
 * only its owner can read.
 */
export async function makePartner(
  deps: Deps,
  settings: Settings,
  wishes: NewPartner,
  isTerminal: boolean,
): Promise<{ readonly id: number; readonly notice: string }> {
  const fixedId = wishes.id ?? settings.partnerId
  const id = fixedId ?? newPartnerId(deps.primitives)
  const adminSecret = settings.adminSecret ?? newSecretText(deps.primitives)
  const userSecret = settings.userSecret ?? newSecretText(deps.primitives)
  const drawn = [
    fixedId === undefined ? `export LATCHKEY_PARTNER_ID=${id}` : undefined,
    settings.adminSecret === undefined ? `export LATCHKEY_ADMIN_SECRET=${adminSecret}` : undefined,
    settings.userSecret === undefined ? `export LATCHKEY_USER_SECRET=${userSecret}` : undefined,
  ].filter((line) => line !== undefined)
  if (await deps.store.partners.find(id)) throw new LatchkeyError('ALREADY_EXISTS', { what: 'partner', id: String(id) })
  // What is pasted next to the secrets finds a server that does not listen where the examples look.
  if (drawn.length > 0 && settings.port !== 0 && settings.port !== USUAL_PORT)
    drawn.unshift(`export LATCHKEY_URL=${addressOf(settings)}`)
  const path = join(settings.data, wishes.file)
  const inFile = drawn.length > 0 && !isTerminal
  // Before the partner is made: a crash in between leaves a file of values that nothing uses, not a partner whose secret nobody knows.
  if (inFile) writePrivately(path, `${HEADER}\n${drawn.join('\n')}\n`)
  await createPartner(deps, {
    id,
    name: wishes.name,
    adminSecret: new Secret(adminSecret),
    userSecret: new Secret(userSecret),
    sessionVersion: settings.ksVersion,
  })
  await journalPartner(deps, id, 'create')
  if (drawn.length === 0) return { id, notice: '' }
  if (inFile) return { id, notice: `what was drawn is in ${path}: take it, then delete that file\n` }
  return {
    id,
    notice: `its secrets are shown this once; keep them, or paste these lines into another terminal:\n\n${drawn.join('\n')}\n\n`,
  }
}
