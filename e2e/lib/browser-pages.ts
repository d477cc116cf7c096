import { createServer, type RequestListener } from 'node:http'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'"

/** A small web site on the loopback, for tests of the harness itself. */
export interface Site extends AsyncDisposable {
  readonly url: string
}

/** Serves each path as HTML, or as a script if it ends in `.js`; `/api_v3…` answers `true`, `/broken` hangs up, the rest is 404. */
export async function serveSite(paths: Readonly<Record<string, string>>): Promise<Site> {
  const listener: RequestListener = (request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname
    if (path === '/broken') return void request.socket.destroy()
    const body = path.startsWith('/api_v3') ? 'true' : path === '/favicon.ico' ? '' : paths[path]
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', POLICY)
    response.statusCode = body === undefined ? 404 : 200
    response.end(body ?? 'nothing here')
  }
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

/** A whole page around a body, with nothing for axe to find in it. */
export function html(body: string, script?: string): string {
  const head = `<meta name="viewport" content="width=device-width"><title>A page</title>
  <style>button { min-height: 24px }</style>`
  const tag = script === undefined ? '' : `<script src="${script}" defer></script>`
  return `<!doctype html><html lang="en"><head>${head}${tag}</head><body><main><h1>A page</h1>${body}</main></body></html>`
}

/** One control of each kind, each of which does something that can be told. */
export const LIVELY = html(
  `<p role="timer" id="clock">0</p>
  <button id="toggle" aria-expanded="false">Details</button>
  <button id="copy">Copy</button>
  <button id="save">Save</button>
  <button id="ask">Ask</button>
  <button id="theme">Dark</button>
  <button id="jump">Find</button>
  <button id="scroll">To the end</button>
  <button id="open">Open</button>
  <button id="tab">New tab</button>
  <button id="class">Mark</button>
  <a href="#end">Skip</a>
  <label>Name <input id="name"></label>
  <label>Age <input type="number"></label>
  <label>Agreed <input type="checkbox"></label>
  <label>Size <input type="range" value="100"></label>
  <label>File <input type="file"></label>
  <label>Kind <select><option>one</option><option>two</option></select></label>
  <label>Notes <textarea></textarea></label>
  <details><summary>More</summary>of it</details>
  <div role="tablist">
    <button role="tab" aria-selected="true">First</button><button role="tab" aria-selected="false">Second</button>
  </div>
  <button disabled>Not now</button><button hidden>Never</button><div inert><button>Inert</button></div>
  <dialog aria-label="A question"><button id="close">Close</button></dialog>
  <p style="height: 2000px">Long.</p><p id="end">The end.</p>`,
  '/lively.js',
)

export const LIVELY_SCRIPT = `
const $ = (id) => document.getElementById(id)
const on = (id, act) => $(id).addEventListener('click', act)
setInterval(() => { $('clock').textContent = String(Date.now()) }, 50)
on('toggle', () => $('toggle').setAttribute('aria-expanded', String($('toggle').getAttribute('aria-expanded') === 'false')))
on('copy', () => navigator.clipboard.writeText('copied words'))
on('save', () => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(['saved words']))
  link.download = 'words.txt'
  link.click()
})
on('ask', () => fetch('/api_v3/service/media/action/list', {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ format: 1, ks: 'very-secret', pager: {} }),
}))
on('theme', () => { document.documentElement.dataset.theme = 'dark' })
on('jump', () => $('name').focus())
on('scroll', () => $('end').scrollIntoView())
on('open', () => document.querySelector('dialog').showModal())
on('close', () => document.querySelector('dialog').close())
on('tab', () => open('/plain'))
on('class', () => setTimeout(() => { document.title = 'Marked' }, 200))
for (const tab of document.querySelectorAll('[role=tab]')) tab.addEventListener('click', () => {
  for (const other of document.querySelectorAll('[role=tab]')) other.setAttribute('aria-selected', String(other === tab))
})
`
