import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { linkTo, refine, route } from '../../app/router.ts'
import { serverNow } from '../../connection/clock.ts'
import { isLatchkey } from '../../connection/connection.ts'
import { Button, Select, TextField } from '../../parts/controls.tsx'
import { focusSoon } from '../../parts/focus.ts'
import { Empty, Note, PageHead, Progress, Skeleton } from '../../parts/layout.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { countOf } from '../../parts/words.ts'
import { account, loadAccount } from '../access/state.ts'
import { listTrouble, loadTokens, progress, stopLoading, tokens } from './list-state.ts'
import { countsInWords, countsOfChoice, KINDS } from './presets.ts'
import { filterTokens, isTokenState, STATES, stateOf, type Token, titleOf, typeInWords, userInWords } from './token.ts'
import { Labels, StateChip, When } from './token-bits.tsx'
import { forgetUsages, lastUsedAt, usages, wantUsage } from './usage.ts'

const SETTLE_MS = 300

/** All tokens of the account; usable while the rest still comes. */
export function ListPage() {
  useEffect(() => {
    void loadTokens()
    return stopLoading
  }, [])
  const list = tokens.value
  const text = useSignal(route.peek().query.q ?? '')
  const query = route.value.query
  const state = isTokenState(query.state ?? '') ? query.state : undefined
  useFollowedAddress(text, query.q ?? '')
  // To the minute: a list that is sorted out anew each second would be work for nothing.
  const minute = Math.floor(serverNow.value / 60) * 60
  const shown = useMemo(
    () =>
      filterTokens(
        list ?? [],
        { text: text.value, state: state !== undefined && isTokenState(state) ? state : undefined },
        minute,
      ),
    [list, text.value, state, minute],
  )
  const reload = () => {
    forgetUsages()
    return loadTokens()
  }
  const isLoading = progress.value !== undefined
  const isEmpty = list !== undefined && list.length === 0 && !isLoading && listTrouble.value === undefined
  return (
    <>
      <PageHead title="Tokens">
        Every app token of the account: what it is for, when it was used, and what it could do.
      </PageHead>
      <div class="stack">
        {!isEmpty && (
          <div class="tok-bar">
            <TextField
              label="Search"
              type="search"
              value={text}
              placeholder="id, description, label, user"
              onInput={settle}
            />
            <Select
              label="State"
              value={state ?? ''}
              choices={[{ id: '', title: 'All' }, ...STATES.slice(0, 3).map((id) => ({ id, title: id }))]}
              onChange={(id) => refine({ state: id })}
            />
            <Button busy={isLoading} onClick={reload}>
              Reload
            </Button>
            <a class="button" data-kind="primary" href={linkTo('tokens', ['new'])}>
              New token
            </a>
          </div>
        )}
        {progress.value !== undefined &&
          progress.value.done > 0 &&
          progress.value.of > progress.value.done &&
          list !== undefined && (
            <Progress done={progress.value.done} of={progress.value.of}>
              {progress.value.done.toLocaleString('en')} of {countOf(progress.value.of, 'token')} have come. You can
              search them already.
            </Progress>
          )}
        {listTrouble.value !== undefined && (
          <div class="stack-tight">
            <Trouble service="appToken" action="list" outcome={listTrouble.value.outcome} />
            {list !== undefined && list.length > 0 && (
              <Note tone="warn">
                <strong>Not all of them.</strong> Below are those that had come before.
              </Note>
            )}
            <div>
              <Button onClick={reload}>Try again</Button>
            </div>
          </div>
        )}
        {list === undefined && listTrouble.value === undefined && <Skeleton lines={8} label="Loading the tokens" />}
        {isEmpty && <NoTokens />}
        {list !== undefined && list.length > 0 && (
          <>
            <p class="small muted" role="status">
              {text.value.trim() === '' && state === undefined
                ? countOf(list.length, 'token')
                : `${shown.length.toLocaleString('en')} of ${countOf(list.length, 'token')}`}
            </p>
            {shown.length === 0 ? (
              <Empty title="None of them">
                <p class="muted">
                  No token{state === undefined ? '' : ` that is ${state}`} has that in its name, labels or user.
                </p>
                <Button
                  onClick={() => {
                    focusSoon(() => document.querySelector('.tok-bar input'))
                    text.value = ''
                    refine({ q: '', state: '' })
                  }}
                >
                  Show all
                </Button>
              </Empty>
            ) : (
              <div class="tok-table">
                <Table
                  label="App tokens"
                  columns={COLUMNS}
                  rows={shown}
                  keyOf={({ id }) => id}
                  rowHeight={54}
                  cardHeight={190}
                  height={620}
                  rowProps={(token) => (stateOf(token, minute) === 'active' ? {} : { 'data-tone': 'quiet' })}
                />
              </div>
            )}
          </>
        )}
      </div>
    </>
  )
}

const COLUMNS: readonly Column<Token>[] = [
  {
    id: 'name',
    title: 'Token',
    isTitle: true,
    cell: (token) => (
      <a class="tok-name" href={linkTo('tokens', [token.id])}>
        <span dir="auto">{titleOf(token)}</span>
        {token.description.trim() !== '' && <span class="mono muted">{token.id}</span>}
      </a>
    ),
  },
  { id: 'state', title: 'State', width: '6.25rem', cell: (token) => <StateChip token={token} /> },
  { id: 'last', title: 'Last use', width: '8rem', cell: (token) => <LastUse id={token.id} /> },
  {
    id: 'expires',
    title: 'Expires',
    width: '7.5rem',
    cell: ({ expiresAt }) => (expiresAt === undefined ? <span class="muted">never</span> : <When at={expiresAt} />),
  },
  {
    id: 'sessions',
    title: 'Sessions',
    width: '13rem',
    cell: ({ sessionType, sessionUserId, hashType }) => (
      <>
        <span class="tok-clip" dir="auto">
          {typeInWords(sessionType)} <span class="muted">as {userInWords(sessionUserId)}</span>
        </span>
        <span class="tok-clip mono muted">{hashType}</span>
      </>
    ),
  },
  {
    id: 'labels',
    title: 'Labels',
    width: '10rem',
    isNothing: ({ labels }) => labels.length === 0,
    cell: ({ labels }) =>
      labels.length === 0 ? (
        <span class="muted">none</span>
      ) : (
        <span class="tok-clip">
          <Labels labels={labels} />
        </span>
      ),
  },
]

/** Asked for when the row comes into view. */
function LastUse({ id }: { readonly id: string }) {
  const isKnown = usages.value.has(id)
  useEffect(() => (isKnown ? undefined : wantUsage(id)), [id, isKnown])
  if (isLatchkey.value === false) return <span class="muted">not told here</span>
  if (!isKnown) return <span class="muted">…</span>
  const usage = usages.value.get(id)
  const at = usage === undefined ? undefined : lastUsedAt(usage)
  if (usage === undefined) return <span class="muted">unknown</span>
  return at === undefined ? <span class="muted">never</span> : <When at={at} />
}

function NoTokens() {
  useEffect(() => void loadAccount(), [])
  return (
    <Empty title="No app token yet">
      <p>A token is what a tool logs in with, in place of the account’s secret. What is it to be for?</p>
      <ul class="stack-tight">
        {KINDS.filter(({ id }) => id !== 'recent-calls').map(({ id, title, about }, at) => (
          <li key={id} class="fix">
            <div>
              <div>{title}</div>
              <p class="small muted">
                {about}{' '}
                {id !== 'exact' &&
                  `Opens ${countsInWords(countsOfChoice({ kind: id, services: [], actions: [] }, account.value))}.`}
              </p>
            </div>
            <a
              class="button"
              data-kind={at === 0 ? 'primary' : 'plain'}
              href={linkTo('tokens', ['new'], { preset: id })}
              aria-label={`Begin: ${title}`}
            >
              Begin
            </a>
          </li>
        ))}
      </ul>
    </Empty>
  )
}

let timer: ReturnType<typeof setTimeout> | undefined
/** What this page itself put into the address last. */
let written: string | undefined

/** Browsers refuse a page that changes its address too often. */
function settle(text: string): void {
  clearTimeout(timer)
  timer = setTimeout(() => {
    const { page, path } = route.peek()
    written = text
    if (page === 'tokens' && path.length === 0) refine({ q: text })
  }, SETTLE_MS)
}

/** Back, forward and links change it from outside. */
function useFollowedAddress(text: { value: string }, asked: string): void {
  useEffect(() => {
    if (asked !== written) text.value = asked
    written = asked
  }, [asked])
}
