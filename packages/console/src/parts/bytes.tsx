import { tapeOf } from './tape.ts'
import { countOf } from './words.ts'
import './hash.css'

export interface BytesProps {
  readonly session: string
  readonly value: string
  readonly isValueShown: boolean
}

const encoder = new TextEncoder()

/** The two inputs of the hash, joined as they are hashed. What cannot be seen is shown by a sign. */
export function Bytes({ session, value, isValueShown }: BytesProps) {
  return (
    <div class="stack-tight">
      <div class="well tape" role="group" aria-label="What is hashed" tabIndex={0}>
        <Strip text={session} tone="session" name="session" isMasked={false} />
        <Strip text={value} tone="token" name="token value" isMasked={!isValueShown} />
        {session === '' && value === '' && <span class="muted">nothing to hash yet</span>}
      </div>
      <p class="legend-row small muted">
        <span>
          <i class="swatch" data-tone="session" aria-hidden="true" /> session,{' '}
          {countOf(encoder.encode(session).length, 'byte')}
        </span>
        <span>
          <i class="swatch" data-tone="token" aria-hidden="true" /> token value,{' '}
          {countOf(encoder.encode(value).length, 'byte')}
        </span>
        <span>no separator · {/[\r\n]$/.test(value) ? 'ends with a line end' : 'no line end'} · UTF-8</span>
      </p>
    </div>
  )
}

interface StripProps {
  readonly text: string
  readonly tone: 'session' | 'token'
  readonly name: string
  readonly isMasked: boolean
}

function Strip({ text, tone, name, isMasked }: StripProps) {
  return (
    <span data-tone={tone}>
      <span class="unseen">{name}: </span>
      {tapeOf(text, isMasked).map((piece, at) =>
        piece.kind === 'plain' ? (
          piece.text
        ) : (
          <mark key={at} title={piece.name}>
            {piece.sign}
            <span class="unseen"> ({piece.name}) </span>
          </mark>
        ),
      )}
    </span>
  )
}
