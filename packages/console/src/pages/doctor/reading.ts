import type { EpochSeconds, Finding } from '@latchkey/core'
import { LatchkeyError } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import {
  type ErrorExplanation,
  explainError,
  type Facts,
  isMasked,
  lintPaste,
  lintRecognised,
  type PasteShape,
  parseReport,
  type Recognised,
  recognise,
} from '@latchkey/doctor'
import { noteSecret } from '../../connection/secrets.ts'

/** What a paste was taken for, and what there is to say about it. */
export type Reading =
  | { readonly kind: 'too-much' }
  | { readonly kind: 'nothing' }
  /** A report of the doctor's, as somebody posted it. */
  | { readonly kind: 'report'; readonly facts: Facts }
  | { readonly kind: 'report-unreadable'; readonly why: string }
  | PasteReading

export interface PasteReading {
  readonly kind: 'paste'
  /** `error` for a code or a message among words. */
  readonly shape: PasteShape | 'error'
  /** What is in it; of a token, what that will do. */
  readonly summary: string
  /** More sentences of the same, for whoever wants to know. */
  readonly details: readonly string[]
  readonly findings: readonly Finding[]
  readonly cautions: readonly string[]
  readonly sessions: readonly string[]
  readonly hashes: readonly string[]
  readonly error?: ErrorExplanation | undefined
  readonly fill: PasteFill
}

/** What of a paste belongs into the fields of a login; empty where it says nothing. */
export interface PasteFill {
  readonly partnerId: string
  readonly tokenId: string
  readonly tokenValue: string
  readonly hashType: string
  readonly receivedHash: string
  readonly sentSession: string
}

const REPORT = 'latchkey-doctor-report/'
const MOST_SESSIONS = 3

/** Takes a paste for what it is. Never throws. */
export function readAnything(text: string, clock: EpochSeconds): Reading {
  if (text.includes(REPORT)) return readReport(text)
  const found = recognise(text)
  if (found.shape === 'too much') return { kind: 'too-much' }
  const options = { primitives: noblePrimitives, clock }
  const lint = found.shape === 'nothing known' ? lintPaste(text, options) : lintRecognised(found, options)
  // Of an archive the findings tell more than its first error.
  const error = found.shape === 'HAR' ? undefined : explainError(text)
  if (!lint.isReadable && error === undefined) return { kind: 'nothing' }
  noteSecretsOf(found)
  return {
    kind: 'paste',
    shape: found.shape === 'nothing known' ? 'error' : found.shape,
    summary: withoutCommands(lint.summary),
    details: lint.details,
    findings: lint.findings,
    cautions: lint.cautions,
    sessions: found.sessions.slice(0, MOST_SESSIONS).map(({ text: session }) => session),
    hashes: found.hashes.map(({ text: hash }) => hash),
    error,
    fill: fillOf(found),
  }
}

function readReport(text: string): Reading {
  try {
    return { kind: 'report', facts: parseReport(text) }
  } catch (error) {
    if (!(error instanceof LatchkeyError)) throw error
    return { kind: 'report-unreadable', why: error.message }
  }
}

/** A page does by itself what the command line has a command for. */
function withoutCommands(summary: string): string {
  return summary.replaceAll(/; latchkey inspect says what is in (?:it|them)/g, '')
}

function fillOf({ tokens, requests, settings }: Recognised): PasteFill {
  const token = tokens.find(({ isStored }) => isStored) ?? tokens[0]
  const login = requests.find(({ service, action }) => `${service}.${action}`.toLowerCase() === 'apptoken.startsession')
  const param = (name: string) => known(login?.params.get(name))
  const setting = (pattern: RegExp) => known(settings.find(({ name }) => pattern.test(name))?.value)
  const partner = token?.record.partnerId ?? 0
  return {
    partnerId: partner > 0 ? String(partner) : setting(/PARTNER_?ID$/i),
    tokenId: known(token?.id) || param('id') || setting(/TOKEN_?ID$/i),
    tokenValue: known(token?.value) || setting(/TOKEN(?:_?VALUE)?$/i),
    hashType: token?.record.hashType ?? '',
    receivedHash: param('tokenHash'),
    sentSession: param('ks'),
  }
}

/** A text that is there and is not masked. */
function known(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && !isMasked(text) ? text : ''
}

export function hasFill(fill: PasteFill): boolean {
  return Object.values(fill).some((text) => text !== '')
}

/** From now on they are masked wherever something is copied. */
function noteSecretsOf({ tokens, sessions, requests }: Recognised): void {
  for (const { value } of tokens) noteSecret(value)
  for (const { text } of sessions) noteSecret(text)
  for (const { params } of requests) {
    for (const name of SECRET_PARAMETERS) noteSecret(known(params.get(name)))
  }
}

const SECRET_PARAMETERS = ['ks', 'tokenHash', 'secret', 'token']
