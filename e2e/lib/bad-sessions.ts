import { createCipheriv, createHash } from 'node:crypto'
import type { Random } from './random.ts'

/** Session strings that are wrong in one way or several: damaged, made up, or rightly signed over contents that nobody would sign. */
export function badSession(random: Random, secret: string, good: readonly string[]): string {
  const kind = random.next()
  if (kind < 0.25) return damaged(random, random.pick(good))
  if (kind < 0.35) return random.text()
  if (kind < 0.5) {
    const partner = random.pick(['4242', '0', '-1', '9e9', '', '04242', '4242|x', '99999999999999999999'])
    return Buffer.from(`v2|${partner}|${random.text()}${random.text()}`).toString('base64')
  }
  if (kind < 0.75) return signedVersion2(secret, random.pick(['4242', '4242', '7']), oddFields(random, '&', '='))
  return signedVersion1(secret, oddInfo(random))
}

/** Signed with the right secret, whatever is in it. */
export function signedVersion2(secret: string, partner: string, fields: string): string {
  const body = Buffer.concat([Buffer.alloc(16, 7), Buffer.from(fields)])
  const signed = Buffer.concat([createHash('sha1').update(body).digest(), body])
  const padded = Buffer.concat([signed, Buffer.alloc((16 - (signed.length % 16)) % 16)])
  const key = createHash('sha1').update(secret).digest().subarray(0, 16)
  const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16)).setAutoPadding(false)
  const sealed = Buffer.concat([Buffer.from(`v2|${partner}|`), cipher.update(padded), cipher.final()])
  return sealed.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

export function signedVersion1(secret: string, info: string): string {
  const signature = createHash('sha1')
    .update(secret + info)
    .digest('hex')
  return Buffer.from(`${signature}|${info}`).toString('base64')
}

/** One character changed, dropped or added, or a part of the text taken: the nearest to a right one that there is. */
function damaged(random: Random, session: string): string {
  const at = random.below(session.length)
  if (random.chance(0.2)) return session.slice(at)
  if (random.chance(0.2)) return session.slice(0, at)
  const instead = random.pick(['A', '=', '+', '/', ' ', '\n', '%', '|', 'é', ''])
  return session.slice(0, at) + instead + session.slice(at + random.below(3))
}

const PRIVILEGES = [
  ['list', '*'],
  ['edit', '*/0_abcdefgh'],
  ['setrole', '77'],
  ['setrole', '-1'],
  ['setrole', 'null'],
  ['setrole', 'PLAYBACK_BASE_ROLE'],
  ['restrictingrole', '9'],
  ['actionslimit', '3'],
  ['actionslimit', '-1'],
  ['actionslimit', 'x'],
  ['iprestrict', '10.0.0.0/24'],
  ['urirestrict', '/api_v3/*|/x'],
  ['sessionid', '0_abcdefgh'],
  ['widget', '1'],
  ['all', '*'],
  ['privacycontext', 'a'],
] as const
const TIMES = ['0', '-1', '1', '4102444800', '1e12', '99999999999999999999', '0x10', 'NaN', '', ' 5 ', '4102444800.5']
const TYPES = ['0', '1', '2', '3', '-2', '2.0', '1e1', 'x', '']

function oddFields(random: Random, and: string, is: string): string {
  const text = () => (random.chance(0.5) ? encodeURIComponent(random.text().toWellFormed()) : random.text())
  const fields = [
    ['_e', random.chance(0.6) ? '4102444800' : random.pick(TIMES)],
    ['_t', random.chance(0.6) ? random.pick(['0', '2']) : random.pick(TYPES)],
    ['_u', text()],
    ...Array.from({ length: random.below(4) }, () => random.pick(PRIVILEGES)),
    ...Array.from({ length: random.below(2) }, () => [text(), text()]),
  ]
  return fields
    .filter(() => random.chance(0.9))
    .map((field) => field.join(is))
    .join(and)
}

function oddInfo(random: Random): string {
  const partner = random.chance(0.8) ? '4242' : random.text()
  const privileges = Array.from({ length: random.below(4) }, () => random.pick(PRIVILEGES).join(':')).join(',')
  const expiry = random.chance(0.6) ? '4102444800' : random.pick(TIMES)
  const fields = [partner, partner, expiry, random.pick(TYPES), '1.5', random.text(), privileges, '', '']
  return fields.slice(0, random.chance(0.8) ? 9 : random.below(10)).join(';')
}
