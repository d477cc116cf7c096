// What came as JSON, read without believing any of it.
export {
  isObject,
  type Json,
  type JsonObject,
  namesIn,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
} from '@latchkey/wire/answer'

/** The first whole number of a JSON text that would come out as another one. */
export function inexactNumber(text: string): string | undefined {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g)) {
    if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) return token
  }
  return undefined
}
