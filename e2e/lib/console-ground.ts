import { after, before } from 'node:test'
import { isConsoleBuilt } from '../../scripts/console-stamp.mjs'
import { makeConsole } from '../../scripts/make-console.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { type RunningServer, startServer } from './server.ts'

/** What stands on every page for whoever is not signed in, by the keys of its controls. */
export const SHELL =
  /^(link "(Skip to the page|Latchkey|Workflow|Tokens|Access|Doctor|Activity|API|Help)"|button "(Service|Sign in|Find|Keys|Theme))/

export interface ConsoleGround {
  readonly server: RunningServer
  readonly browser: TestBrowser
}

/** A server with the console, and a browser, for the suite that asks: there before its tests, and gone after them. */
export function consoleGround(): ConsoleGround {
  let server: RunningServer | undefined
  let browser: TestBrowser | undefined
  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    server = await startServer()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
  })
  return {
    get server() {
      if (server === undefined) throw new Error('the server is there only while tests run')
      return server
    },
    get browser() {
      if (browser === undefined) throw new Error('the browser is there only while tests run')
      return browser
    },
  }
}
