import assert from 'node:assert/strict'
import { randomBytes, randomInt } from 'node:crypto'
import { describe, test } from 'node:test'
import { createSigningKey, formatSession, type HashType, Secret, tokenHash } from '@latchkey/core'
import { nodePrimitives } from '@latchkey/core/node'
import { diagnoseFacts, type Facts, formatReport, formatReportPage, makeReport, parseReport } from '@latchkey/doctor'

const RUN = 12
const PARTNER = 102
const VERSIONS = { latchkey: '0.1.0' }
const HASH_TYPES: readonly HashType[] = ['MD5', 'SHA1', 'SHA256', 'SHA512']

interface Planted {
  readonly facts: Facts
  /** Each with how much of it anybody may know. */
  readonly secrets: readonly (readonly [text: string, head: number])[]
}

function sessionText(version: 1 | 2): string {
  const key = createSigningKey(nodePrimitives, new Secret(randomBytes(16).toString('hex')))
  const fields = { partnerId: PARTNER, expiresAt: 1_900_000_000, type: 0, userId: 'svc', privileges: 'list:*' }
  return formatSession(nodePrimitives, fields, key, version)
}

/** A login that failed, with everything in it that could leak, echoed wherever a server may echo it. */
function plant(at: number): Planted {
  const value = at % 3 === 0 ? randomBytes(24).toString('base64url') : randomBytes(16).toString('hex')
  const version = at % 2 === 0 ? 2 : 1
  const [widget, sent, other] = [sessionText(version), sessionText(version), sessionText(version)]
  const hashType = HASH_TYPES[at % 4] ?? 'SHA256'
  const hash = tokenHash(nodePrimitives, hashType, widget, new Secret(value))
  const received = mistaken(at, hashType, sent, value)
  const secret = randomBytes(20).toString('hex')
  const echo = `Invalid KS "${sent}", Error "-1,INVALID_STR" ${value} ${secret.slice(0, 30)} ${hash.toUpperCase()}`
  const headers = { 'x-kaltura-app': echo.slice(0, 200) }
  const base = { sentAt: 1_800_000_000, tookMs: 3 }
  const error = { code: 'INVALID_KS', message: echo, args: { KSID: sent, OTHER: value } }
  const facts: Facts = {
    startedAt: 1_800_000_000,
    told: {
      serviceUrl: 'http://127.0.0.1:8800',
      partnerId: PARTNER,
      tokenId: '0_k3v9qz1m',
      tokenValue: new Secret(value),
      hashType,
      privileges: `setrole:7,${value}`,
      userId: 'ana.maria@example.org',
      wanted: ['media.list'],
      receivedHash: new Secret(received),
      sentSession: new Secret(at % 5 === 0 ? `${sent}\n` : sent),
      otherSessions: [new Secret(other)],
    },
    exchanges: [
      {
        ...base,
        probe: 'widget',
        service: 'session',
        action: 'startWidgetSession',
        params: { widgetId: `_${PARTNER}` },
        answer: {
          kind: 'reply',
          status: 200,
          headers: {},
          form: 'json',
          length: 10,
          result: { kind: 'session', ks: new Secret(widget) },
        },
      },
      {
        ...base,
        probe: 'login',
        service: 'appToken',
        action: 'startSession',
        params: { ks: new Secret(widget), id: '0_k3v9qz1m', tokenHash: new Secret(hash) },
        answer: { kind: 'reply', status: 200, headers, form: 'json', length: 10, error },
      },
      {
        ...base,
        probe: 'tool',
        service: 'session',
        action: 'start',
        params: { secret: new Secret(secret), nested: { deeper: value } },
        answer: { kind: 'reply', status: 200, headers, form: 'json', length: 10, error },
      },
    ],
  }
  const head = version === 2 ? Math.ceil((`v2|${PARTNER}|`.length * 8) / 6) : 0
  const whole = [value, hash, received, secret].map((text) => [text, 0] as const)
  return { facts, secrets: [...whole, ...[widget, sent, other].map((text) => [text, head] as const)] }
}

function mistaken(at: number, hashType: HashType, session: string, value: string): string {
  const digest = (text: string) => tokenHash(nodePrimitives, hashType, text, new Secret(''))
  switch (at % 7) {
    case 0:
      return digest(session + value).toUpperCase()
    case 1:
      return digest(value + session)
    case 2:
      return Buffer.from(digest(`${session}${value}\n`), 'hex').toString('base64')
    case 3:
      return value
    case 4:
      return digest(`${session}:${value}`)
    case 5:
      return `sha256:${digest(session + value)}`
    default:
      return randomBytes(32).toString('hex')
  }
}

function leaked(text: string, secrets: Planted['secrets']): string | undefined {
  const lower = text.toLowerCase()
  for (const [secret, head] of secrets) {
    for (let at = head; at + RUN <= secret.length; at += 1) {
      const run = secret.slice(at, at + RUN)
      if (text.includes(run) || (/^[0-9a-f]+$/i.test(run) && lower.includes(run.toLowerCase()))) return run
    }
  }
  return undefined
}

describe('reports', () => {
  test('no run of 12 characters of 500 random secrets, hashes and session strings is in any report', () => {
    for (let at = 0; at < 500; at += 1) {
      const { facts, secrets } = plant(at)
      const made = makeReport(facts, nodePrimitives, VERSIONS)
      // The page holds the JSON too.
      const text = formatReportPage(made, nodePrimitives)
      assert.equal(leaked(text, secrets), undefined, `number ${at}`)
      assert.ok(!text.includes('ana.maria'), 'an address')
    }
  })

  test('the search for leaks finds one that is planted', () => {
    const { facts, secrets } = plant(randomInt(500))
    const made = makeReport(facts, nodePrimitives, VERSIONS)
    const text = formatReport(made, nodePrimitives) + (secrets[0]?.[0].slice(3, 16) ?? '')
    assert.notEqual(leaked(text, secrets), undefined)
  })

  test('a report read back gives the findings that were written, and those are the causes of the real facts', () => {
    for (let at = 0; at < 70; at += 1) {
      const { facts } = plant(at)
      const made = makeReport(facts, nodePrimitives, VERSIONS)
      const real = diagnoseFacts(facts, nodePrimitives).map(({ cause }) => cause)
      assert.deepEqual(
        made.report.findings.map(({ cause }) => cause),
        real,
        `number ${at}`,
      )
      assert.deepEqual(made.report.lost, [])
      for (const text of [formatReport(made, nodePrimitives), formatReportPage(made, nodePrimitives)]) {
        assert.deepEqual(diagnoseFacts(parseReport(text), nodePrimitives), made.report.findings)
      }
    }
  })

  test('what is no report is refused with the one code, whatever it is', () => {
    const { facts } = plant(1)
    const good = formatReport(makeReport(facts, nodePrimitives, VERSIONS), nodePrimitives)
    const bad = ['', 'null', '[]', '{}', '{"format":"latchkey-doctor-report/1"}', good.slice(0, -30), '"', '\u0000']
    const holes = [...good.matchAll(/"\w+": /g)].map(
      ({ index, 0: key }) => `${good.slice(0, index + key.length)}[[${good.slice(index + key.length)}`,
    )
    for (const text of [...bad, ...holes.slice(0, 50)]) {
      assert.throws(() => parseReport(text), { code: 'REPORT_UNREADABLE' }, text.slice(0, 40))
    }
  })
})
