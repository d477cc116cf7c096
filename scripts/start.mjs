// `npm start`: the server. npm has changed into the root directory; that is what a relative data directory counts from.
import { runLatchkey } from './run.mjs'

await runLatchkey(['serve', ...process.argv.slice(2)])
