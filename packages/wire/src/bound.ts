/** One parameter or property as its declared type reads it. */
export type BoundValue = string | number | boolean | BoundObject | readonly BoundValue[]

/**
 * Parameters of a call, or properties of an object among them, each of its declared type. Absent is `undefined`; a
 * property that the client cleared is `null`.
 */
export class BoundObject {
  readonly className: string
  readonly #values: ReadonlyMap<string, BoundValue | null>
  readonly #given: ReadonlySet<string>

  constructor(className: string, values: ReadonlyMap<string, BoundValue | null>, given: ReadonlySet<string>) {
    this.className = className
    this.#values = values
    this.#given = given
  }

  /** Whether the client sent it, rather than left it to the default. */
  isGiven(name: string): boolean {
    return this.#given.has(name)
  }

  value(name: string): BoundValue | null | undefined {
    return this.#values.get(name)
  }

  text(name: string): string | null | undefined {
    const value = this.#values.get(name)
    return typeof value === 'string' || value === null ? value : undefined
  }

  number(name: string): number | null | undefined {
    const value = this.#values.get(name)
    return typeof value === 'number' || value === null ? value : undefined
  }

  flag(name: string): boolean | null | undefined {
    const value = this.#values.get(name)
    return typeof value === 'boolean' || value === null ? value : undefined
  }

  /** Of a parameter of the type `names`. */
  names(name: string): readonly string[] | undefined {
    const value = this.#values.get(name)
    return Array.isArray(value) ? value.flatMap((item) => (typeof item === 'string' ? item : [])) : undefined
  }

  object(name: string): BoundObject | undefined {
    const value = this.#values.get(name)
    return value instanceof BoundObject ? value : undefined
  }

  /** A declared parameter with a default is never absent: its text, or the empty one. */
  textOr(name: string, fallback: string): string {
    return this.text(name) ?? fallback
  }

  numberOr(name: string, fallback: number): number {
    return this.number(name) ?? fallback
  }
}
