import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { draft } from '../../app/kept.ts'
import type { Made } from '../../connection/call.ts'
import { recentActions, recentCalls } from '../../connection/recent-calls.ts'
import { looksSecret } from '../../connection/secrets.ts'
import { Button, TextArea } from '../../parts/controls.tsx'
import { Card, Note, Skeleton } from '../../parts/layout.tsx'
import { NotLoaded } from '../../parts/not-loaded.tsx'
import { Trouble } from '../../parts/refusal.tsx'
import { countOf } from '../../parts/words.ts'
import { type Least, leastFor } from './least-role.ts'
import { LeastView } from './least-view.tsx'
import { EXAMPLE, isList, type PastedActions, readAnything, readList } from './pasted-actions.ts'
import { loadAccount } from './state.ts'

const wanted = draft('access.wanted', '', looksSecret)

/** The least that opens a list of actions: pasted in any form, or what was called from this console. */
export function LeastCard({ onLook }: { readonly onLook: (name: string) => void }) {
  // What is pasted may hold secrets: only the names that were found in it are kept.
  const text = useSignal(wanted.value)
  const read = useSignal<PastedActions>(readList(wanted.value))
  const isReading = useSignal(false)
  const isReaderMissing = useSignal(false)
  const answer = useSignal<{ readonly of: string; readonly least: Least | Made } | undefined>(undefined)
  const isRunning = useSignal(false)
  const latest = useRef(0)
  const result = useRef<HTMLDivElement>(null)
  const take = (found: PastedActions) => {
    read.value = found
    wanted.value = found.actions.join(', ')
  }
  const typed = (value: string) => {
    latest.current += 1
    const turn = latest.current
    if (isList(value)) {
      isReading.value = false
      take(readList(value))
      return
    }
    isReading.value = true
    void readAnything(value).then(
      (found) => {
        if (turn !== latest.current) return
        isReading.value = false
        take(found)
        if (found.shape !== undefined && found.actions.length > 0) text.value = found.actions.join(', ')
      },
      () => {
        isReading.value = false
        isReaderMissing.value = true
      },
    )
  }
  const names = read.value.actions
  const key = names.join(',')
  const run = async () => {
    isRunning.value = true
    const known = await loadAccount()
    const least = await leastFor(names, known)
    isRunning.value = false
    answer.value = { of: key, least }
    requestAnimationFrame(() => result.current?.focus())
  }
  void recentCalls.value
  const recent = recentActions()
  const shown = answer.value
  return (
    <Card title="The least role for a list of actions" summary="What opens just these, and what else it would open.">
      <div class="stack">
        <TextArea
          label="Actions"
          value={text}
          mono
          rows={4}
          placeholder={EXAMPLE}
          onInput={typed}
          hint="Names with anything between them, a curl line, a request, or a HAR file’s text. Only names are taken out of it."
        />
        <div class="row">
          <Button
            kind="primary"
            busy={isRunning.value}
            blocked={names.length === 0 ? 'Name at least one action' : undefined}
            onClick={run}
          >
            What is the least?
          </Button>
          {recent.length > 0 && (
            <Button
              onClick={() => {
                text.value = recent.join(', ')
                typed(text.value)
              }}
            >
              {`Take the ${countOf(recent.length, 'action')} called here`}
            </Button>
          )}
          <span class="small muted" role="status">
            {isReading.value ? 'Reading…' : foundInWords(read.value)}
          </span>
        </div>
        {isReaderMissing.value && <NotLoaded what="What reads it" />}
        {isRunning.value && <Skeleton lines={5} label="Working it out" />}
        {shown !== undefined && !isRunning.value && (
          <div ref={result} tabIndex={-1} class="stack" role="group" aria-label="The least">
            {shown.of !== key && (
              <Note tone="warn">
                <strong>Out of date.</strong> The list has changed since; ask again.
              </Note>
            )}
            {'outcome' in shown.least ? (
              <Trouble service="latchkey_access" action="suggest" outcome={shown.least.outcome} />
            ) : (
              <LeastView least={shown.least} onLook={onLook} />
            )}
          </div>
        )}
      </div>
    </Card>
  )
}

function foundInWords({ actions, unknown, shape }: PastedActions): string {
  const parts: string[] = []
  if (actions.length > 0)
    parts.push(`${countOf(actions.length, 'action')} found${shape === undefined ? '' : ` in ${articled(shape)}`}`)
  if (unknown.length > 0) parts.push(`not in the catalogue: ${unknown.join(', ')}`)
  if (actions.length === 0 && shape !== undefined) parts.push(`No action found in ${articled(shape)}`)
  return parts.join(' · ')
}

function articled(shape: string): string {
  if (/^(several|too|settings)/.test(shape)) return shape
  return `${shape.startsWith('app') ? 'an' : 'a'} ${shape}`
}
