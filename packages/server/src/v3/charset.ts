const CHARSET = /;\s*charset\s*=\s*"?([^";\s]+)/i

/**
 * The text of a body in whatever charset its type names, or its first bytes show. A charset that nobody knows reads as
 * UTF-8, which most are nearly.
 */
export function decodeBody(body: Buffer, contentType: string | undefined): string {
  const named = contentType?.includes('=') ? CHARSET.exec(contentType)?.[1]?.toLowerCase() : undefined
  const label = byteOrder(body) ?? named
  // The common case, in a fraction of the time.
  if (label === undefined || label === 'utf-8' || label === 'utf8') return body.toString('utf8')
  try {
    return new TextDecoder(label).decode(body)
  } catch {
    return body.toString('utf8')
  }
}

/** A mark in front counts more than what a header says. */
function byteOrder(body: Buffer): string | undefined {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le'
  return body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined
}
