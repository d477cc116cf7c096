/**
 * What a page of ours may do: run the scripts that it was served with and what these import, and call us and the origins that
 * the operator named. Nothing else. Not all scripts of this origin: an answer in JSONP is one, in whatever words a stranger
 * chose. By a nonce rather than by `/assets/`, since a policy names paths with a host only, and no host that a proxy leaves
 * is sure to be the browser's.
 *
 * @param nonce of this one answer; without it no script runs
 */
export function pageDirectives(connect: readonly string[], nonce?: string): Readonly<Record<string, string[]>> {
  return {
    'default-src': ["'none'"],
    'script-src': [nonce === undefined ? "'none'" : `'nonce-${nonce}'`],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...connect],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
}

/** As the value of the header. */
export function policyText(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}

const META_POLICY = /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"/i
/** Of a page that states none: it may show its text, and that is all. */
const NOTHING = "default-src 'none'"

/**
 * The policy that a page states in itself, as a header, which holds for the whole page rather than from that line on; and that
 * no other page may frame it, which only a header can say.
 */
export function policyOfPage(html: string): string {
  const stated = unescaped(META_POLICY.exec(html)?.[1] ?? '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[; ]+$/, '')
    .trim()
  // What is no plain ASCII cannot stand in a header.
  const policy = /^[\x20-\x7e]+$/.test(stated) ? stated : NOTHING
  return `${policy}; frame-ancestors 'none'`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
  '&quot;': '"',
  '&amp;': '&',
}

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#39|#x27|apos|quot|amp);/gi, (entity) => ENTITIES[entity.toLowerCase()] ?? entity)
}
