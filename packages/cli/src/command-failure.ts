import { wrapWords } from './doctor/paint.ts'

/** As shells count what Ctrl-C has ended. */
export const INTERRUPTED = 130

/** Could not do what was asked, and what to try next. What only has to fail loads next to nothing for it. */
export class CommandFailure extends Error {
  /** Commands, the likeliest first. */
  readonly next: readonly string[]
  /** 1 failed; 2 wrong usage, or what it takes cannot be read or reached; 130 given up by whoever was asked. */
  readonly exitCode: 1 | 2 | typeof INTERRUPTED
  /** Lines in front of the commands, each with its line end; broken at 80 columns where that is needed. */
  readonly details: string
  /** For machines, in the place of the message: what a service said. */
  readonly data: Readonly<Record<string, unknown>> | undefined

  /** @param message lower case, without a full stop */
  constructor(
    message: string,
    {
      next,
      exitCode = 2,
      details = '',
      data,
    }: {
      readonly next: readonly string[]
      readonly exitCode?: 1 | 2 | typeof INTERRUPTED
      readonly details?: string
      readonly data?: Readonly<Record<string, unknown>> | undefined
    },
  ) {
    super(message)
    this.name = 'CommandFailure'
    this.next = next
    this.exitCode = exitCode
    this.details = details
    this.data = data
  }

  /** For `--json`. */
  toJSON(): unknown {
    return { error: this.data ?? { message: this.message }, next: this.next }
  }

  /** As lines for stderr. */
  describe(): string {
    const head = this.message === '' ? '' : wrapWords(this.message, '  ', 'latchkey: ')
    return `${head}${this.details}${this.next.map((command) => `next: ${command}\n`).join('')}`
  }
}
