import { formatIso, formatTime, formatWhen, serverNow } from '../../connection/clock.ts'
import { Chip } from '../../parts/layout.tsx'
import { stateOf, type Token, type TokenState } from './token.ts'

const STATE: Readonly<Record<TokenState, { readonly word: string; readonly tone?: 'good' | 'warn' | 'bad' }>> = {
  active: { word: '✓ active', tone: 'good' },
  paused: { word: '‖ paused', tone: 'warn' },
  expired: { word: '✗ expired', tone: 'bad' },
  deleted: { word: '✗ deleted', tone: 'bad' },
}

/** Of a token, by a sign, a word and a colour. */
export function StateChip({ token }: { readonly token: Token }) {
  const { word, tone } = STATE[stateOf(token, serverNow.value)]
  return <Chip tone={tone}>{word}</Chip>
}

export function Labels({ labels }: { readonly labels: readonly string[] }) {
  return (
    <span class="chips">
      {labels.map((label) => (
        <Chip key={label}>
          <span dir="auto">{label}</span>
        </Chip>
      ))}
    </span>
  )
}

/** Beyond that, nobody counts days. */
const FAR = 100 * 86_400

/** How long ago or ahead, or the day where that is far; the time itself on a look. */
export function When({ at }: { readonly at: number }) {
  const isFar = Math.abs(at - serverNow.value) > FAR
  return (
    <time dateTime={formatIso(at)} title={formatTime(at)}>
      {isFar ? formatDay(at) : formatWhen(at, serverNow.value)}
    </time>
  )
}

function formatDay(at: number): string {
  return new Date(at * 1_000).toLocaleDateString(undefined, { dateStyle: 'medium' })
}
