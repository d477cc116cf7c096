/** What whoever uses a token needs to know of it. */
export interface Handover {
  readonly serviceUrl: string
  readonly partnerId: number
  readonly id: string
  /** The secret. */
  readonly value: string
  readonly hashType: string
  readonly description: string
  /** Epoch seconds. */
  readonly expiresAt?: number | undefined
}

/** As a `.env` file, by the names that the rest of the pages understand when it is pasted. */
export function envText({ serviceUrl, partnerId, id, value, hashType, description, expiresAt }: Handover): string {
  const lines = [
    `# ${oneLine(description) || 'App token'}`,
    ...(expiresAt === undefined ? [] : [`# expires ${new Date(expiresAt * 1_000).toISOString()}`]),
    '# LATCHKEY_TOKEN_VALUE is a secret: keep this file out of version control.',
    `LATCHKEY_SERVICE_URL=${serviceUrl}`,
    `LATCHKEY_PARTNER_ID=${partnerId}`,
    `LATCHKEY_TOKEN_ID=${id}`,
    `LATCHKEY_TOKEN_VALUE=${value}`,
    `LATCHKEY_HASH_TYPE=${hashType}`,
  ]
  return `${lines.join('\n')}\n`
}

export function jsonText({ serviceUrl, partnerId, id, value, hashType, description, expiresAt }: Handover): string {
  const record = { serviceUrl, partnerId, id, token: value, hashType, description, expiry: expiresAt }
  return `${JSON.stringify(record, undefined, 2)}\n`
}

/** The name of a file, without what some systems do not take. */
export function fileNameFor(id: string, ending: 'env' | 'json'): string {
  return `app-token-${id.replaceAll(/[^\w-]/g, '')}.${ending}`
}

/** Whatever ends a line would end the comment. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
