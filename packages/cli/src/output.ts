/** Data on stdout, for machines. */
export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

export function say(text: string): void {
  process.stdout.write(text)
}

/** For whoever sits there. Ends with a line end. */
export function tell(text: string): void {
  process.stderr.write(text)
}
