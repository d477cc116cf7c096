import './document.css'
import { LOADERS } from 'virtual:latchkey-docs'
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { linkTo, route } from '../../app/router.ts'
import { copyText } from '../../parts/copy.tsx'
import { Empty, PageHead, Skeleton } from '../../parts/layout.tsx'
import { NotLoaded } from '../../parts/not-loaded.tsx'
import { type HelpDocument, linkToDocument } from './search.ts'

/** A document of ours: HTML that was made when the pages were built, and comes when it is opened. */
export function DocumentView({ document: shown }: { readonly document: HelpDocument }) {
  const { path, title } = shown
  const html = useSignal<{ readonly path: string; readonly text: string } | undefined>(undefined)
  const hasFailed = useSignal(false)
  const body = useRef<HTMLDivElement>(null)
  const at = route.value.query.at ?? ''
  const load = () => {
    hasFailed.value = false
    LOADERS[path]?.().then(
      (module) => {
        html.value = { path, text: module.html }
      },
      () => {
        hasFailed.value = true
      },
    )
  }
  useEffect(load, [path])
  const isHere = html.value?.path === path
  useEffect(() => {
    if (isHere && at !== '') showHeading(body.current, at)
  }, [isHere, path, at])
  return (
    <>
      <PageHead title={title} />
      {hasFailed.value && <NotLoaded what="This page" />}
      {!isHere && !hasFailed.value && <Skeleton lines={8} label={`Loading ${title}`} />}
      {isHere && (
        <div
          ref={body}
          class="doc"
          onClick={(event) => {
            if (!(event.target instanceof Element)) return
            const button = event.target.closest('button[data-copy]')
            if (button !== null) {
              void copyText(button.parentElement?.querySelector('pre')?.textContent ?? '', 'the block')
              return
            }
            // The address does not change where somebody follows the same link again; they still want to go there.
            const link = event.target.closest('a')
            if (link?.getAttribute('href') === location.hash) showHeading(body.current, at)
          }}
          // Made of our own documents at build time; scripts/console-docs-html.ts lets no raw HTML through.
          dangerouslySetInnerHTML={{ __html: html.value?.text ?? '' }}
        />
      )}
    </>
  )
}

function showHeading(within: HTMLElement | null, at: string): void {
  const heading = [...(within?.querySelectorAll<HTMLElement>('[data-at]') ?? [])].find(
    (element) => element.dataset.at === at,
  )
  heading?.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}

/** The headings of a document, to jump to. */
export function Contents({ document: shown }: { readonly document: HelpDocument }) {
  const headings = shown.headings.filter(({ level }) => level === 2)
  if (headings.length < 3) return null
  return (
    <ul>
      {headings.map(({ id, text }) => (
        <li key={id}>
          <a href={linkToDocument(shown.path, id)}>{text}</a>
        </li>
      ))}
    </ul>
  )
}

export function NoDocument({ path }: { readonly path: string }) {
  return (
    <>
      <PageHead title="No such page" />
      <Empty title={`There is no page “${path.slice(0, 80)}”`}>
        <p>The address may be from another version of the console.</p>
        <a href={linkTo('help')}>See all of the help</a>
      </Empty>
    </>
  )
}
