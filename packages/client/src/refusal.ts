import { fieldsOf, parseDiagnosis } from './diagnosis.ts'
import type { Refusal } from './errors.ts'

/** What a call was, for whoever reads of its failure. */
export interface CallName {
  readonly service: string
  readonly action: string
}

/**
 * The refusal that an answer is; `undefined` for any other answer.
 *
 * @param secrets what may stand in no error: some servers repeat the session string that they refuse
 */
export function refusalIn(
  value: unknown,
  { service, action }: CallName,
  status: number,
  requestId: string | undefined,
  secrets: readonly string[],
): Refusal | undefined {
  if (!isRefusal(value)) return undefined
  const { code, message, args, diagnosis } = fieldsOf(withoutSecrets(value, secrets))
  const known = parseDiagnosis(diagnosis)
  const texts: Record<string, string> = {}
  // Without arguments the original sends an empty list.
  for (const [name, arg] of Object.entries(fieldsOf(args))) texts[name] = String(arg)
  return {
    service,
    action,
    status,
    code: String(code),
    message: String(message),
    args: texts,
    diagnosis: known,
    requestId: known?.requestId ?? requestId,
  }
}

/** Whether an answer is a refusal: the same test that the official clients make. */
export function isRefusal(value: unknown): boolean {
  const { code, message } = fieldsOf(value)
  return typeof code === 'string' && code !== '' && typeof message === 'string'
}

/**
 * What became of the session, as a refusal tells it: `EXPIRED`; `GONE` where it was ended or cannot be read, as after a
 * change of the account's secret. `undefined` where the session itself is not the reason, or may be used for other calls.
 */
export function sessionFate(refusal: unknown): 'EXPIRED' | 'GONE' | undefined {
  const { code, message, args } = fieldsOf(
    refusal instanceof Error ? { ...refusal, message: refusal.message } : refusal,
  )
  if (code !== 'INVALID_KS') return undefined
  // The first argument is a word for the session's state. The other two are right in some servers only.
  const word = fieldsOf(args).KSID ?? /^Invalid KS "([^"]*)"/.exec(String(message))?.[1]
  if (word === 'EXPIRED' || word === 'LOGOUT') return word === 'EXPIRED' ? word : 'GONE'
  // Empty where a session is good, but of the wrong kind for one object; other words are limits that it keeps.
  return typeof word === 'string' && word !== '' && !/^[A-Z_]+$/.test(word) ? 'GONE' : undefined
}

/** What is shorter is no secret of anybody's, and stands in many a word. */
const SHORTEST_SECRET = 8

/** The text with each secret replaced. */
export function cleanText(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
}

/** A copy in which no text and no name holds a secret. */
function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return cleanText(value, secrets)
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [cleanText(name, secrets), withoutSecrets(field, secrets)]),
  )
}
