// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined into one script
// Runs in each document before its own scripts. The files of this folder are plain scripts: the harness strips their types, joins
// them and has the browser run them, so they import nothing.

/** What a page does that leaves no trace in its document. */
interface Traces {
  copies: number
  prints: number
  pressed: Element | undefined
}

const traces: Traces = { copies: 0, prints: 0, pressed: undefined }

function watchPage(report: (line: string) => void): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
    report(`${effectiveDirective} forbids ${blockedURI}${sourceFile ? ` (${sourceFile}:${lineNumber})` : ''}`)
  })
  document.addEventListener('copy', () => {
    traces.copies += 1
  })
  // A press moves the focus to what was pressed, which is not something that the page did.
  for (const event of ['pointerdown', 'keydown']) {
    document.addEventListener(
      event,
      ({ target }) => {
        traces.pressed = target instanceof Element ? target : undefined
      },
      true,
    )
  }
  window.print = () => {
    traces.prints += 1
  }
  // There is no clipboard on a page from an insecure origin.
  const clipboard: Clipboard | undefined = navigator.clipboard
  if (clipboard === undefined) return
  for (const method of ['write', 'writeText'] as const) {
    const original: (data: never) => Promise<void> = clipboard[method].bind(clipboard)
    clipboard[method] = (data: never) => {
      traces.copies += 1
      return original(data)
    }
  }
}
