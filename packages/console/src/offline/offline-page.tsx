import type { ComponentType } from 'preact'
import { type Theme, theme } from '../app/theme.ts'
import { Button, Tabs } from '../parts/controls.tsx'
import { Disclosure, Note } from '../parts/layout.tsx'
import { Toasts } from '../parts/toast.tsx'
import { ErrorPart } from './error-part.tsx'
import { HashPart } from './hash-part.tsx'
import { goTo, PLACES, type PlaceId, place } from './places.ts'
import { SessionPart } from './session-part.tsx'
import { TokenPart } from './token-part.tsx'
import { VectorsPart } from './vectors-part.tsx'

const PARTS: Readonly<Record<PlaceId, ComponentType>> = {
  hash: HashPart,
  token: TokenPart,
  session: SessionPart,
  error: ErrorPart,
  vectors: VectorsPart,
}
const THEMES: readonly Theme[] = ['system', 'light', 'dark']

export function OfflinePage() {
  const Part = PARTS[place.value]
  return (
    <>
      <main class="offline">
        <header class="offline-head">
          <div class="spread">
            <span class="brand">
              <svg viewBox="0 0 26 18" fill="none" stroke-width="3" stroke-linecap="round" aria-hidden="true">
                <circle cx="8" cy="9" r="6" />
                <path d="M14 9h10" />
              </svg>
              Latchkey
            </span>
            <ThemeButton />
          </div>
          <h1>Hash and session, offline</h1>
          <p class="muted">
            Calculate the hash of an app token login, find the mistake in one, and look into tokens, sessions and
            errors.
          </p>
        </header>
        <Privacy />
        <Tabs label="What to do" choices={PLACES} chosen={place.value} onChoose={goTo} panelId="part" />
        <div id="part" role="tabpanel" aria-label={PLACES.find(({ id }) => id === place.value)?.title ?? ''}>
          <Part />
        </div>
      </main>
      <Toasts />
    </>
  )
}

function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system'
  return (
    <Button kind="link" label={`Theme: ${theme.value}. Change to ${next}`} onClick={() => (theme.value = next)}>
      Theme: {theme.value}
    </Button>
  )
}

/** The promise, and how to hold the page to it. */
function Privacy() {
  const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? ''
  return (
    <Note tone="good">
      <div class="stack-tight">
        <p data-tone="good">
          <strong>Nothing leaves this page.</strong> It can make no connection at all: the browser forbids it, because
          the page says so of itself.
        </p>
        <Disclosure summary="How can I tell?">
          <ol class="told">
            <li>Switch the network off, or save this file and open it from the disk: all of it still works.</li>
            <li>Open the tools for developers (F12), tab Network: it stays empty, whatever you do here.</li>
            <li>
              Look at the source. Its first lines hold this policy, which the browser enforces; <code>connect-src</code>{' '}
              is <code>'none'</code>:
            </li>
          </ol>
          <div class="well">{policy}</div>
          <p class="small">Nothing is stored either, but the choice of light or dark.</p>
        </Disclosure>
      </div>
    </Note>
  )
}
