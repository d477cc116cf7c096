import { Button } from './controls.tsx'
import { toast } from './toast.tsx'

/** Puts a text on the clipboard and says so; where there is no clipboard (a page without HTTPS), by the older way. */
export async function copyText(text: string, what: string): Promise<void> {
  const isCopied = await byClipboard(text)
  toast(
    isCopied || bySelection(text)
      ? `Copied ${what}.`
      : `This browser does not let pages copy: select ${what} and copy it by hand.`,
  )
}

async function byClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

function bySelection(text: string): boolean {
  const area = document.createElement('textarea')
  const focused = document.activeElement
  area.value = text
  area.className = 'unseen'
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}

export interface CopyProps {
  readonly text: string | (() => string)
  /** Ends the sentence `Copied …`. */
  readonly what: string
  readonly children?: string
  readonly kind?: 'link' | 'plain' | 'primary'
}

export function Copy({ text, what, children = 'Copy', kind = 'link' }: CopyProps) {
  return (
    <Button
      kind={kind}
      label={children === 'Copy' ? `Copy ${what}` : undefined}
      onClick={() => void copyText(typeof text === 'string' ? text : text(), what)}
    >
      {children}
    </Button>
  )
}

/** Hands a text to the person as a file. */
export function download(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Some browsers begin to read it only after this.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
  toast(`Saved ${name}.`)
}
