import type { Deps, Journal } from '@latchkey/authority'

/** Writes down what was done to a partner from the command line. @param usage the command, with or without its arguments */
export function journalPartner({ store, primitives, clock }: Deps, id: number, usage: string): Promise<void> {
  const [command = ''] = usage.split(' ')
  const random = Array.from(primitives.randomBytes(4), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return store.journal.append({
    at: clock(),
    requestId: `cli-${random}`,
    partnerId: id,
    door: 'cli',
    action: `partner ${command}`,
    outcome: 'changed',
    object: `partner ${id}`,
  })
}

/** What is asked of these comes from the command line, whatever it is read by on its way. */
export function fromCommandLine(deps: Deps): Deps {
  const { journal } = deps.store
  const ofOurs: Journal = {
    append: (line) => journal.append({ ...line, door: 'cli' }),
    list: (...question) => journal.list(...question),
    usage: (...question) => journal.usage(...question),
    countCall: (...counted) => journal.countCall(...counted),
    flush: () => journal.flush(),
  }
  return { ...deps, store: { ...deps.store, journal: ofOurs } }
}
