import type { ApiError } from '../errors.ts'
import { errorObject, writeJson } from './json.ts'
import { writePhp } from './php.ts'
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
      return { contentType: 'application/json', body: writeJson(dataOf(options)) }
    case 'jsonp':
      return {
        contentType: 'application/javascript',
        body: `${options.callback ?? ''}(${writeJson(dataOf(options))});`,
      }
    case 'php':
      return { body: writePhp(dataOf(options)) }
    case 'xml':
      return { contentType: 'text/xml', body: xmlBody(options) }
  }
}

function dataOf({ result, results }: ResponseOptions): unknown {
  return results === undefined ? dataOfOne(result) : results.map(dataOfOne)
}

function dataOfOne(outcome: Outcome | undefined): unknown {
  if (outcome === undefined) return null
  return outcome.ok ? (outcome.value ?? null) : errorObject(outcome.error, outcome.diagnosis)
}

function xmlBody(options: ResponseOptions): string {
  const write = (outcome: Outcome) =>
    outcome.ok ? xmlValue(outcome.value, options) : xmlError(outcome.error, outcome.diagnosis)
  const { result, results } = options
  const content =
    results === undefined
      ? result === undefined
        ? ''
        : write(result)
      : results.map((outcome) => `<item>${write(outcome)}</item>`).join('')
  return xmlDocument(content, options.executionSeconds)
}
