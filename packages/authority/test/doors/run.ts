/** Runs the property once and says how it ended: a test runs it on code of which a limit was taken away. */
import { AssertionError } from 'node:assert/strict'
import { checkEveryDoor } from './property.ts'

try {
  const sessions = await checkEveryDoor(Number(process.argv[2]), Number(process.argv[3]))
  process.stdout.write(`held: ${sessions} sessions\n`)
} catch (error) {
  if (!(error instanceof AssertionError)) throw error
  process.stdout.write(`broken: ${error.message.split('\n')[0]}\n`)
}
