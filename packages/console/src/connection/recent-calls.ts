import { signal } from '@preact/signals'

/** One call that a person made here. No parameters: they may be secret, and nobody needs them again. */
export interface RecentCall {
  readonly service: string
  readonly action: string
  /** Epoch seconds of this machine. */
  readonly at: number
  readonly outcome: 'result' | 'refused' | 'other'
}

const MOST = 500
const LOGIN = new Set(['session.startwidgetsession', 'apptoken.startsession', 'session.start'])

/** The newest last. */
export const recentCalls = signal<readonly RecentCall[]>([])

export function rememberCall(call: RecentCall): void {
  recentCalls.value = [...recentCalls.value, call].slice(-MOST)
}

/** `service.action` of what was called here, each once, without the steps of a login, which need no permission. */
export function recentActions(): readonly string[] {
  const names = recentCalls.value.map(({ service, action }) => `${service}.${action}`)
  return [...new Set(names)].filter((name) => !LOGIN.has(name.toLowerCase()))
}
