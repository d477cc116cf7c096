import type { ApiError } from '../errors.ts'

/** Names of a class's properties in the order of declaration; `undefined` for a class that is not known. */
export type ClassLookup = (className: string) => readonly string[] | undefined

export interface XmlOptions {
  readonly classes: ClassLookup
  /** Leaves out properties without a value instead of writing them empty. */
  readonly ignoreNull: boolean
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  "'": '&apos;',
  '>': '&gt;',
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML cannot carry
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

export function xmlDocument(result: string, executionSeconds: number): string {
  const time = executionSeconds.toFixed(4)
  return `<?xml version="1.0" encoding="utf-8"?><xml><result>${result}</result><executionTime>${time}</executionTime></xml>`
}

export function xmlValue(value: unknown, options: XmlOptions): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value)) return value.map((item) => `<item>${xmlValue(item, options)}</item>`).join('')
  if (typeof value === 'object') return xmlObject(value, options)
  return escapeXml(String(value))
}

export function xmlError(error: ApiError, diagnosis: object | undefined): string {
  const args = Object.entries(error.args).map(
    ([name, value]) =>
      `<item><objectType>KalturaApiExceptionArg</objectType><name>${escapeXml(name)}</name><value>${escapeXml(value)}</value></item>`,
  )
  const told = diagnosis === undefined ? '' : `<diagnosis>${plainXml(diagnosis)}</diagnosis>`
  return `<error><code>${error.code}</code><message>${escapeXml(error.message)}</message><objectType>KalturaAPIException</objectType><args>${args.join('')}</args>${told}</error>`
}

/** A known class has all of its properties, in order; what an answer of ours adds comes after them. */
function xmlObject(object: object, options: XmlOptions): string {
  const values: Readonly<Record<string, unknown>> = { ...object }
  const { objectType } = values
  if (typeof objectType !== 'string') return plainXml(object)
  const declared = options.classes(objectType) ?? []
  const others = Object.keys(values).filter((name) => name !== 'objectType' && !declared.includes(name))
  let text = `<objectType>${escapeXml(objectType)}</objectType>`
  for (const name of declared) {
    const value = values[name]
    if ((value === null || value === undefined) && options.ignoreNull) continue
    text += `<${name}>${xmlValue(value, options)}</${name}>`
  }
  for (const name of others) {
    const value = values[name]
    if (value !== null && value !== undefined) text += element(name, xmlValue(value, options))
  }
  return text
}

/** Objects that are none of the protocol's: each name an element, absent ones left out. */
function plainXml(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((item) => `<item>${plainXml(item)}</item>`).join('')
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value !== 'object') return escapeXml(String(value))
  return Object.entries(value)
    .filter(([, child]) => child !== undefined && child !== null)
    .map(([name, child]) => element(name, plainXml(child)))
    .join('')
}

/** A name that is no name of an element goes into a map's item instead. */
function element(name: string, content: string): string {
  if (/^[A-Za-z_][\w.-]*$/.test(name)) return `<${name}>${content}</${name}>`
  return `<item><itemKey>${escapeXml(name)}</itemKey>${content}</item>`
}

export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_IN_XML, '\ufffd')
    .replace(/[&"<'>]/g, (character) => ESCAPES[character] ?? character)
}
