import { effect, type Signal, signal } from '@preact/signals'
import type { Json } from '../connection/json.ts'

const PREFIX = 'latchkey.'
const CHOICE = `${PREFIX}keeps-secrets`

/** Storage may be forbidden or full; the page goes on without. */
function store(): Storage | undefined {
  try {
    return typeof sessionStorage === 'undefined' ? undefined : sessionStorage
  } catch {
    return undefined
  }
}

function read(name: string): unknown {
  try {
    const text = store()?.getItem(PREFIX + name)
    return text === null || text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function write(name: string, value: Json | undefined): void {
  try {
    if (value === undefined) store()?.removeItem(PREFIX + name)
    else store()?.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // Kept in memory, then.
  }
}

/** Whether secrets, sessions among them, outlive a reload of this tab. Off unless the person chooses it. */
export const keepsSecrets = signal(store()?.getItem(CHOICE) === '1')

effect(() => {
  const isOn = keepsSecrets.value
  try {
    if (isOn) store()?.setItem(CHOICE, '1')
    else store()?.removeItem(CHOICE)
  } catch {
    // As above.
  }
})

const signals = new Map<string, Signal<string>>()

/**
 * What a person typed, under a name. It outlives going to another page and back, and a reload of the tab. Not for secrets.
 *
 * @param isSecret for a text in which a person may put a secret: while it holds one, it is kept as `secretDraft` keeps it
 */
export function draft(name: string, initial = '', isSecret: (text: string) => boolean = () => false): Signal<string> {
  return kept(name, initial, (text) => keepsSecrets.value || !isSecret(text))
}

/** The same for a secret: in memory, and over a reload only where the person chose so. */
export function secretDraft(name: string): Signal<string> {
  return kept(`secret.${name}`, '', () => keepsSecrets.value)
}

function kept(name: string, initial: string, isStored: (text: string) => boolean): Signal<string> {
  const known = signals.get(name)
  if (known !== undefined) return known
  const stored = read(name)
  const made = signal(typeof stored === 'string' && isStored(stored) ? stored : initial)
  signals.set(name, made)
  effect(() => write(name, isStored(made.value) && made.value !== initial ? made.value : undefined))
  return made
}

/** Any value that JSON can say, of a secret kind, where its reader checks what comes back. */
export function keepSecretValue(name: string, value: Json | undefined): void {
  write(`secret.${name}`, keepsSecrets.value ? value : undefined)
}

export function keptSecretValue(name: string): unknown {
  return keepsSecrets.value ? read(`secret.${name}`) : undefined
}
