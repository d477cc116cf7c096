import { fileURLToPath } from 'node:url'

/**
 * What Node is given to start `latchkey`, before the command's own arguments: its sources, or where the whole suite runs, the
 * same in a few files that were made of them just before (`scripts/test-program.ts`).
 */
export const PROGRAM: readonly string[] = program(process.env.LATCHKEY_TEST_PROGRAM)

function program(made: string | undefined): readonly string[] {
  if (made !== undefined && made !== '') return [made]
  return ['--conditions=source', fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url))]
}
