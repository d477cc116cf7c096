import { converse, examine, logIn, makeToken, widget } from './doctor-ground.ts'
import type { Fixture } from './doctor-online-fixtures.ts'
import { call, sha256 } from './v3.ts'

/** Mistakes of a tool's own request, which no probe can see: the request is really made, and pasted with its answer. */
export const PASTED_FIXTURES: readonly Fixture[] = [
  {
    cause: 'session-not-sent',
    how: 'startSession without ks',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const tokenHash = sha256((await widget(at)) + token.token)
      return examine(at, { token, paste: await converse(at, 'appToken.startSession', { id: token.id, tokenHash }) })
    },
  },
  {
    cause: 'json-charset-ignored',
    how: 'a JSON body with a charset',
    async run(ground) {
      const at = await ground.account()
      const params = { widgetId: `_${at.partnerId}` }
      const contentType = 'application/json; charset=utf-8'
      return examine(at, { paste: await converse(at, 'session.startWidgetSession', params, { contentType }) })
    },
  },
  {
    cause: 'error-inside-http-200',
    how: 'a job that loads an error as a row',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const paste = await converse(at, 'user.list', { ks: await logIn(at, token) })
      return examine(at, { paste, tookErrorForData: true })
    },
  },
  {
    cause: 'xml-where-json-expected',
    how: 'no format in the request',
    async run(ground) {
      const at = await ground.account()
      const params = { widgetId: `_${at.partnerId}` }
      return examine(at, { paste: await converse(at, 'session.startWidgetSession', params, { isWithoutFormat: true }) })
    },
  },
  {
    cause: 'partner-mismatch',
    how: 'partnerId of another account beside a good session',
    async run(ground) {
      const [at, other] = [await ground.account(), await ground.account()]
      const ks = await logIn(at, await makeToken(at))
      return examine(at, { paste: await converse(at, 'media.list', { ks, partnerId: other.partnerId }) })
    },
  },
  {
    cause: 'admin-secret-instead',
    how: 'session.start with the admin secret',
    async run(ground) {
      const at = await ground.account()
      const params = { partnerId: at.partnerId, secret: at.adminSecret, type: 2 }
      return examine(at, { paste: await converse(at, 'session.start', params) })
    },
  },
  {
    cause: 'partner-secret-wrong',
    how: 'session.start with another secret',
    async run(ground) {
      const at = await ground.account()
      const params = { partnerId: at.partnerId, secret: '0123456789abcdef0123456789abcdef', type: 2 }
      return examine(at, { paste: await converse(at, 'session.start', params) })
    },
  },
  {
    cause: 'parameter-missing',
    how: 'tokenhash for tokenHash',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const ks = await widget(at)
      const params = { ks, id: token.id, tokenhash: sha256(ks + token.token) }
      return examine(at, { paste: await converse(at, 'appToken.startSession', params) })
    },
  },
  {
    cause: 'parameter-invalid',
    how: 'type=1',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const ks = await widget(at)
      const params = { ks, id: token.id, tokenHash: sha256(ks + token.token), type: 1 }
      return examine(at, { paste: await converse(at, 'appToken.startSession', params) })
    },
  },
  {
    cause: 'field-not-writable',
    how: 'the whole token sent back to appToken.update',
    async run(ground) {
      const at = await ground.account()
      const token = await makeToken(at)
      const params = { ks: at.admin, id: token.id, appToken: { ...token, description: 'new', status: 1 } }
      return examine(at, { paste: await converse(at, 'appToken.update', params) })
    },
  },
  {
    cause: 'entry-not-owned',
    how: 'a USER session changes an entry of somebody else',
    async run(ground) {
      const at = await ground.account()
      const { objects } = await call(at.url, 'media.list', { ks: at.admin })
      const ks = await logIn(at, await makeToken(at, { sessionUserId: 'nobody-in-particular' }))
      const params = { ks, entryId: objects[0].id, mediaEntry: { name: 'mine now' } }
      return examine(at, { paste: await converse(at, 'media.update', params) })
    },
  },
]
