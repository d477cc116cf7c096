/**
 * How actions and classes are declared. Plain data: parsing, validation, the XML order of properties and the reference
 * all read the same declarations.
 */
export type WireType =
  | 'int'
  | 'bigint'
  | 'float'
  | 'string'
  | 'bool'
  /** Epoch seconds; small numbers are relative to now. */
  | 'time'
  /** Several texts: in a list, or in one text with commas between them. */
  | 'names'
  | { readonly enum: string }
  | { readonly object: string }
  | { readonly array: WireType }

export interface ParameterSpec {
  readonly name: string
  readonly type: WireType
  /** Left out, the call is refused. */
  readonly isRequired?: boolean | undefined
  /** What counts when it is left out; else the declared type's own zero (0, the empty string, false). */
  readonly fallback?: string | number | boolean | undefined
  readonly about: string
}

export interface ActionSpec {
  /** As messages spell it; on the wire case does not matter. */
  readonly service: string
  readonly action: string
  readonly parameters: readonly ParameterSpec[]
  /** Absent for actions that answer nothing. */
  readonly result?: WireType | undefined
  readonly about: string
}

export interface PropertySpec {
  readonly name: string
  readonly type: WireType
  /** Refused where a client sends a value. */
  readonly isReadOnly?: boolean | undefined
  readonly about?: string | undefined
}

export interface ClassSpec {
  readonly name: string
  readonly base?: string | undefined
  readonly isAbstract?: boolean | undefined
  /** Its own ones in the order of declaration, which is the order in XML; the base's come first. */
  readonly properties: readonly PropertySpec[]
}

export interface EnumSpec {
  readonly name: string
  /** Numbers are compared loosely and stored as numbers; texts exactly. */
  readonly values: readonly number[] | readonly string[]
}
