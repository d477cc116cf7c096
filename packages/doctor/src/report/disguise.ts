import { type HashType, nearMiss, type Primitives, remakeMistakes, Secret, tokenHash } from '@latchkey/core'
import type { Facts, Told } from '../facts.ts'
import { acceptedHashType } from '../view.ts'
import { likeSession, likeText } from './likeness.ts'

/** So often another session string is tried until it shows the same mistake: a lost zero needs a digest that has one. */
const MOST_TRIES = 300
const BY_LENGTH: Readonly<Record<number, HashType>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256', 128: 'SHA512' }
const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}/g
/** What nobody told to be a secret, and looks like one. */
const LONG_RUN = /[A-Za-z0-9+/_=-]{33,}|\b[0-9a-fA-F]{16,}\b/g

/** The same facts with everything that is somebody's replaced by something made up that shows the same. */
export interface Disguised {
  readonly facts: Facts
  /** All that was replaced: none of it may occur in what is made of the facts. */
  readonly secrets: readonly string[]
}

/** Replaces session strings, values, hashes, secrets, users and addresses; what a check says of them stays the same. */
export function disguise(facts: Facts, primitives: Primitives): Disguised {
  const disguised = new Disguise(facts, primitives)
  return { facts: disguised.facts(), secrets: disguised.secrets() }
}

class Disguise {
  readonly #facts: Facts
  readonly #primitives: Primitives
  /** By what it is. Session strings by what is left of them without outer white space. */
  readonly #made = new Map<string, string>()
  readonly #users = new Map<string, string>()

  constructor(facts: Facts, primitives: Primitives) {
    this.#facts = facts
    this.#primitives = primitives
    const { told } = facts
    if (told.tokenValue !== undefined) this.#value(told.tokenValue.expose())
    if (told.sentSession !== undefined) this.#session(told.sentSession.expose())
    for (const other of told.otherSessions ?? []) this.#session(other.expose())
    for (const { answer } of facts.exchanges) {
      if (answer.kind === 'reply' && answer.result?.kind === 'session') this.#session(answer.result.ks.expose())
    }
    for (const { params } of facts.exchanges) if (isSecret(params.ks)) this.#session(params.ks.expose())
    this.#hashes()
  }

  secrets(): readonly string[] {
    return [...this.#made.keys()]
  }

  facts(): Facts {
    const { told } = this.#facts
    const facts = this.#walk(this.#facts, '')
    if (!isFacts(facts)) return this.#facts
    // The walk knows no names of fields; these are names of people.
    return { ...facts, told: { ...facts.told, serviceUrl: told.serviceUrl } }
  }

  #value(text: string): string {
    return this.#remember(text, () => likeText(this.#primitives, text))
  }

  #session(text: string): string {
    const plain = text.trim()
    const made = this.#remember(plain, () => likeSession(this.#primitives, plain))
    return plain === '' ? text : text.replace(plain, () => made)
  }

  #remember(text: string, make: () => string): string {
    const known = this.#made.get(text)
    if (known !== undefined) return known
    const made = make()
    this.#made.set(text, made)
    return made
  }

  /** Of the doctor's own logins from the made-up inputs, and of the tool's with its mistake in it. */
  #hashes(): void {
    const { told, exchanges } = this.#facts
    for (const { params } of exchanges) {
      if (!isSecret(params.tokenHash)) continue
      const hash = params.tokenHash.expose()
      const type = BY_LENGTH[hash.length]
      const isOwn = type !== undefined && isSecret(params.ks) && told.tokenValue !== undefined
      this.#remember(hash, () =>
        isOwn && isSecret(params.ks) && told.tokenValue !== undefined
          ? tokenHash(
              this.#primitives,
              type,
              this.#session(params.ks.expose()),
              new Secret(this.#value(told.tokenValue.expose())),
            )
          : likeText(this.#primitives, hash),
      )
    }
    if (told.receivedHash !== undefined) this.#received(told, told.receivedHash.expose())
  }

  #received(told: Told, received: string): void {
    const { sentSession, tokenValue, otherSessions = [], tokenId } = told
    const sent = sentSession?.expose() ?? ''
    if (tokenValue === undefined || sent === '') {
      this.#remember(received, () => likeText(this.#primitives, received))
      return
    }
    const hashType = acceptedHashType(this.#facts) ?? told.record?.hashType ?? told.hashType ?? 'SHA256'
    const others = otherSessions.map((other) => other.expose())
    const real = { sessionString: sent, tokenValue: tokenValue.expose(), tokenId, hashType, otherSessions: others }
    const miss = nearMiss(this.#primitives, { ...real, received })
    if (miss.kind === 'none') {
      this.#remember(received, () => likeText(this.#primitives, received))
      return
    }
    const mistakes = miss.kind === 'right' ? [] : miss.mistakes
    this.#made.delete(received)
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (tries > 0) this.#made.set(sent.trim(), likeSession(this.#primitives, sent.trim()))
      const inputs = {
        sessionString: this.#session(sent),
        tokenValue: this.#value(tokenValue.expose()),
        tokenId,
        hashType,
        otherSessions: others.map((other) => this.#session(other)),
      }
      const remade = remakeMistakes(this.#primitives, inputs, mistakes)
      // Digits that were lost are told by their number.
      if (remade === undefined || (remade.length !== received.length && tries < MOST_TRIES / 2)) continue
      this.#made.set(received, remade)
      return
    }
    this.#made.set(received, likeText(this.#primitives, received))
  }

  #walk(value: unknown, name: string): unknown {
    if (isSecret(value)) return this.#secret(value.expose(), name)
    if (typeof value === 'string') return this.#text(value, name)
    if (Array.isArray(value)) return value.map((item) => this.#walk(item, name))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#walk(item, key)]))
  }

  #secret(text: string, name: string): Secret {
    const isSession = name === 'ks' || name === 'sentSession' || name === 'otherSessions'
    return new Secret(isSession ? this.#session(text) : (this.#made.get(text) ?? this.#value(text)))
  }

  #text(text: string, name: string): string {
    if (name === 'userId' || name === 'sessionUserId') return this.#user(text)
    let made = text
    for (const [secret, like] of this.#made) {
      if (secret.length >= 8) made = made.replaceAll(secret, () => like)
    }
    made = made.replaceAll(EMAIL, (address) => this.#user(address))
    return made.replaceAll(LONG_RUN, (run) => (this.#isLikeness(run) ? run : `[${run.length} characters]`))
  }

  #isLikeness(run: string): boolean {
    // Names of actions, permissions and rungs are words; nothing made up is a secret.
    return [...this.#made.values()].some((made) => made.includes(run)) || /^[A-Z_]+$|^[a-z-]+$/.test(run)
  }

  #user(text: string): string {
    if (text === '' || text === '0') return text
    const known = this.#users.get(text)
    if (known !== undefined) return known
    const made = `user-${this.#users.size + 1}`
    this.#users.set(text, made)
    return made
  }
}

function isSecret(value: unknown): value is Secret {
  return value instanceof Secret
}

/** What the walk makes of facts has their shape. */
function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && 'told' in value && 'exchanges' in value
}

const GUARDED = 10

/**
 * The last look: no run of so many characters of a secret is let through, wherever it came from.
 *
 * @param heads how much of a secret anybody may know
 * @param own words of the report itself, which a whole answer that was sent as a session has too
 */
export function maskRuns(
  text: string,
  secrets: readonly string[],
  heads: (secret: string) => number,
  own: readonly string[],
): string {
  const runs = new Set<string>()
  for (const secret of secrets) {
    for (let at = heads(secret); at + GUARDED <= secret.length; at += 1) {
      const run = secret.slice(at, at + GUARDED)
      // Marks between words are no part of what is random in a secret, and hold the report together.
      if (/^[A-Za-z0-9+/_=-]+$/.test(run) && !own.some((word) => word.includes(run))) runs.add(run)
    }
  }
  if (runs.size === 0) return text
  let masked = ''
  for (let at = 0; at < text.length; ) {
    if (runs.has(text.slice(at, at + GUARDED))) {
      masked += '*'.repeat(GUARDED)
      at += GUARDED
    } else {
      masked += text[at]
      at += 1
    }
  }
  return masked
}
