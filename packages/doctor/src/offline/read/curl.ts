import type { SeenRequest } from '../seen.ts'
import { readRequests } from './request.ts'
import { splitShellWords } from './shell-words.ts'

const WITH_VALUE = new Set(
  '-X --request -H --header -d --data --data-raw --data-binary --data-ascii --data-urlencode -F --form --form-string -o --output -u --user -A --user-agent -e --referer -b --cookie -c --cookie-jar --max-time -m --connect-timeout --url --json -x --proxy --retry --cacert -w --write-out'.split(
    ' ',
  ),
)
const SHORT_WITH_VALUE = /^-[XHdFouAebcmxw]./

/** Where a line begins with a curl command: `$ curl`, `curl.exe`. */
export const CURL_LINE: RegExp = /^[ \t]*(?:[$>#%][ \t]*)?(?:[A-Za-z_]{1,30}=\$\()?curl(?:\.exe)?[ \t]/

/** What a curl command would send, and where in the text it ends. */
export function readCurl(
  text: string,
  start: number,
  where: string,
): { readonly requests: readonly SeenRequest[]; readonly end: number } {
  const { words, end } = splitShellWords(text, start)
  const headers = new Map<string, string>()
  const data: string[] = []
  const form: [string, string][] = []
  let url = ''
  let isGet = false
  let isJson = false
  const first = words.findIndex((word) => /curl(?:\.exe)?$/.test(word))
  for (let at = first + 1; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const { name, value, took } = optionOf(word, words[at + 1])
    at += took
    switch (name) {
      case '-H':
      case '--header': {
        const colon = value.indexOf(':')
        if (colon > 0) headers.set(value.slice(0, colon).trim().toLowerCase(), value.slice(colon + 1).trim())
        break
      }
      case '-d':
      case '--data':
      case '--data-raw':
      case '--data-binary':
      case '--data-ascii':
        data.push(value)
        break
      case '--json':
        isJson = true
        data.push(value)
        break
      case '--data-urlencode':
        data.push(encoded(value))
        break
      case '-F':
      case '--form':
      case '--form-string': {
        const equals = value.indexOf('=')
        if (equals > 0) form.push([value.slice(0, equals), value.slice(equals + 1)])
        break
      }
      case '-G':
      case '--get':
        isGet = true
        break
      case '--url':
        url = value
        break
      case undefined:
        if (url === '' && /^(?:https?:\/\/|[$\w.{}-]{1,200}[/?:])/.test(word)) url = word
    }
  }
  const body = data.join('&')
  const query = isGet && body !== '' ? `${url.includes('?') ? '&' : '?'}${body}` : ''
  const implied = isJson
    ? 'application/json'
    : form.length > 0
      ? 'multipart/form-data'
      : 'application/x-www-form-urlencoded'
  const requests = readRequests({
    where,
    url: withoutVariable(url) + query,
    contentType: isGet || (body === '' && form.length === 0) ? undefined : (headers.get('content-type') ?? implied),
    body: isGet ? '' : body,
    fields: form.length > 0 ? form : undefined,
    authorization: headers.get('authorization'),
  })
  return { requests, end }
}

function optionOf(word: string, next: string | undefined): { name?: string | undefined; value: string; took: number } {
  if (!word.startsWith('-') || word === '-') return { value: word, took: 0 }
  const equals = word.indexOf('=')
  if (word.startsWith('--') && equals > 0)
    return { name: word.slice(0, equals), value: word.slice(equals + 1), took: 0 }
  if (WITH_VALUE.has(word)) return { name: word, value: next ?? '', took: 1 }
  if (SHORT_WITH_VALUE.test(word)) return { name: word.slice(0, 2), value: word.slice(2), took: 0 }
  return { name: word, value: '', took: 0 }
}

/** `name=content`, of which the content is encoded; without a name, all of it. */
function encoded(value: string): string {
  const equals = value.indexOf('=')
  const content = value.slice(equals + 1)
  const text = content.isWellFormed() ? encodeURIComponent(content) : content
  return equals > 0 ? `${value.slice(0, equals)}=${text}` : text
}

/** `$server/api_v3/…`: the address is not here, the path is. */
function withoutVariable(url: string): string {
  return url.replace(/^\$\{?\w{1,60}\}?(?=\/|$)/, '')
}
