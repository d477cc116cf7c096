import type { ApiError } from '../errors.ts'
import { writeJson, writeJsonError } from './json.ts'
import { writePhp, writePhpError } from './php.ts'
import { type ClassLookup, xmlDocument, xmlError, xmlValue } from './xml.ts'

export type ResponseFormat = 'json' | 'xml' | 'php' | 'jsonp'

const FORMATS: Readonly<Record<string, ResponseFormat>> = { '1': 'json', '2': 'xml', '3': 'php', '9': 'jsonp' }
const CALLBACK = /^[0-9_a-zA-Z.]+$/

/** What became of one call. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ApiError; readonly diagnosis?: object | undefined }

export interface ResponseOptions {
  readonly format: ResponseFormat
  /** For JSONP; checked before by {@link isCallback}. */
  readonly callback?: string | undefined
  /** Of a single call. */
  readonly result?: Outcome | undefined
  /** Of a multirequest, one a step. */
  readonly results?: readonly Outcome[] | undefined
  readonly classes: ClassLookup
  readonly ignoreNull: boolean
  readonly executionSeconds: number
}

/** Absent is XML; `undefined` for what is no format. */
export function parseFormat(text: string | undefined): ResponseFormat | undefined {
  if (text === undefined) return 'xml'
  return Object.hasOwn(FORMATS, text) ? FORMATS[text] : undefined
}

export function isCallback(text: string): boolean {
  return CALLBACK.test(text)
}

export function writeResponse(options: ResponseOptions): { readonly contentType?: string; readonly body: string } {
  switch (options.format) {
    case 'json':
      return { contentType: 'application/json', body: jsonBody(options) }
    case 'jsonp':
      return { contentType: 'application/javascript', body: `${options.callback ?? ''}(${jsonBody(options)});` }
    case 'php':
      return { body: phpBody(options) }
    case 'xml':
      return { contentType: 'text/xml', body: xmlBody(options) }
  }
}

function jsonBody({ result, results }: ResponseOptions): string {
  const write = (outcome: Outcome) =>
    outcome.ok ? writeJson(outcome.value) : writeJsonError(outcome.error, outcome.diagnosis)
  if (results !== undefined) return `[${results.map(write).join(',')}]`
  return result === undefined ? 'null' : write(result)
}

function phpBody({ result, results }: ResponseOptions): string {
  const write = (outcome: Outcome) =>
    outcome.ok ? writePhp(outcome.value) : writePhpError(outcome.error, outcome.diagnosis)
  if (results === undefined) return result === undefined ? 'N;' : write(result)
  return `a:${results.length}:{${results.map((outcome, index) => `i:${index};${write(outcome)}`).join('')}}`
}

function xmlBody(options: ResponseOptions): string {
  const write = (outcome: Outcome) =>
    outcome.ok ? xmlValue(outcome.value, options) : xmlError(outcome.error, outcome.diagnosis)
  const { result, results } = options
  if (results !== undefined) {
    const items = results.map((outcome) => `<item>${write(outcome)}</item>`)
    return xmlDocument(items.join(''), options.executionSeconds)
  }
  return xmlDocument(result === undefined ? '' : write(result), options.executionSeconds)
}
