// `npm run -s latchkey -- …`: the command line from a checkout, where nothing is built.
import { runLatchkey } from './run.mjs'

await runLatchkey(process.argv.slice(2))
