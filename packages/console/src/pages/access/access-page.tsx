import './access.css'
import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { route } from '../../app/router.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { Note, PageHead, Skeleton } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import { AccessGrid } from './access-grid.tsx'
import type { CellReason } from './cell-reason.ts'
import { ChangeReview } from './change-review.tsx'
import { type Before, Changed, changedSince } from './changed.tsx'
import { CompareCard } from './compare-card.tsx'
import { differencesOf } from './differences.ts'
import { LeakCard } from './leak-card.tsx'
import { LeastCard } from './least-card.tsx'
import type { Reading } from './reading.ts'
import { Reasons } from './reasons.tsx'
import { Selection } from './selection.tsx'
import { Shown } from './shown.tsx'
import { account, cell, changes, followAddress, loadAccount, settle, useReading } from './state.ts'
import { formatSubject, parseSubject, type Subject } from './subject.ts'
import { useSubject } from './use-subject.ts'

/** What a token, a session or a role may call, cell by cell; why; and what it would take. */
export function AccessPage() {
  const query = route.value.query
  const subject = useSubject(query.subject)
  const second = parseSubject(query.with ?? '')
  const first = useReading(subject)
  const other = useReading(second)
  const fix = useSignal<{ readonly reading: Reading; readonly reason: CellReason; readonly at: number } | undefined>(
    undefined,
  )
  const before = useSignal<Before | undefined>(undefined)
  // Whoever comes by a link to a cell has asked about it.
  const isSheetOpen = useSignal(cell.peek() !== '')
  const isOnlyDifferent = useSignal(false)
  useEffect(() => followAddress(), [])
  useEffect(() => void loadAccount(), [isSignedIn.value])
  const reading = first?.kind === 'ready' ? first.reading : undefined
  const secondReading = other?.kind === 'ready' ? other.reading : undefined
  const differences = useMemo(
    () =>
      reading === undefined || secondReading === undefined
        ? undefined
        : differencesOf(reading.cells, secondReading.cells),
    [reading, secondReading],
  )
  const changed = changedSince(before.value, subject, reading)
  const roleNames = useComputed(() => account.value?.roleNames ?? NO_NAMES)
  const look = (name: string) => {
    cell.value = name
    isSheetOpen.value = true
    settle()
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.access-aside .reason h2')?.focus())
  }
  const changedHere = () => {
    if (subject !== undefined && reading !== undefined) {
      before.value = { subject: formatSubject(subject), cells: reading.cells, reading }
    }
    changes.value += 1
    void loadAccount(true)
  }
  const applied = () => {
    fix.value = undefined
    changedHere()
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.access-aside .reason h2')?.focus())
  }
  const notes = [...(reading?.notes ?? []), ...(secondReading?.notes ?? [])]
  const unique = notes.filter(({ text }, at) => notes.findIndex((note) => note.text === text) === at)
  const warnings = unique.filter(({ tone }) => tone === 'warn')
  const asides = unique.filter(({ tone }) => tone === 'plain')
  const isWaiting = second !== undefined && other?.kind === 'loading'
  const chosenFix = fix.value?.reason.fixes[fix.value.at]
  return (
    <div class="access" data-sheet={isSheetOpen.value || undefined}>
      <PageHead title="Access">{leadOf(subject)}</PageHead>
      <Selection
        subject={subject}
        second={second}
        first={reading}
        other={secondReading}
        isOnlyDifferent={isOnlyDifferent.value}
        onOnlyDifferent={(on) => (isOnlyDifferent.value = on)}
      />
      <div class="access-body">
        <div class="stack access-main">
          {subject === undefined || first === undefined ? (
            <Skeleton lines={8} label="Loading" />
          ) : (
            <Shown state={first} subject={subject} which="subject" />
          )}
          {second !== undefined && other !== undefined && other.kind !== first?.kind && other.kind !== 'ready' && (
            <Shown state={other} subject={second} which="with" />
          )}
          {warnings.map(({ tone, strong, text }) => (
            <Note key={strong} tone={tone}>
              <strong>{strong}</strong> {text}
            </Note>
          ))}
          {changed !== undefined && (
            <Changed changed={changed} onLook={look} onClose={() => (before.value = undefined)} />
          )}
          {reading !== undefined && !isWaiting && (
            <AccessGrid
              reading={reading}
              other={secondReading}
              differences={differences}
              isOnlyDifferent={isOnlyDifferent.value && differences !== undefined}
              changed={changed === undefined ? undefined : new Set([...changed.opened, ...changed.closed])}
              onOpen={(name, by) => {
                isSheetOpen.value = true
                if (by === 'key') look(name)
                // What opens at the foot of a narrow screen should not lie over the cell it is about.
                requestAnimationFrame(() => selectedCell()?.scrollIntoView({ block: 'nearest' }))
              }}
            />
          )}
          {asides.map(({ strong, text }) => (
            <p key={strong + text} class="small muted">
              {strong} {text}
            </p>
          ))}
        </div>
        <aside class="access-aside" aria-label="Reason">
          {reading !== undefined && (
            <Reasons
              reading={reading}
              other={secondReading}
              roleNames={roleNames.value}
              isSheetOpen={isSheetOpen.value}
              onLook={look}
              onClose={() => {
                isSheetOpen.value = false
                selectedCell()?.focus()
              }}
              onFix={(chosen, reason, of) =>
                (fix.value = { reading: of, reason, at: reason.fixes.findIndex(({ id }) => id === chosen.id) })
              }
            />
          )}
          {reading?.tokenId !== undefined && (
            <LeakCard
              tokenId={reading.tokenId}
              version={changes.value}
              isPaused={reading.notes.some(({ tone }) => tone === 'warn')}
              onShrunk={changedHere}
            />
          )}
        </aside>
      </div>
      <div class="stack access-below">
        {differences !== undefined && reading !== undefined && secondReading !== undefined && (
          <CompareCard a={shortName(reading)} b={shortName(secondReading)} differences={differences} onLook={look} />
        )}
        <LeastCard onLook={look} />
      </div>
      {fix.value !== undefined && chosenFix !== undefined && (
        <ChangeReview
          title={`Open ${fix.value.reason.action}`}
          change={chosenFix.change}
          price={
            <>
              Opens <b>{countOf(chosenFix.opens + 1, 'action')}</b>: <span class="mono">{fix.value.reason.action}</span>
              {chosenFix.opens === 0 ? ', nothing else' : ` and ${chosenFix.opens} more`}.{' '}
              {chosenFix.change.some(({ service }) => service === 'appToken')
                ? 'Sessions that are started from now on have it.'
                : 'It counts from the next call on.'}
            </>
          }
          held={fix.value.reason.held.map(({ permission }) => permission)}
          button={`Open ${countOf(chosenFix.opens + 1, 'action')}`}
          onDone={applied}
          onClose={() => (fix.value = undefined)}
        />
      )}
    </div>
  )
}

function selectedCell(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.matrix td[aria-selected="true"]')
}

const NO_NAMES: ReadonlyMap<number, string> = new Map()

function leadOf(subject: Subject | undefined): string {
  const what = {
    token: 'this token',
    session: 'this session',
    role: 'this role',
    stock: 'this role',
    type: 'a session of this kind',
  }
  return `What ${subject === undefined ? 'a token, a session or a role' : what[subject.kind]} can do, cell by cell, and what it would take.`
}

function shortName({ title }: Reading): string {
  return title.name === '' ? `${title.sort} ${title.id ?? ''}` : title.name
}
