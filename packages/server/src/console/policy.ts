/** What a page of ours may do: run our scripts, and call us and the origins that the operator named. Nothing else. */
export function pageDirectives(connect: readonly string[]): Readonly<Record<string, string[]>> {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...connect],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
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
