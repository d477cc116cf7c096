import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/controls.tsx'
import { PageHead, Skeleton } from '../parts/layout.tsx'
import { Mark } from '../parts/mark.tsx'
import { NotLoaded } from '../parts/not-loaded.tsx'
import { Toasts } from '../parts/toast.tsx'
import { Finder, isFinderOpen } from './finder.tsx'
import { isKeysOpen, Keys } from './keys.tsx'
import { PageFault } from './page-fault.tsx'
import { PAGES, type Page, pageOf } from './pages.ts'
import { Renewal } from './renewal.tsx'
import { linkTo, route } from './router.ts'
import { ThemeButton } from './theme-button.tsx'
import { TopBar } from './top-bar.tsx'

const loaded = new Map<string, ComponentType>()
/** Grows with each page that has come, so that the shell looks again. */
const arrivals = signal(0)
const failure = signal<string | undefined>(undefined)

function load(page: Page): void {
  failure.value = undefined
  page.load().then(
    (component) => {
      loaded.set(page.id, component)
      arrivals.value += 1
    },
    () => {
      failure.value = page.id
    },
  )
}

export function Shell() {
  const current = pageOf(route.value.page)
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('main')?.focus()
        }}
      >
        Skip to the page
      </a>
      <div class="shell">
        <Side current={current} />
        <main class="main" id="main" tabIndex={-1} data-wide={current?.isWide}>
          <TopBar />
          {current === undefined ? <NoPage /> : <PageBody page={current} />}
          <div class="foot-narrow">
            <Foot />
          </div>
        </main>
      </div>
      <Renewal />
      {isFinderOpen.value && <Finder />}
      {isKeysOpen.value && <Keys />}
      <Toasts />
    </>
  )
}

function PageBody({ page }: { readonly page: Page }) {
  // Read, so that this is drawn again when the page has come.
  void arrivals.value
  const Component = loaded.get(page.id)
  const isFirst = useRef(true)
  const title = titleOf(page, route.value.path)
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    if (!loaded.has(page.id)) load(page)
  }, [page])
  useEffect(() => {
    if (Component === undefined) return
    // Coming from another page, a screen reader should begin here; at the start the browser's own beginning is right.
    if (isFirst.current) isFirst.current = false
    else document.querySelector<HTMLElement>('#main h1')?.focus()
  }, [page, Component])
  if (Component !== undefined) {
    return (
      <PageFault key={page.id} title={page.title}>
        <Component />
      </PageFault>
    )
  }
  if (failure.value === page.id) {
    return <NotLoaded what="This page" />
  }
  return (
    <>
      <h1 class="unseen">{page.title}</h1>
      <Skeleton lines={6} label={`Loading ${page.title}`} />
    </>
  )
}

/** As it stands among tabs and in the history: what is looked at first. Like the address, never a secret. */
function titleOf({ id, title }: Page, path: readonly string[]): string {
  const what = id === 'api' ? path.join('.') : path.at(-1)
  return [...(what === undefined || what === '' ? [] : [what]), ...(id === '' ? [] : [title]), 'Latchkey'].join(' · ')
}

function NoPage() {
  useEffect(() => {
    document.title = 'No such page · Latchkey'
  }, [])
  return (
    <>
      <PageHead title="There is no such page">The address may be from another version of the console.</PageHead>
      <a href={linkTo('')}>Go to the workflow</a>
    </>
  )
}

/** Pixels, so that a piece of the next one shows. */
const SPARE = 24

function Side({ current }: { readonly current: Page | undefined }) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    // On a narrow screen they stand in a row that scrolls, and where one is should be in sight.
    const side = list.current?.closest<HTMLElement>('.side')
    const link = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (side == null || link == null || side.scrollWidth <= side.clientWidth) return
    const at = link.getBoundingClientRect()
    const room = side.getBoundingClientRect()
    if (at.left < room.left) side.scrollLeft -= room.left - at.left + SPARE
    else if (at.right > room.right) side.scrollLeft += at.right - room.right + SPARE
  }, [current])
  return (
    <header class="side">
      <a class="brand" href={linkTo('')}>
        <Mark />
        Latchkey
      </a>
      <nav aria-label="Pages">
        <ul ref={list}>
          {PAGES.map(({ id, title }) => (
            <li key={id}>
              <a href={linkTo(id)} aria-current={id === current?.id ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Foot />
    </header>
  )
}

/** On a narrow screen it stands below the page. */
function Foot() {
  return (
    <div class="side-foot">
      <div class="row">
        <Button kind="link" onClick={() => (isFinderOpen.value = true)}>
          Find <kbd aria-hidden="true">/</kbd>
        </Button>
        <Button kind="link" onClick={() => (isKeysOpen.value = true)}>
          Keys <kbd aria-hidden="true">?</kbd>
        </Button>
      </div>
      <ThemeButton />
      <p>Nothing leaves this page but calls to the service URL above.</p>
    </div>
  )
}
