import { signal } from '@preact/signals'

interface ToastLine {
  readonly id: number
  readonly text: string
}

const lines = signal<readonly ToastLine[]>([])
let last = 0
const SHOWN_MS = 5_000

/** Says that something which the person started has ended well. Errors stay where they happened. */
export function toast(text: string): void {
  last += 1
  const id = last
  lines.value = [...lines.value.slice(-2), { id, text }]
  setTimeout(() => {
    lines.value = lines.value.filter((line) => line.id !== id)
  }, SHOWN_MS)
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {lines.value.map(({ id, text }) => (
        <div class="toast" key={id}>
          {text}
        </div>
      ))}
    </div>
  )
}
