import { createServer } from 'node:http'

/** The bare platform: reads the body, answers as many bytes as it is told to. */
const size = Number(process.argv[2])
const answer = Buffer.alloc(size, 'x')

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    // Together, as anybody has to who wants to look at it.
    Buffer.concat(chunks).toString('utf8')
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': size })
    response.end(answer)
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.stdout.write(`ready http://127.0.0.1:${address.port}\n`)
})
