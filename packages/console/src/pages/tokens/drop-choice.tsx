import { Button } from '../../parts/controls.tsx'
import { focusSoon } from '../../parts/focus.ts'

/** Takes a choice back as a whole, and goes with it; the search beside it is where the next choice begins. */
export function DropChoice({ title, onDrop }: { readonly title: string; readonly onDrop: () => void }) {
  return (
    <Button
      kind="link"
      onClick={({ currentTarget }) => {
        const choice = currentTarget.closest('.stack-tight')
        focusSoon(() => choice?.querySelector('input[type="search"]'))
        onDrop()
      }}
    >
      {title}
    </Button>
  )
}
