import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createPartner, type Deps, newPartnerId, newSecretText } from '@latchkey/authority'
import { Secret } from '@latchkey/core'
import type { Settings } from './settings.ts'

const FILE = 'first-start.env'
const HEADER = '# Made at the first start of Latchkey. Take these values to where they belong, then delete this file.'

/**
 * Creates the one partner of an empty store. What the settings do not fix is drawn at random and told once: on a
 * terminal, or else in a file that only its owner can read.
 *
 * @returns what to tell a person; undefined where the store has a partner already
 */
export async function firstStart(deps: Deps, settings: Settings, isTerminal: boolean): Promise<string | undefined> {
  if ((await deps.store.partners.list()).length > 0) return undefined
  const id = settings.partnerId ?? newPartnerId(deps.primitives)
  const adminSecret = settings.adminSecret ?? newSecretText(deps.primitives)
  const userSecret = settings.userSecret ?? newSecretText(deps.primitives)
  const drawn = [
    settings.partnerId === undefined ? `export LATCHKEY_PARTNER_ID=${id}` : undefined,
    settings.adminSecret === undefined ? `export LATCHKEY_ADMIN_SECRET=${adminSecret}` : undefined,
    settings.userSecret === undefined ? `export LATCHKEY_USER_SECRET=${userSecret}` : undefined,
  ].filter((line) => line !== undefined)
  const path = join(settings.data, FILE)
  const inFile = drawn.length > 0 && !isTerminal
  // Before the partner is made: a crash in between leaves a file of values that nothing uses, not a partner whose secret nobody knows.
  if (inFile) writePrivately(path, `${HEADER}\n${drawn.join('\n')}\n`)
  await createPartner(deps, {
    id,
    adminSecret: new Secret(adminSecret),
    userSecret: new Secret(userSecret),
    sessionVersion: settings.ksVersion,
  })
  const created = `first start: created partner ${id} with 40 sample entries\n`
  if (drawn.length === 0) return created
  if (inFile) return `${created}its id and secrets are in ${path}: take them from there, then delete that file\n`
  return `${created}its secrets are shown this once; keep them, or paste these lines into another terminal:\n\n${drawn.join('\n')}\n\n`
}

function writePrivately(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Not over an older file: that would keep the older one's mode.
  rmSync(path, { force: true })
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
}
