import { Copy } from '../../parts/copy.tsx'
import { Card, Disclosure } from '../../parts/layout.tsx'
import { countOf } from '../../parts/words.ts'
import type { Differences } from './differences.ts'

export interface CompareCardProps {
  readonly a: string
  readonly b: string
  readonly differences: Differences
  readonly onLook: (name: string) => void
}

/** What each of two can call that the other cannot, as lists to take along. */
export function CompareCard({ a, b, differences, onLook }: CompareCardProps) {
  const { onlyA, onlyB, both } = differences
  return (
    <Card
      title="Differences"
      summary={
        onlyA.length + onlyB.length === 0
          ? 'Both may call the same.'
          : `${onlyA.length} only here · ${onlyB.length} only there · ${both.length} both`
      }
    >
      <div class="compare-lists">
        <NameList title={`Only ${a}`} what={`what only ${a} may call`} names={onlyA} onLook={onLook} open />
        <NameList title={`Only ${b}`} what={`what only ${b} may call`} names={onlyB} onLook={onLook} open />
        <NameList title="Both" what="what both may call" names={both} onLook={onLook} />
      </div>
    </Card>
  )
}

function NameList(props: {
  readonly title: string
  readonly what: string
  readonly names: readonly string[]
  readonly onLook: (name: string) => void
  readonly open?: boolean
}) {
  const { title, what, names, onLook, open = false } = props
  return (
    <div class="stack-tight">
      <div class="spread">
        <h3 dir="auto">
          {title} <span class="muted">{names.length}</span>
        </h3>
        {names.length > 0 && (
          <Copy text={() => names.join('\n')} what={`${countOf(names.length, 'action')}: ${what}`} />
        )}
      </div>
      {names.length === 0 ? (
        <p class="small muted">Nothing.</p>
      ) : (
        <Disclosure summary={countOf(names.length, 'action')} open={open && names.length <= MOST_OPEN}>
          <NameButtons names={names} onLook={onLook} />
        </Disclosure>
      )}
    </div>
  )
}

const MOST_OPEN = 60

/** Names of actions, of which each leads to its cell. */
export function NameButtons({
  names,
  onLook,
}: {
  readonly names: readonly string[]
  readonly onLook: (name: string) => void
}) {
  return (
    <ul class="names">
      {names.map((name) => (
        <li key={name}>
          <button type="button" class="name" onClick={() => onLook(name)}>
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
