import { isObject, type JsonObject } from '../../connection/json.ts'

export type ParamsText =
  | { readonly ok: true; readonly params: JsonObject }
  | { readonly ok: false; readonly why: string }

/** Parameters of a call as a person writes them: a JSON object, or nothing. */
export function parseParams(text: string): ParamsText {
  if (text.trim() === '') return { ok: true, params: {} }
  try {
    const value: unknown = JSON.parse(text)
    const inexact = inexactNumber(text)
    if (inexact !== undefined) {
      return {
        ok: false,
        why: `${inexact} has more digits than a number keeps here: write it as a text, in double quotes`,
      }
    }
    if (isObject(value)) return { ok: true, params: value as JsonObject }
    return { ok: false, why: 'Parameters are a JSON object, such as {"pager": {"pageSize": 5}}' }
  } catch (error) {
    const at = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined
    const where = at === undefined ? '' : `, from character ${Number(at) + 1} on`
    return { ok: false, why: `This is not JSON yet${where}. Names and texts stand in double quotes` }
  }
}

/** The first whole number of a JSON text that would come out as another one. */
function inexactNumber(text: string): string | undefined {
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g)) {
    if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) return token
  }
  return undefined
}

/** What a call usually wants, to begin with: a short page of a list, nothing for the rest. */
export function firstParams(action: string): string {
  const name = action.split('.').at(-1)?.toLowerCase() ?? ''
  return name.startsWith('list') || name === 'search' ? '{ "pager": { "pageSize": 5, "pageIndex": 1 } }' : ''
}

/** `service.action`, as typed. */
export function parseActionName(text: string): { readonly service: string; readonly action: string } | undefined {
  const [, service, action] = /^\s*([A-Za-z][\w]*)\s*\.\s*([A-Za-z]\w*)\s*$/.exec(text) ?? []
  return service === undefined || action === undefined ? undefined : { service, action }
}
