/** Could not do what was asked, and what to try next. No import here: what only has to fail loads nothing for it. */
export class CommandFailure extends Error {
  /** Commands, the likeliest first. */
  readonly next: readonly string[]
  /** 1 failed; 2 wrong usage, or what it takes cannot be read or reached. */
  readonly exitCode: 1 | 2
  /** Text in front of the commands, already broken into lines, each with its line end. */
  readonly details: string

  /** @param message lower case, without a full stop */
  constructor(
    message: string,
    {
      next,
      exitCode = 2,
      details = '',
    }: {
      readonly next: readonly string[]
      readonly exitCode?: 1 | 2
      readonly details?: string
    },
  ) {
    super(message)
    this.name = 'CommandFailure'
    this.next = next
    this.exitCode = exitCode
    this.details = details
  }

  /** As lines for stderr. */
  describe(): string {
    const head = this.message === '' ? '' : `latchkey: ${this.message}\n`
    return `${head}${this.details}${this.next.map((command) => `next: ${command}\n`).join('')}`
  }
}
