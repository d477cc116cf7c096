import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What an endpoint without our extras is to a client: passes calls on to one of ours, has no services of ours, and leaves out
 * what ours say beside a refusal. Its permission items have other numbers.
 *
 * @param target URL of a server of ours
 */
export async function startOriginal(target: string): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      const service = /\/service\/(latchkey_\w+)/.exec(path)?.[1]
      const answer =
        service === undefined
          ? passOn(`${target}${path}`, Buffer.concat(chunks).toString('utf8'))
          : Promise.resolve(unknownService(service))
      void answer.then((text) => response.setHeader('content-type', 'application/json').end(text))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function unknownService(service: string): string {
  const message = `Service "${service}" does not exists`
  return JSON.stringify({ code: 'SERVICE_DOES_NOT_EXISTS', message, objectType: 'KalturaAPIException', args: [] })
}

const SHIFT = 100_000

async function passOn(url: string, body: string): Promise<string> {
  const isItems = url.includes('/permissionItem/')
  const sent = /\/permission\/action\/add/.test(url)
    ? body.replaceAll(/"permissionItemsIds":"([\d,]+)"/g, shifted(-SHIFT))
    : body
  const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: sent })
  const value: unknown = JSON.parse(await reply.text(), (name, inner: unknown) => {
    if (name === 'diagnosis') return undefined
    return isItems && name === 'id' && typeof inner === 'number' ? inner + SHIFT : inner
  })
  return JSON.stringify(value).replaceAll(/"permissionItemsIds":"([\d,]+)"/g, shifted(SHIFT))
}

function shifted(by: number): (whole: string, ids: string) => string {
  return (_whole, ids) =>
    `"permissionItemsIds":"${ids
      .split(',')
      .map((id) => Number(id) + by)
      .join(',')}"`
}
