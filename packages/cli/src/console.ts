import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Deps } from '@latchkey/authority'
import { type ConsoleOptions, isConsoleBuilt, LINK_SECONDS, SignInLink } from '@latchkey/server'
import { writePrivately } from './private-file.ts'
import type { Settings } from './settings.ts'

const LINK_FILE = 'console-link.txt'
const HOW_OFTEN = `once, within ${LINK_SECONDS / 60} minutes`

/** What `latchkey serve` serves as its console, and the link that it tells once it has an address. */
export interface Console {
  readonly options: ConsoleOptions
  /**
   * Makes the link, and what to tell of it: the link itself where a terminal shows it, otherwise the file that it is in.
   *
   * @returns undefined where there are no pages or no account to sign in to
   */
  readonly tellLink: (url: string, isTerminal: boolean) => string | undefined
  /** Takes the file away; the link ends with the process. */
  readonly forgetLink: () => void
}

/**
 * @param folder of the built pages
 * @returns undefined where the settings switch it off
 */
export async function composeConsole(
  deps: Deps,
  settings: Settings,
  folder: string = builtFolder(),
): Promise<Console | undefined> {
  if (settings.console === 'off') return undefined
  const { only, first } = await accounts(deps, settings)
  const link = new SignInLink(deps.primitives, deps.clock)
  const file = linkFile(join(settings.data, LINK_FILE))
  return {
    options: {
      folder,
      connect: settings.consoleConnect,
      partnerId: only,
      signIn: first === undefined ? undefined : { link, partnerId: first, onUsed: file.remove },
    },
    tellLink(url, isTerminal) {
      if (first === undefined || !isConsoleBuilt(folder)) return undefined
      const text = `${reachable(url)}/#sign-in=${link.issue()}`
      if (isTerminal) return `open the console signed in (${HOW_OFTEN}): ${text}\n`
      try {
        return `a link that opens the console signed in (${HOW_OFTEN}) is in ${file.write(text)}\n`
      } catch (error) {
        // Where all else is kept in PostgreSQL, the directory need not be one that can be written to.
        const reason = error instanceof Error ? error.message : String(error)
        return `latchkey: warning: no link to the console could be written: ${reason}\n`
      }
    },
    forgetLink: file.remove,
  }
}

function builtFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@latchkey/console/package.json'))), 'dist')
}

/** Whose account the link opens, and whether a person has no other to choose. */
async function accounts(deps: Deps, { partnerId }: Settings) {
  const partners = await deps.store.partners.list()
  const fixed = partners.find(({ id }) => id === partnerId)?.id
  return { only: fixed ?? (partners.length === 1 ? partners[0]?.id : undefined), first: fixed ?? partners[0]?.id }
}

/** The link in a file, until it has been used or can be no more. */
function linkFile(path: string) {
  let content: string | undefined
  const remove = () => {
    if (content === undefined) return
    // Two servers may share the directory: the other's link is not ours to take away.
    if (textIn(path) === content) rmSync(path, { force: true })
    content = undefined
  }
  return {
    remove,
    write(text: string): string {
      content = `${text}\n`
      writePrivately(path, content)
      setTimeout(remove, LINK_SECONDS * 1_000).unref()
      return path
    },
  }
}

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** An address that stands for all of a machine's opens no page; the machine itself is one of them. */
function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}
