import type { ComponentChildren } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { Button } from '../parts/controls.tsx'
import { Note, PageHead } from '../parts/layout.tsx'

/**
 * Around a page: what it could not show, such as an answer that no server of ours gives, leaves the navigation and whatever was
 * typed where they are. Nothing of the fault goes to the console's log: its message may hold a piece of the answer.
 */
export function PageFault({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const [fault, reset] = useErrorBoundary()
  if (fault === undefined) return <>{children}</>
  return (
    <>
      <PageHead title={title} />
      <Note tone="bad" alert>
        <strong>This page could not show what it has.</strong> The answer it was given is probably not one of a v3
        endpoint. What you typed is kept.{' '}
        <Button kind="link" onClick={reset}>
          Try again
        </Button>
      </Note>
    </>
  )
}
