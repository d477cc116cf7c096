import { formatTime, formatWhen, serverNow } from '../../connection/clock.ts'
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

/** How long ago or ahead; the time itself on a look. */
export function When({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at * 1_000).toISOString()} title={formatTime(at)}>
      {formatWhen(at, serverNow.value)}
    </time>
  )
}

/** What a token will do: the first sentence is what matters, the others are for whoever wants to know. */
export function Summary({ text }: { readonly text: string }) {
  const at = /[.…] (?=[A-Z])/.exec(text)?.index ?? -1
  return (
    <div class="small tok-text" aria-live="polite">
      <p dir="auto">{at < 0 ? text : text.slice(0, at + 1)}</p>
      {at >= 0 && (
        <p class="muted" dir="auto">
          {text.slice(at + 2)}
        </p>
      )}
    </div>
  )
}
