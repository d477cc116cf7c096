/** What a request at an OAuth2 endpoint may say, by name. */
export type Fields = ReadonlyMap<string, string>

export type FormReading =
  | { readonly ok: true; readonly fields: Fields }
  | {
      readonly ok: false
      readonly fault: 'not-a-form' | 'repeated' | 'in-url' | 'secret-in-url'
      readonly saw: string
    }

/** The standards let these stand there more than once (RFC 8693, section 2.1); each of their values counts. */
const MANY: ReadonlySet<string> = new Set(['resource', 'audience'])
const SECRETS: ReadonlySet<string> = new Set([
  'client_secret',
  'client_assertion',
  'subject_token',
  'actor_token',
  'access_token',
  'token',
])
const KNOWN: ReadonlySet<string> = new Set([
  ...SECRETS,
  'client_id',
  'grant_type',
  'scope',
  'subject_token_type',
  'requested_token_type',
])

/**
 * The parameters of a request: a form in its body (RFC 6749, section 3.2 and appendix B). One without a value is as if it were
 * not there. None is taken from the URL, which ends up in logs.
 */
export function readForm(contentType: string | undefined, body: string, query: string): FormReading {
  for (const each of new URLSearchParams(query).keys()) {
    const name = each.toLowerCase()
    if (SECRETS.has(name)) return { ok: false, fault: 'secret-in-url', saw: `${name} stands behind the question mark` }
    if (KNOWN.has(name)) {
      return { ok: false, fault: 'in-url', saw: `${name} stands in the URL; the parameters belong into the body` }
    }
  }
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/x-www-form-urlencoded') {
    const saw = type === '' ? 'no Content-Type was sent' : `the Content-Type is ${shownType(type)}`
    return { ok: false, fault: 'not-a-form', saw }
  }
  // A form has neither of these signs at its beginning.
  if (/^\s*[{["]/.test(body)) {
    return {
      ok: false,
      fault: 'not-a-form',
      saw: 'the Content-Type is that of a form, but the body begins as JSON does',
    }
  }
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.replace(BYTE_ORDER_MARK, ''))) {
    const before = fields.get(name)
    if (before !== undefined && !MANY.has(name)) {
      return { ok: false, fault: 'repeated', saw: `${shownName(name)} is there more than once` }
    }
    fields.set(name, before === undefined ? value : joined(before, value))
  }
  for (const [name, value] of fields) if (value === '') fields.delete(name)
  return { ok: true, fields }
}

/** Of all that was named, parted by what no URI has in it. */
function joined(before: string, value: string): string {
  return [...new Set([...before.split(' '), value])].filter((each) => each !== '').join(' ')
}

/** Some editors and tools put one before whatever they send. */
const BYTE_ORDER_MARK = /^\ufeff/

function shownType(type: string): string {
  return /^[\w.+-]{1,40}\/[\w.+-]{1,40}$/.test(type) ? type : 'none that can be read'
}

/** People paste secrets where names belong. */
function shownName(name: string): string {
  return /^[a-z_]{1,30}$/.test(name) ? name : `a parameter with a name of ${name.length} characters`
}
