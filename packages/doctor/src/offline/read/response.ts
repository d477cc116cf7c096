import { isCause } from '../../known-cause.ts'
import type { SeenError, SeenResponse } from '../seen.ts'
import { type Fields, isFields, isList, readJson, textAt, textOf, type Value } from './fields.ts'
import { isPhp, readPhp } from './php.ts'
import { readXml } from './xml.ts'

export interface ResponseParts {
  readonly where: string
  readonly status?: number | undefined
  readonly headers?: ReadonlyMap<string, string> | undefined
  readonly body: string
}

const NO_HEADERS: ReadonlyMap<string, string> = new Map()

/** Reads an answer; one for each step where several calls went together. */
export function readResponses({ where, status, headers = NO_HEADERS, body }: ResponseParts): readonly SeenResponse[] {
  const text = body.replace(/^\ufeff/, '').trim()
  const base = { where, status, headers }
  if (text === '') return [{ ...base, form: 'empty' }]
  const { form, value } = readBody(text)
  if (isList(value) && value.length > 0) {
    return value.map((item, at) => responseOf({ ...base, where: `${where}, step ${at + 1}` }, form, item))
  }
  return [responseOf(base, form, value)]
}

/** The result of the envelope, whatever the notation. */
function readBody(text: string): { readonly form: SeenResponse['form']; readonly value: Value | undefined } {
  if (text.startsWith('<')) {
    const xml = readXml(text)
    const inside = xml?.get('xml')
    const result = (isFields(inside) ? inside : xml)?.get('result')
    return { form: 'xml', value: result ?? (isFields(inside) ? inside : xml) }
  }
  if (isPhp(text)) return { form: 'php', value: readPhp(text) }
  const json = readJson(text)
  return json === undefined ? { form: 'text', value: text } : { form: 'json', value: json }
}

type Base = Pick<SeenResponse, 'where' | 'status' | 'headers'>

function responseOf(base: Base, form: SeenResponse['form'], value: Value | undefined): SeenResponse {
  if (!isFields(value)) return { ...base, form, text: textOf(value) }
  const error = errorOf(value)
  return error === undefined ? { ...base, form, fields: value } : { ...base, form, error }
}

/** The error in an answer: at its top, or as an XML child. */
export function errorOf(fields: Fields): SeenError | undefined {
  const inner = fields.get('error') ?? fields.get('result')
  if (isFields(inner)) return errorOf(inner)
  const code = textAt(fields, 'code')
  const message = textAt(fields, 'message')
  const isException = textAt(fields, 'objectType') === 'KalturaAPIException'
  if (code === undefined || (message === undefined && !isException)) return undefined
  const args = fields.get('args')
  return {
    code: code.trim(),
    message: message ?? '',
    args: new Map(isFields(args) ? [...args].flatMap(([name, value]) => pair(name, value)) : []),
    diagnosed: diagnosedIn(fields),
  }
}

function pair(name: string, value: Value): readonly [string, string][] {
  const text = textOf(value)
  return text === undefined ? [] : [[name, text]]
}

function diagnosedIn(fields: Fields): SeenError['diagnosed'] {
  const diagnosis = fields.get('diagnosis')
  const cause = isFields(diagnosis) ? diagnosis.get('cause') : undefined
  if (!isFields(cause)) return undefined
  const id = textAt(cause, 'id') ?? ''
  return isCause(id) ? { cause: id, saw: textAt(cause, 'saw') ?? '' } : undefined
}
