import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { isConsoleBuilt } from '../scripts/console-stamp.mjs'
import { makeConsole } from '../scripts/make-console.ts'
import { openBrowser, type TestBrowser, type TestPage } from './lib/browser.ts'
import { ROOT, type RunningServer, runCli, startServer, temporaryDirectory } from './lib/server.ts'
import { type Answer, addToken, adminSession, call, sha256 } from './lib/v3.ts'
import { chooseAction, openWorkflow, step, typeToken, waitForStep } from './lib/workflow.ts'

/**
 * Three mistakes that integrations begin with. Each cause is found twice: by somebody with a command line, who runs what its
 * hints name and knows no other command, and by somebody with a browser, who reads what the page shows.
 */
describe('the mistakes of the founding story', { concurrency: 2 }, () => {
  let server: RunningServer
  let browser: TestBrowser
  let directory: Awaited<ReturnType<typeof temporaryDirectory>>
  let admin: string

  before(async () => {
    if (!isConsoleBuilt()) await makeConsole()
    directory = await temporaryDirectory()
    server = await startServer()
    browser = await openBrowser()
    admin = await adminSession(server)
  })
  after(async () => {
    await browser?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
    await directory?.[Symbol.asyncDispose]()
  })

  /** As `npm run latchkey` runs it, which keeps what is made of the sources. */
  const latchkey = (args: readonly string[], env: Readonly<Record<string, string>>) =>
    runCli(args, { NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'compiled'), ...env })

  interface Token {
    readonly id: string
    readonly token: string
  }

  /** As the job would be handed one: for a user, and no privileges. */
  const userToken = (): Promise<Token> => addToken(server, admin, { sessionUserId: 'robot@example.org' })

  /** What the examples read, and nothing of the owner's. */
  const asIntegrator = ({ id, token }: Token, value = token) => ({
    LATCHKEY_URL: server.url,
    LATCHKEY_SERVICE_URL: '',
    LATCHKEY_PARTNER_ID: String(server.partnerId),
    LATCHKEY_TOKEN_ID: id,
    LATCHKEY_TOKEN_VALUE: value,
    LATCHKEY_ADMIN_SECRET: '',
  })
  const asOwner = () => ({
    LATCHKEY_URL: server.url,
    LATCHKEY_SERVICE_URL: '',
    LATCHKEY_PARTNER_ID: String(server.partnerId),
    LATCHKEY_ADMIN_SECRET: server.adminSecret,
    LATCHKEY_TOKEN_ID: '',
    LATCHKEY_TOKEN_VALUE: '',
  })

  /** A login as a tool makes it. */
  async function logIn({ id, token }: Token, digest: (ks: string) => string = (ks) => sha256(ks + token)) {
    const { ks } = await call(server.url, 'session.startWidgetSession', { widgetId: `_${server.partnerId}` })
    const tokenHash = digest(ks)
    const answer: Answer = await call(server.url, 'appToken.startSession', { ks, id, tokenHash })
    return { ks, tokenHash, answer }
  }

  /** The command of a hint, with what only the reader has in its places. */
  function hinted(stderr: string, own: Readonly<Record<string, string>> = {}): readonly string[] {
    const command = /^next: latchkey (.+)$/m.exec(stderr)?.[1] ?? assert.fail(`no hint in: ${stderr}`)
    const words = Object.entries(own).reduce((text, [place, word]) => text.replace(place, word), command)
    return words.split(' ')
  }

  test('by the command line: a hash in capitals', async () => {
    const token = await userToken()
    const { ks, tokenHash, answer } = await logIn(token, (one) => sha256(one + token.token).toUpperCase())
    assert.equal(answer.code, 'INVALID_APP_TOKEN_HASH')
    const [session, value] = [join(directory.path, 'ks.txt'), join(directory.path, 'value.txt')]
    await Promise.all([writeFile(session, `${ks}\n`), writeFile(value, `${token.token}\n`)])

    // What this server answers has the cause in it; of a code alone it takes one command more.
    const [whole, code] = await Promise.all([
      latchkey(['explain-error', JSON.stringify(answer)], {}),
      latchkey(['explain-error', answer.code], {}),
    ])
    assert.match(
      whole.stdout,
      /The cause, as the server says:\n {2}hash-upper-case\n {2}The hash is in capital letters\./,
    )
    assert.match(whole.stdout, /1\. Lower-case the digest as the last step/)
    const command = hinted(code.stderr, {
      'ks.txt': session,
      'token.txt': value,
      '<the hash that was sent>': tokenHash,
    })
    const found = await latchkey(command, {})
    assert.equal(found.code, 1)
    assert.match(found.stdout, /error {2}hash-upper-case\n {3}The hash is in capital letters\./)
    assert.match(found.stdout, /Lower-case the digest as the last\s+step/)
  })

  test('by the command line: a USER session for what takes more, from the message to a token that works', async () => {
    const token = await userToken()
    const said = await latchkey(['explain-error', 'The access to service [user->list] is forbidden'], {})
    const doctor = hinted(said.stderr)
    assert.deepEqual(doctor, ['doctor', '--want', 'user.list'])
    const ill = await latchkey([...doctor.slice(0, -1), 'user.list,media.list'], asIntegrator(token))
    assert.equal(ill.code, 1)
    assert.match(ill.stdout, /1\. error {2}user-session-lacks-permission\n {3}This is a USER session/)
    assert.match(ill.stdout, /Make an app token with sessionType 2/)
    assert.match(ill.stdout, /2\. warning {2}list-shows-own-entries-only\n/)

    // The owner goes on where the hint points.
    const suggested = await latchkey(hinted(ill.stderr), asOwner())
    const made = await latchkey([...hinted(suggested.stderr), '--json'], asOwner())
    assert.equal(made.code, 0, made.stderr)
    const next: Token = JSON.parse(made.stdout)
    const well = await latchkey(['doctor', '--want', 'user.list,media.list'], asIntegrator(next))
    assert.equal(well.code, 0, well.stdout)
    assert.match(
      well.stdout,
      /ok {2}user\.list {2}\d+ in all\nok {2}media\.list {2}40 in all\n\nNothing found that is wrong/,
    )
  })

  test('by the command line: the id for the value, a line end with it, a token that is paused', async () => {
    const token = await userToken()
    const [swapped, { answer }] = await Promise.all([
      latchkey(['doctor'], asIntegrator(token, token.id)),
      logIn(token, (ks) => sha256(`${ks}${token.token}\n`)),
    ])
    assert.equal(swapped.code, 1)
    assert.match(
      swapped.stdout,
      /1\. error {2}hash-token-id\n {3}The id of the app token was hashed instead of its value/,
    )
    assert.match(swapped.stdout, /1\. Hash the value of the app token/)
    // Four algorithms were tried, and the ladder is drawn once.
    assert.equal(swapped.stdout.match(/the endpoint answers/g)?.length, 1)

    const lineEnd = await latchkey(['explain-error', JSON.stringify(answer)], {})
    assert.match(lineEnd.stdout, /hash-newline\n {2}A line end or a blank was hashed along\./)
    assert.match(lineEnd.stdout, /printf %s instead of\s+echo/)

    await call(server.url, 'latchkey_token.pause', { ks: admin, id: token.id })
    const paused = await latchkey(['doctor'], asIntegrator(token))
    assert.match(paused.stdout, /1\. error {2}token-disabled\n {3}The app token is paused\./)
    const resume = hinted(paused.stderr)
    assert.deepEqual(resume, ['token', 'resume', token.id])
    assert.equal((await latchkey(resume, asOwner())).code, 0)
    assert.equal((await logIn(token)).answer.objectType, 'KalturaSessionInfo')
  })

  async function onPage(look: (page: TestPage) => Promise<void>): Promise<void> {
    await using page = await browser.page()
    await openWorkflow(page, server.url)
    await look(page)
    page.expectClean()
  }

  test('by the page: the answer to a hash in capitals, pasted where one starts', async () => {
    const token = await userToken()
    const { answer } = await logIn(token, (ks) => sha256(ks + token.token).toUpperCase())
    await onPage(async (page) => {
      await page.getByRole('button', { name: 'Paste anything' }).click()
      await page.getByLabel('A token record, a curl line, a response, a .env').fill(JSON.stringify(answer))
      await page.getByText('That is a refusal.').waitFor()
      await page.getByRole('button', { name: 'Ask the doctor why' }).click()
      const error = page.getByRole('group', { name: 'The error INVALID_APP_TOKEN_HASH' })
      await error.getByText('The hash is in capital letters').waitFor()
      await error.getByText(/^Lower-case the digest as the last step/).waitFor()
      await error.getByRole('link', { name: 'hash-upper-case' }).waitFor()
      assert.equal(await error.getByText('other cause').count(), 0)
      await page.shoot('founding-upper-case')
    })
  })

  test('by the page: a USER session lists nothing, and is told why', async () => {
    const token = await userToken()
    await onPage(async (page) => {
      await page.getByRole('textbox', { name: 'Partner id' }).fill(String(server.partnerId))
      await typeToken(page, await token)
      await chooseAction(page, 'media.list')
      await page.getByRole('button', { name: 'Run all four' }).click()
      await waitForStep(page, 'Call', 'done')
      await step(page, 'Call').getByText('It worked, and there is nothing').waitFor()
      await step(page, 'Call')
        .getByText(/lists only what its user owns, unless it holds list:\*/)
        .waitFor()

      await page.getByRole('link', { name: 'Doctor', exact: true }).click()
      await page.getByLabel('Token id', { exact: true }).fill(token.id)
      await page.getByLabel('Token value', { exact: true }).fill(token.token)
      await page.getByLabel('What the job calls').fill('user.list')
      await page.getByRole('button', { name: /^Run the probes/ }).click()
      await page.getByText('The login works, but user.list is refused.').waitFor()
      await page.getByText('This is a USER session, and the action is not open to USER sessions').first().waitFor()
      await page
        .getByText(/^Make an app token with sessionType 2/)
        .first()
        .waitFor()
    })
  })

  test('by the page: the id for the value, a blank with it, a token that is paused', async () => {
    const token = await userToken()
    await onPage(async (page) => {
      const [hash, session] = [step(page, 'Hash'), step(page, 'Session')]
      await page.getByRole('textbox', { name: 'Partner id' }).fill(String(server.partnerId))
      await typeToken(page, { id: token.id, token: token.id })
      await hash.getByText('That is an id.').waitFor()
      await page.getByRole('button', { name: 'Run all four' }).click()
      await waitForStep(page, 'Session', 'refused')
      await session.getByText(/The id of the app token was hashed instead of its value/).waitFor()
      await session.getByRole('link', { name: /hash-token-id/ }).waitFor()

      await typeToken(page, { id: token.id, token: `${token.token} ` })
      await hash.getByText(/It has blanks or a line end around it/).waitFor()
      await hash.getByRole('button', { name: 'Take them away' }).click()
      assert.equal(await page.getByRole('textbox', { name: 'Token value' }).inputValue(), token.token)

      await call(server.url, 'latchkey_token.pause', { ks: admin, id: token.id })
      await page.getByRole('button', { name: 'Run all four' }).click()
      await session.getByText('APP_TOKEN_NOT_ACTIVE').first().waitFor()
      await session
        .getByText(/The app token is paused/)
        .first()
        .waitFor()
      await session.getByText(/^Have the account owner resume it/).waitFor()
    })
  })
})
