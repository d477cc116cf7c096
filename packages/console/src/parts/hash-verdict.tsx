import type { HashType, NearMiss } from '@latchkey/core'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { linkTo } from '../app/router.ts'
import { Digest } from './digest.tsx'
import { Note } from './layout.tsx'
import { searchSoon } from './near-miss-search.ts'
import { countOf } from './words.ts'

export interface HashVerdictProps {
  readonly session: string
  readonly value: string
  readonly hashType: HashType
  readonly tokenId?: string | undefined
  readonly otherSessions?: readonly string[] | undefined
  /** What a tool made. */
  readonly received: string
  /** The right one. */
  readonly digest: string
  /** A page with the help beside it has links to its causes. */
  readonly hasHelp?: boolean
}

const PATIENCE_MS = 120

/** Says what a tool's hash was made of. */
export function HashVerdict(props: HashVerdictProps) {
  const { session, value, hashType, tokenId, otherSessions, received, digest, hasHelp = true } = props
  const answer = useSignal<NearMiss | undefined>(undefined)
  useEffect(() => {
    const abort = new AbortController()
    answer.value = undefined
    // While somebody is still typing there is no need to search.
    const timer = setTimeout(
      () =>
        searchSoon(
          { sessionString: session, tokenValue: value, hashType, received, tokenId, otherSessions },
          abort.signal,
          (found) => (answer.value = found),
        ),
      PATIENCE_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [session, value, hashType, tokenId, received, otherSessions?.join('\n')])
  return (
    <div role="status" aria-label="What was made of it">
      {answer.value === undefined ? (
        <Note>Comparing with what the known mistakes give…</Note>
      ) : (
        <Answer answer={answer.value} received={received} digest={digest} hasHelp={hasHelp} />
      )}
    </div>
  )
}

interface AnswerProps {
  readonly answer: NearMiss
  readonly received: string
  readonly digest: string
  readonly hasHelp: boolean
}

function Answer({ answer, received, digest, hasHelp }: AnswerProps) {
  if (answer.kind === 'right') {
    return (
      <Note tone="good">
        <strong>Right.</strong> Your tool’s hash is this one, letter by letter.
      </Note>
    )
  }
  if (answer.kind === 'none') {
    return (
      <Note tone="bad">
        {answer.isDigest ? (
          <>
            <strong>None of the known mistakes.</strong> {countOf(answer.tried, 'combination')} were tried. Most likely
            the session or the token value that your tool hashed is another one than the two above: print both, with
            their lengths, right before it hashes.
          </>
        ) : (
          <>
            <strong>Not a digest.</strong> What was pasted has {countOf(received.length, 'character')} and is neither
            hex nor Base64 of MD5, SHA1, SHA256 or SHA512. Paste what your tool sends as tokenHash.
          </>
        )}
      </Note>
    )
  }
  return (
    <Note tone="warn">
      <div class="stack-tight">
        {answer.mistakes.map(({ cause, title, remedy }) => (
          <div key={cause}>
            <strong>{title}.</strong> {remedy.join(' ')}{' '}
            {hasHelp && (
              <a class="small" href={linkTo('help', ['causes', cause])}>
                {cause}
              </a>
            )}
          </div>
        ))}
        {answer.confidence === 'likely' && <p class="small">Digits are missing from it; what is left fits.</p>}
        {received.trim().length === digest.length && (
          <p class="small">
            <Digest text={received.trim()} beside={digest} />
          </p>
        )}
        {answer.mistakes.length > 1 && (
          <ol class="small">
            {answer.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
      </div>
    </Note>
  )
}
