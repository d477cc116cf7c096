const MASK =
  /[*\u2022\u2588#]{2,}|\u2026|\.{3}|x{4,}|X{3,}|<[^<>]{1,60}>|\[[A-Za-z][^[\]]{1,40}\]|redacted|masked|hidden|removed|your[_ -]?[a-z]/i
/** In a long text such as a session string letters alone prove nothing. */
const LONG_MASK = /[*\u2022\u2588#]{3,}|\u2026|\.{3}|x{8,}|<[^<>]{1,60}>/i
const LONG = 40
const PLACEHOLDER = /^(?:null|undefined|none|nan|nil|\(null\)|\[object object\])$/i
const TEMPLATE =
  /\{\{[^{}]{0,80}\}\}|\$\{[^{}]{0,80}\}|<%[^<>%]{0,80}%>|%\([a-z_]{1,40}\)s|^@?\{[a-z_][^{}:]{0,80}\}$|^%[A-Za-z_]{1,40}%$/i
const SHELL = /^\$\(?[A-Za-z_(][\s\S]{0,200}$/
const LONGEST = 400
const MOST = 10_000

/** Whether somebody took a value out before posting: stars, x's, dots, `<token>`. Nothing can be said of such a value. */
export function isMasked(value: string): boolean {
  // A whole answer in the place of a value has brackets of its own.
  if (value.includes('</') || value.startsWith('<?')) return false
  // A shell's variable stands for a value that is not here.
  if (value.length > LONGEST) return value.length < MOST && LONG_MASK.test(value)
  return (value.length > LONG ? LONG_MASK : MASK).test(value) || SHELL.test(value.trim())
}

/** Whether a value is a word for nothing, or a template that nobody filled. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim()
  return text.length <= LONGEST && (PLACEHOLDER.test(text) || TEMPLATE.test(text))
}

/** `{1:result:ks}`, which the server fills in. */
export function isReference(value: string): boolean {
  return value.length <= LONGEST && /\{\d{1,4}:result/.test(value)
}

/** Whether a value is the name of a variable, as in a piece of program: no session string, hash or id looks so. */
export function isVariable(value: string): boolean {
  return /^[A-Za-z_][A-Za-z_.]{0,30}[0-9]?$/.test(value) && !isPlaceholder(value)
}
