import { Appender } from '../src/journal/appender.ts'
import { formatLine } from '../src/journal/line.ts'

// Another process: appends lines of partner 7 to the journal it is given, some each turn and none that waits for another, and
// says of each that was acknowledged which one it was, until it is killed or a line is refused.

const [directory = '', client = ''] = process.argv.slice(2)
const appender = new Appender({ directory, sync: 'turn', maxFileBytes: 1_000_000 })
let count = 0

async function append(): Promise<void> {
  count += 1
  const requestId = `${process.pid}-${count}`
  const at = 1_700_000_000 + count
  const line = {
    at,
    requestId,
    partnerId: 7,
    door: 'v3',
    action: 'a.b',
    outcome: 'issued',
    tokenId: 'x',
    client,
  } as const
  try {
    await appender.append(formatLine(line))
    process.send?.({ kept: requestId })
  } catch (error) {
    process.send?.({ refused: error instanceof Error && 'code' in error ? error.code : String(error) })
    clearInterval(timer)
  }
}

const timer = setInterval(() => {
  for (let n = 0; n < 20; n++) void append()
}, 1)
