import { found, type PasteCheck } from '../paste-facts.ts'
import { textAt } from '../read/fields.ts'
import type { SeenRequest } from '../seen.ts'

const READ_TYPES = ['application/json', 'application/x-www-form-urlencoded']
const LOCAL = /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\])/

/** What happens to a call on its way. */
export const TRANSPORT_CHECKS: readonly PasteCheck[] = [
  (facts) =>
    facts.requests.flatMap(({ contentType, hasBody, where }) => {
      if (!hasBody || contentType === undefined) return []
      const type = contentType.trim().toLowerCase()
      const [essence = ''] = type.split(';')
      if (READ_TYPES.includes(type) || essence.trim() === 'application/x-www-form-urlencoded') return []
      if (essence.startsWith('multipart/form-data')) return []
      const isJson = essence.trim() === 'application/json'
      const saw = isJson
        ? `Content-Type is ${type.slice(0, 80)}: the original reads a JSON body only if nothing stands behind application/json`
        : `Content-Type is ${type === '' ? 'missing' : type.slice(0, 80)}: the body is not read`
      return [found(facts, where, 'json-charset-ignored', 'error', saw)]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      const { response, where } = request
      if (response?.form !== 'xml' || response.error !== undefined || asksForXml(request)) return []
      const saw = `no format is asked for, and the answer is XML${wantsJson(request) ? ', though the call speaks JSON' : ''}`
      return [found(facts, where, 'xml-where-json-expected', 'warning', saw)]
    }),

  (facts) =>
    facts.responses.flatMap(({ form, error, where }) => {
      if (form !== 'xml') return []
      return [
        found(
          facts,
          where,
          'xml-where-json-expected',
          error === undefined ? 'warning' : 'note',
          'the answer is XML, which is what comes where no format is asked for',
        ),
      ]
    }),

  (facts) =>
    facts.requests.flatMap(({ scheme, host = '', response, where }) => {
      if (scheme !== 'http' || LOCAL.test(host)) return []
      const isRefused = response?.error?.code === 'SERVICE_ACCESS_CONTROL_RESTRICTED'
      const saw = isRefused ? 'the URL begins with http:, and the call was refused for it' : 'the URL begins with http:'
      return [found(facts, where, 'https-required', isRefused ? 'error' : 'note', saw)]
    }),
]

function asksForXml({ params }: SeenRequest): boolean {
  const format = textAt(params, 'format')
  return format !== undefined && format !== '1' && format !== ''
}

function wantsJson({ contentType }: SeenRequest): boolean {
  return contentType?.toLowerCase().includes('json') === true
}
