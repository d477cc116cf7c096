/** What the start page is told about the server that serves it. Public, all of it. */
export interface Served {
  readonly connect: readonly string[]
  readonly version: string
  readonly fidelity: 'mended' | 'vendor'
  /** Where there is only one to choose from. */
  readonly partnerId?: number | undefined
}

const EMPTY_META = /(<meta\s+name="latchkey-server"\s+content=")(")/

/** The page with what it is told filled in. A script would need a hole in the policy, and a request of its own time. */
export function fillPage(html: string, served: Served): string {
  return html.replace(EMPTY_META, (_, open: string, close: string) => open + escaped(JSON.stringify(served)) + close)
}

const SCRIPTS = /<(script|link rel="modulepreload")(?=[\s>])/g

/**
 * The page with its scripts marked as those that the policy of this answer lets run. The mark stands in the head as well,
 * where the loader of the pages' parts looks for it.
 */
export function withNonce(html: string, nonce: string): string {
  return html
    .replaceAll(SCRIPTS, (open) => `${open} nonce="${nonce}"`)
    .replace('<meta ', `<meta property="csp-nonce" nonce="${nonce}" /><meta `)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&"'<>]/g, (character) => ESCAPES[character] ?? character)
}
