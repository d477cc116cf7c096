import type { Multipart } from '@latchkey/wire'

/**
 * Takes a multipart body apart. Files are passed over: no action of ours takes one.
 *
 * @throws {TypeError} for a body that is no multipart of that type
 */
export async function readMultipart(contentType: string, body: Buffer | string): Promise<Multipart> {
  const response = new Response(body, { headers: { 'content-type': contentType } })
  const fields: [string, string][] = []
  for (const [name, value] of await response.formData()) {
    if (typeof value === 'string') fields.push([name, value])
  }
  return { fields }
}
