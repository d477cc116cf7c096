import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { exportLines } from '../src/sessions/export.ts'

test('what is exported to sh is read back as it was, whatever is in it', () => {
  const value = `a'b"c $HOME \`id\` \\ !`
  const lines = exportLines('sh', { LATCHKEY_SESSION: value, LATCHKEY_SERVICE_URL: undefined })
  const script = `LATCHKEY_SERVICE_URL=old\n${lines}printf '%s|%s' "$LATCHKEY_SESSION" "\${LATCHKEY_SERVICE_URL-gone}"`
  assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), `${value}|gone`)
})

test('a quote ends no string of fish or PowerShell', () => {
  assert.equal(exportLines('fish', { A: `x'y\\` }), `set -gx A 'x\\'y\\\\'\n`)
  assert.equal(exportLines('powershell', { A: `x'y` }), `$Env:A = 'x''y'\n`)
})
