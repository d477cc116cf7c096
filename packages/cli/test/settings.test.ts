import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { LatchkeyError } from '@latchkey/core'
import { loadSettings } from '../src/settings-sources.ts'

describe('settings', () => {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-settings-'))
  after(() => rmSync(directory, { recursive: true, force: true }))
  const file = (content: string) => {
    const path = join(directory, 'settings.json')
    writeFileSync(path, content)
    return path
  }

  test('have defaults that need nothing', () => {
    const { settings } = loadSettings({ flags: {}, env: {} })
    assert.deepEqual(
      [settings.port, settings.host, settings.data, settings.masterKeyFile],
      [8800, '127.0.0.1', './data', 'data/keys/master.key'],
    )
    assert.deepEqual(
      [settings.privileges, settings.ksVersion, settings.errorStatus, settings.trustProxy],
      ['vendor', 2, 'legacy', []],
    )
  })

  test('that are one of a few words are taken in whatever case they are written', () => {
    const { settings } = loadSettings({
      flags: { console: 'Off' },
      env: { LATCHKEY_ERROR_STATUS: 'HTTP', LATCHKEY_LOG_LEVEL: 'Warn', LATCHKEY_FIDELITY: ' vendor ' },
    })
    assert.deepEqual(
      [settings.console, settings.errorStatus, settings.logLevel, settings.fidelity],
      ['off', 'http', 'warn', 'vendor'],
    )
  })

  test('come from flags before the environment before the file, each with its origin', () => {
    const config = file(JSON.stringify({ port: 1, host: 'file', logLevel: 'debug' }))
    const { settings, effective } = loadSettings({
      flags: { port: '3', config },
      env: { LATCHKEY_PORT: '2', LATCHKEY_HOST: 'env' },
    })
    assert.deepEqual([settings.port, settings.host, settings.logLevel], [3, 'env', 'debug'])
    const origins = Object.fromEntries(effective.map(({ name, origin }) => [name, origin]))
    assert.deepEqual(
      [origins.port, origins.host, origins.logLevel, origins.data],
      ['flag', 'environment', 'file', 'default'],
    )
  })

  for (const [name, env, part] of [
    ['a port that is none', { LATCHKEY_PORT: '99999' }, '"99999"'],
    ['a word where a number belongs', { LATCHKEY_KS_VERSION: 'two' }, 'LATCHKEY_KS_VERSION'],
    ['an unknown choice', { LATCHKEY_PRIVILEGES: 'lax' }, 'vendor or strict'],
    ['a URL of another database', { LATCHKEY_DATABASE_URL: 'mysql://u:hunter2@h/d' }, 'postgres://'],
    ['a secret that is too short', { LATCHKEY_ADMIN_SECRET: 'hunter2' }, '16 to 256 characters'],
  ] as const) {
    test(`refuse ${name}, naming the setting, what came and what is accepted, and no secret`, () => {
      assert.throws(
        () => loadSettings({ flags: {}, env }),
        (error) =>
          error instanceof LatchkeyError &&
          error.code === 'SETTING_INVALID' &&
          error.message.includes(part) &&
          !error.message.includes('hunter2'),
      )
    })
  }

  test('take origins that the console may call, separated by commas or blanks, as browsers write them', () => {
    const connectOf = (value: string) =>
      loadSettings({ flags: {}, env: { LATCHKEY_CONSOLE_CONNECT: value } }).settings.consoleConnect
    assert.deepEqual(connectOf(''), [])
    assert.deepEqual(connectOf('https://a.example'), ['https://a.example'])
    assert.deepEqual(connectOf(' HTTPS://A.example:443, http://10.0.0.7:8080  https://[2001:db8::1]:9 '), [
      'https://a.example',
      'http://10.0.0.7:8080',
      'https://[2001:db8::1]:9',
    ])
    const config = file('{"consoleConnect": ["https://b.example"], "console": "off"}')
    const { settings } = loadSettings({ flags: { config }, env: {} })
    assert.deepEqual([settings.consoleConnect, settings.console], [['https://b.example'], 'off'])
  })

  for (const origin of [
    'https://a.example/api_v3',
    'https://a.example/',
    'https://a.example?x',
    'https://user:hunter2@a.example',
    'https://*.example',
    "https://a.example;script-src'unsafe-inline'",
    "'self'",
    '*',
    'a.example',
    'ftp://a.example',
    'javascript:alert(1)',
    'https://',
    'https://a.example:99999',
    'https://a.example, nonsense',
  ]) {
    test(`refuse ${origin} as what the console may call, without a password that stands in it`, () => {
      assert.throws(
        () => loadSettings({ flags: {}, env: { LATCHKEY_CONSOLE_CONNECT: origin } }),
        (error) =>
          error instanceof LatchkeyError &&
          error.code === 'SETTING_INVALID' &&
          error.message.includes('LATCHKEY_CONSOLE_CONNECT') &&
          error.message.includes('origins (https://host') &&
          !error.message.includes('hunter2'),
      )
    })
  }

  test('warn of names that look meant for them and are not known', () => {
    const { warnings } = loadSettings({
      flags: { config: file('{"prot": 1}') },
      env: { LATCHKEY_PROT: '1', OTHER: '1' },
    })
    assert.equal(warnings.length, 2)
  })

  test('refuse a file that is missing or no JSON object, if somebody named it', () => {
    for (const config of [join(directory, 'none.json'), file('[1]'), file('{')]) {
      assert.throws(() => loadSettings({ flags: { config }, env: {} }), { code: 'SETTING_INVALID' })
    }
  })
})
