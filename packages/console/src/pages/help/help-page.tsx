import './help.css'
import { GROUPS } from 'virtual:latchkey-docs'
import { useEffect, useRef } from 'preact/hooks'
import { linkTo, refine, route } from '../../app/router.ts'
import { Card, Disclosure, Empty, PageHead } from '../../parts/layout.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { countOf } from '../../parts/words.ts'
import { CauseList, CauseView } from './cause-views.tsx'
import { Contents, DocumentView, NoDocument } from './document-view.tsx'
import { ErrorList, ErrorView, PastedError } from './error-views.tsx'
import { Highlight } from './highlight.tsx'
import { type HelpDocument, helpIndex, linkToDocument, searchHelp, wordsOf } from './search.ts'

const index = helpIndex(GROUPS)
const documents: ReadonlyMap<string, HelpDocument> = new Map(
  GROUPS.flatMap((group) => group.documents).map((document) => [document.path, document]),
)

/** Causes, codes and guides; the search looks through all of them. */
export function HelpPage() {
  const { path, query } = route.value
  const typed = query.q ?? ''
  const place = path.join('/')
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    if ((route.peek().query.at ?? '') !== '') return
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
  }, [place])
  return (
    <div class="help">
      <aside class="help-side" aria-label="Help">
        <SearchField
          label="Search the help"
          value={typed}
          placeholder="a code, a cause, a word"
          onInput={(text) => refine({ q: text, at: '' })}
        />
        <div class="help-nav-wide">
          <Places />
        </div>
        <div class="help-nav-narrow">
          <Disclosure key={place} summary="All of the help">
            <Places />
          </Disclosure>
        </div>
      </aside>
      <div class="help-body">{wordsOf(typed).length > 0 ? <Results typed={typed} /> : <Place />}</div>
    </div>
  )
}

function Place() {
  const [kind = '', ...rest] = route.value.path
  const id = rest.join('/')
  if (kind === '') return <Home />
  if (kind === 'causes') return id === '' ? <CauseList /> : <CauseView id={id} />
  if (kind === 'errors') return id === '' ? <ErrorList /> : <ErrorView code={id} />
  const found = kind === 'docs' ? documents.get(id) : undefined
  return found === undefined ? <NoDocument path={[kind, ...rest].join('/')} /> : <DocumentView document={found} />
}

function Places() {
  const place = wordsOf(route.value.query.q ?? '').length > 0 ? undefined : route.value.path.join('/')
  const item = (to: readonly string[], title: string) => (
    <a href={linkTo('help', to)} aria-current={place === to.join('/') ? 'page' : undefined}>
      {title}
    </a>
  )
  return (
    <nav class="help-nav" aria-label="Help pages">
      <ul>
        <li>{item([], 'Overview')}</li>
        <li>{item(['causes'], 'Causes')}</li>
        <li>{item(['errors'], 'Error codes')}</li>
      </ul>
      {GROUPS.map((group) => (
        <div key={group.title}>
          <p class="legend">{group.title}</p>
          <ul>
            {group.documents.map((document) => {
              const isHere = place === `docs/${document.path}`
              return (
                <li key={document.path}>
                  {item(['docs', ...document.path.split('/')], document.title)}
                  {isHere && <Contents document={document} />}
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function Home() {
  return (
    <>
      <PageHead title="Help">Why something was refused, what a code means, and how things are done.</PageHead>
      <div class="stack">
        <PastedError />
        <Card
          title="Causes"
          actions={
            <a class="small" href={linkTo('help', ['causes'])}>
              All causes
            </a>
          }
          summary="why a login or a call is refused"
        >
          <p class="muted">
            The refusals that people meet most:{' '}
            <a href={linkTo('help', ['causes', 'hash-upper-case'])}>a hash in capitals</a>,{' '}
            <a href={linkTo('help', ['causes', 'hash-token-value-sent'])}>the token’s value sent as the hash</a>,{' '}
            <a href={linkTo('help', ['causes', 'user-session-lacks-permission'])}>
              a USER session that lacks a permission
            </a>
            , <a href={linkTo('help', ['causes', 'widget-session-still-used'])}>the widget session used for the call</a>
            .
          </p>
        </Card>
        {GROUPS.map((group) => (
          <Card key={group.title} title={group.title} summary={countOf(group.documents.length, 'page')}>
            <ul class="help-list" data-columns>
              {group.documents.map(({ path, title, about }) => (
                <li key={path}>
                  <a href={linkToDocument(path)}>{title}</a>
                  <span class="muted small">{about}</span>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </div>
    </>
  )
}

function Results({ typed }: { readonly typed: string }) {
  const hits = searchHelp(index, typed)
  const words = wordsOf(typed)
  return (
    <>
      <PageHead title="Search">
        <span role="status">
          {hits.length === 0 ? 'Nothing was found' : countOf(hits.length, 'place')} for “{typed.trim()}”
        </span>
      </PageHead>
      {hits.length === 0 ? (
        <Empty title="No title, heading, cause or code has all of these words">
          <p>Fewer words find more. A whole answer or message is better pasted where errors are explained.</p>
          <a href={linkTo('help', ['errors'])}>Explain an error</a>
        </Empty>
      ) : (
        <ul class="help-list help-hits">
          {hits.map((hit) => (
            <li key={hit.href}>
              <a href={hit.href}>
                <Highlight text={hit.title} words={words} />
              </a>
              <span class="muted small">
                {hit.kind} · <Highlight text={hit.detail} words={words} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
