import { CURL_LINE, readCurl } from './read/curl.ts'
import { readJson } from './read/fields.ts'
import { harEntries, readHar } from './read/har.ts'
import { HTTP_LINE, readHttpText } from './read/http-text.ts'
import { readLooseObject } from './read/loose-object.ts'
import { isPhp } from './read/php.ts'
import { readRequests } from './read/request.ts'
import { readResponses } from './read/response.ts'
import { readSettings } from './read/settings-file.ts'
import { readValue } from './read/value.ts'
import type { PasteShape, Recognised, SeenRequest, SeenResponse, SeenSetting, SeenText, SeenToken } from './seen.ts'

/** More than anybody reads; archives of a browser's traffic may be larger. In characters. */
export const LARGEST_PASTE: number = 1_048_576
export const LARGEST_HAR: number = 33_554_432
const MOST_LINES = 20_000
const LONGEST_LINE = 100_000

/**
 * Tells what was pasted: an app token, calls, answers, settings, an archive of traffic, a session string, a hash, or
 * several of these with words between. Never throws, whatever it is given; what is larger than the limits is not read.
 */
export function recognise(text: string): Recognised {
  const found = new Collected()
  const isLarge = text.length > LARGEST_PASTE
  if (isLarge && (text.length > LARGEST_HAR || !/^\s*\{\s*"log"/.test(text.slice(0, 200)))) return found.as('too much')
  const json = /^[\s\ufeff]*[{[]/.test(text.slice(0, 200)) ? readJson(text.replace(/^\ufeff/, '')) : undefined
  const entries = harEntries(json)
  if (entries !== undefined) {
    found.add('HAR', { requests: readHar(entries) })
    return found.as('HAR')
  }
  if (isLarge) return found.as('too much')
  if (json !== undefined) {
    found.value(readValue(json, 'the paste'))
    return found.done()
  }
  readLines(linesOf(text), found)
  return found.done()
}

function linesOf(text: string): readonly string[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .split('\n', MOST_LINES)
  // Quoted as a whole, as in mails.
  const isQuoted =
    lines.every((line) => line.trim() === '' || /^\s*>/.test(line)) && lines.some((line) => line.trim() !== '')
  return isQuoted && !lines.some((line) => HTTP_LINE.test(line))
    ? lines.map((line) => line.replace(/^\s*>[ \t]?/, ''))
    : lines
}

/** What has a clear beginning is cut out first; what is left is read together, since it may be one thing with gaps. */
function readLines(lines: readonly string[], found: Collected): void {
  const rest: string[] = []
  let firstOfRest = 1
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    const taken = line.length > LONGEST_LINE ? 0 : readFrom(lines, at, found)
    if (taken === 0) {
      if (rest.length === 0) firstOfRest = at + 1
      if (!/^\s*(?:```|~~~)/.test(line)) rest.push(line)
    }
    at += Math.max(1, taken)
  }
  readRest(rest, firstOfRest, found)
}

/** @returns how many lines were taken; 0 where nothing begins here */
function readFrom(lines: readonly string[], at: number, found: Collected): number {
  const line = lines[at] ?? ''
  const where = `line ${at + 1}`
  if (CURL_LINE.test(line)) {
    const text = lines.slice(at, at + MOST_LINES_OF_ONE).join('\n')
    const { requests, end } = readCurl(text, 0, where)
    found.add('curl command', { requests })
    return requests.length === 0 ? 0 : Math.max(1, text.slice(0, end).split('\n').length)
  }
  if (HTTP_LINE.test(line)) {
    const count = untilNextBeginning(lines, at)
    const { requests, responses } = readHttpText(lines.slice(at, at + count), where)
    found.add('request', { requests })
    found.add('response', { responses })
    return count
  }
  if (/^\s*https?:\/\/\S{3,60000}\s*$/.test(line)) {
    const requests = readRequests({ where, url: line.trim() }).filter(
      ({ service, params }) => service !== undefined || params.has('ks'),
    )
    found.add('request', { requests })
    return requests.length > 0 ? 1 : 0
  }
  if (/^\s*<(?:\?xml|xml|result|error|Kaltura)/.test(line)) return readXmlFrom(lines, at, where, found)
  if (isPhp(line.trim())) {
    found.add('response', { responses: readResponses({ where, body: line }) })
    return 1
  }
  if (!/^\s*[{[]/.test(line) || found.jsonTries >= MOST_JSON_TRIES) return 0
  found.jsonTries += 1
  return readJsonFrom(lines, at, where, found)
}

const MOST_LINES_OF_ONE = 400
/** Each may look at many lines, so that a paste full of brackets would take long. */
const MOST_JSON_TRIES = 100

function untilNextBeginning(lines: readonly string[], at: number): number {
  let end = at + 1
  while (
    end < lines.length &&
    end - at < MOST_LINES_OF_ONE &&
    !HTTP_LINE.test(lines[end] ?? '') &&
    !CURL_LINE.test(lines[end] ?? '')
  )
    end += 1
  return end - at
}

function readXmlFrom(lines: readonly string[], at: number, where: string, found: Collected): number {
  const slice = lines.slice(at, at + MOST_LINES_OF_ONE)
  const close = slice.findIndex((line) => /<\/(?:xml|error|result)>\s*$/.test(line.slice(-200)))
  const count = close < 0 ? slice.length : close + 1
  const responses = readResponses({ where, body: slice.slice(0, count).join('\n') })
  for (const response of responses) {
    const read = response.fields === undefined ? undefined : readValue(response.fields, where, 'xml')
    if (read !== undefined && read.tokens.length > 0) found.value(read)
    else found.add('response', { responses: [response] })
  }
  return count
}

/** One JSON value over several lines: up to the bracket that closes it. */
function readJsonFrom(lines: readonly string[], at: number, where: string, found: Collected): number {
  const text = lines.slice(at, at + MOST_LINES_OF_ONE * 10).join('\n')
  const end = closingBracket(text)
  if (end === undefined) return 0
  const value = readJson(text.slice(0, end))
  if (value === undefined) return 0
  const read = readValue(value, where)
  if (read.tokens.length + read.requests.length + read.responses.length === 0) return 0
  found.value(read)
  return text.slice(0, end).split('\n').length
}

function closingBracket(text: string): number | undefined {
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (isQuoted) {
      if (character === '\\') at += 1
      else if (character === '"') isQuoted = false
    } else if (character === '"') isQuoted = true
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return undefined
}

/** Digits of the four algorithms. */
const HASH = /^[0-9a-fA-F]{32}$|^[0-9a-fA-F]{40}$|^[0-9a-fA-F]{64}$|^[0-9a-fA-F]{128}$/
const FORM = /^[A-Za-z0-9_.:[\]%-]{1,200}=[^\s]*(?:&[^\s=&]{1,300}=[^\s&]*)+$/

function readRest(lines: readonly string[], firstLine: number, found: Collected): void {
  const text = lines.join('\n').trim()
  if (text === '') return
  const where = `line ${firstLine}`
  readLinks(lines, firstLine, found)
  const settings = readSettings(lines, firstLine)
  if (settings !== undefined) {
    found.add('settings', { settings })
    return
  }
  if (text.length <= LONGEST_LINE && FORM.test(text)) {
    const requests = readRequests({ where, url: '/', body: text }).map(asBareBody)
    found.add('request', { requests })
    return
  }
  const object = readLooseObject(text)
  if (object !== undefined) {
    const read = readValue(object, where)
    found.value(read)
    if (read.tokens.length + read.requests.length + read.responses.length > 0) return
  }
  for (const [at, line] of lines.entries()) readWord(line.trim(), `line ${firstLine + at}`, found)
}

const LINK = /https?:\/\/[^\s"'<>\\]{3,4000}/

/** Calls among words: only whole ones, since of others the parameters may stand elsewhere. */
function readLinks(lines: readonly string[], firstLine: number, found: Collected): void {
  for (const [at, line] of lines.entries()) {
    if (line.length > LONGEST_LINE) continue
    const url = LINK.exec(line)?.[0].replace(/[).,;]+$/, '')
    if (url === undefined || !/[?&](?:ks|widgetId|tokenHash|secret)=/.test(url)) continue
    found.add('request', {
      requests: readRequests({ where: `line ${firstLine + at}`, url }).filter(({ service }) => service !== undefined),
    })
  }
}

/** Of a body alone nobody knows where it was sent. */
function asBareBody(request: SeenRequest): SeenRequest {
  const isLogin = request.params.has('tokenHash')
  return {
    ...request,
    uri: undefined,
    service: request.service ?? (isLogin ? 'appToken' : request.params.has('widgetId') ? 'session' : undefined),
    action:
      request.action ?? (isLogin ? 'startSession' : request.params.has('widgetId') ? 'startWidgetSession' : undefined),
  }
}

/** A line that is one word, as people paste who paste one thing. */
function readWord(line: string, where: string, found: Collected): void {
  if (line === '' || line.length > 10_000) return
  const bare = line.replace(/^["'`]|["'`,;]{1,2}$/g, '')
  if (HASH.test(bare)) found.add('hash', { hashes: [{ where, text: bare }] })
  else if (isSessionLike(bare)) found.add('session string', { sessions: [{ where, text: line }] })
  else if (
    /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{27}=|(?:0x|sha\d+[:=])[0-9a-fA-F]{32,128})$/.test(bare)
  ) {
    found.add('hash', { hashes: [{ where, text: bare }] })
  }
}

/** Begins like one, or is long enough Base64; with the blanks and percent signs that it may have got on its way. */
function isSessionLike(text: string): boolean {
  if (text.length < 40) return false
  if (text.startsWith('djJ8')) return true
  return (
    /^[A-Za-z0-9+/_=% -]{90,}$/.test(text) && /\d/.test(text) && /[A-Z]/.test(text) && !/ \S{1,12} \S{1,12} /.test(text)
  )
}

interface Part {
  readonly tokens?: readonly SeenToken[]
  readonly requests?: readonly SeenRequest[]
  readonly responses?: readonly SeenResponse[]
  readonly sessions?: readonly SeenText[]
  readonly hashes?: readonly SeenText[]
  readonly settings?: readonly SeenSetting[]
}

const MOST_THINGS = 2_000
/** service, action and format. */
const BARE_CALL = 3

class Collected {
  jsonTries = 0
  readonly #shapes = new Set<PasteShape>()
  #tokens: readonly SeenToken[] = []
  #requests: readonly SeenRequest[] = []
  #responses: readonly SeenResponse[] = []
  #sessions: readonly SeenText[] = []
  #hashes: readonly SeenText[] = []
  #settings: readonly SeenSetting[] = []
  #count = 0

  add(shape: PasteShape, part: Part): void {
    const { tokens = [], requests = [], responses = [], sessions = [], hashes = [], settings = [] } = part
    const count = [tokens, requests, responses, sessions, hashes, settings].reduce((sum, list) => sum + list.length, 0)
    this.#count += count
    if (count === 0 || this.#count > MOST_THINGS) return
    this.#shapes.add(shape)
    this.#tokens = [...this.#tokens, ...tokens]
    this.#requests = [...this.#requests, ...requests]
    this.#sessions = [...this.#sessions, ...sessions]
    this.#hashes = [...this.#hashes, ...hashes]
    this.#settings = [...this.#settings, ...settings]
    for (const response of responses) this.#addResponse(response)
  }

  /** An answer that follows a call is that call's. */
  #addResponse(response: SeenResponse): void {
    const last = this.#requests.at(-1)
    if (last === undefined || last.response !== undefined) this.#responses = [...this.#responses, response]
    else this.#requests = [...this.#requests.slice(0, -1), { ...last, response }]
  }

  value(read: {
    tokens: readonly SeenToken[]
    requests: readonly SeenRequest[]
    responses: readonly SeenResponse[]
  }): void {
    this.add('app token', { tokens: read.tokens })
    this.add('request', { requests: read.requests })
    this.add('response', { responses: read.responses })
  }

  done(): Recognised {
    this.#joinBodies()
    const [first = 'nothing known', ...others] = this.#shapes
    return this.as(others.length > 0 ? 'several things' : first)
  }

  /** An address on one line and the parameters on others are one call. */
  #joinBodies(): void {
    const body = this.#requests.findIndex(({ uri }) => uri === undefined)
    const call = this.#requests.findIndex(
      ({ uri, hasBody, params }) => uri !== undefined && !hasBody && params.size <= BARE_CALL,
    )
    const [first, second] = [this.#requests[call], this.#requests[body]]
    if (first === undefined || second === undefined) return
    if (second.action !== undefined && second.action.toLowerCase() !== first.action?.toLowerCase()) return
    const joined: SeenRequest = {
      ...first,
      params: new Map([...first.params, ...second.params]),
      hasBody: true,
      response: second.response ?? first.response,
    }
    this.#requests = this.#requests
      .map((request) => (request === first ? joined : request))
      .filter((request) => request !== second)
  }

  as(shape: PasteShape): Recognised {
    return {
      shape,
      tokens: this.#tokens,
      requests: this.#requests,
      responses: this.#responses,
      sessions: this.#sessions,
      hashes: this.#hashes,
      settings: this.#settings,
    }
  }
}

/** Whether anything was found that a check could look at. */
export function isEmpty(found: Recognised): boolean {
  const { tokens, requests, responses, sessions, hashes, settings } = found
  return [tokens, requests, responses, sessions, hashes, settings].every((list) => list.length === 0)
}
