import { keepsSecrets } from '../app/kept.ts'
import { Button } from './controls.tsx'
import { Note } from './layout.tsx'

/**
 * For a part of the console that was to be fetched and did not come. A reload, rather than asking again: browsers remember that a
 * script did not come for as long as the page lives.
 */
export function NotLoaded({ what }: { readonly what: string }) {
  return (
    <Note tone="bad" alert>
      <strong>{what} did not come.</strong> The server may have stopped, or was updated meanwhile. What you typed is
      kept over a reload{keepsSecrets.value ? '' : ', but for secrets'}.{' '}
      <Button kind="link" onClick={() => location.reload()}>
        Reload
      </Button>
    </Note>
  )
}
