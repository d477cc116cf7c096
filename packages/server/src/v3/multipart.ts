import type { Multipart } from '@latchkey/wire'

/**
 * Takes a multipart body apart. Files are passed over: no action of ours takes one.
 *
 * @throws {UnreadableBody} for a body that is no multipart of that type
 */
export async function readMultipart(contentType: string, body: Buffer | string): Promise<Multipart> {
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData().catch((cause) => {
    throw new UnreadableBody('the multipart body cannot be taken apart', { cause })
  })
  const fields: [string, string][] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.push([name, value])
  }
  return { fields }
}

/** The client's fault, which is what the status tells the framework. */
export class UnreadableBody extends Error {
  readonly statusCode = 400
}
