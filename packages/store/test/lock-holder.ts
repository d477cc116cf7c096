import { DatabaseSync } from 'node:sqlite'

// Another process: holds the write lock of the file it is given from `locked` until it is told to let go.

const [path = ''] = process.argv.slice(2)
const database = new DatabaseSync(path, { timeout: 5000 })
database.exec('begin immediate')
process.send?.('locked')
process.once('message', () => {
  database.exec('commit')
  database.close()
  process.disconnect?.()
})
