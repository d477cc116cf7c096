import type { Signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Bytes } from './bytes.tsx'
import { Button, Segmented, TextArea } from './controls.tsx'
import { Copy } from './copy.tsx'
import { Digest } from './digest.tsx'
import { HASH_CHOICES, hashTypeOf, loginHash } from './hash.ts'
import { HashVerdict } from './hash-verdict.tsx'
import { Disclosure, KeyValue, Note, Pair } from './layout.tsx'
import { strayEdges } from './tape.ts'

export interface HashWorkProps {
  readonly session: Signal<string>
  readonly value: Signal<string>
  readonly hashType: Signal<string>
  /** Where the algorithm is known from, such as `from the token`; absent where the person chose it. */
  readonly hashTypeFrom?: string | undefined
  readonly tokenId?: string | undefined
  readonly otherSessions?: readonly string[] | undefined
  /** What a tool made, as it was pasted. */
  readonly received: Signal<string>
  readonly isValueShown: boolean
  readonly hasHelp?: boolean
  /** Beside the copy button. */
  readonly aside?: ComponentChildren
}

/** The inputs joined, their digest in all four algorithms, and what a tool's own hash was made of. */
export function HashWork(props: HashWorkProps) {
  const {
    session,
    value,
    hashType,
    hashTypeFrom,
    tokenId,
    otherSessions,
    received,
    isValueShown,
    hasHelp = true,
    aside,
  } = props
  const type = hashTypeOf(hashType.value)
  const isReady = session.value !== '' && value.value !== ''
  const digest = isReady ? loginHash(type, session.value, value.value) : ''
  return (
    <div class="stack-tight">
      <Bytes session={session.value} value={value.value} isValueShown={isValueShown} />
      <Stray name="session" text={session} />
      <Stray name="token value" text={value} />
      <div class="row">
        <Segmented label="Algorithm" choices={HASH_CHOICES} chosen={[type]} onChoose={(id) => (hashType.value = id)} />
        <span class="small muted">{hashTypeFrom ?? 'must be the hashType of the app token'}</span>
      </div>
      {isReady && (
        <>
          <div class="digest-row" role="status" aria-label="The hash">
            <Digest text={digest} />
            <Copy text={digest} what={`the ${type} hash`} />
          </div>
          <div class="row">
            <Copy kind="plain" text={`ks=${session.value}\ntokenHash=${digest}`} what="session and hash as a pair">
              Copy session and hash
            </Copy>
            {aside}
          </div>
          <Disclosure summary="In all four algorithms">
            <KeyValue>
              {HASH_CHOICES.map(({ id }) => (
                <Pair key={id} name={id}>
                  <span class="digest-row">
                    <Digest text={loginHash(id, session.value, value.value)} />
                    <Copy text={loginHash(id, session.value, value.value)} what={`the ${id} hash`} />
                  </span>
                </Pair>
              ))}
            </KeyValue>
          </Disclosure>
          <hr class="dashed" />
          <TextArea
            label="What your tool produced"
            value={received}
            mono
            rows={2}
            placeholder="Paste the hash of your tool here, and see what it was made of"
          />
          {received.value.trim() !== '' && (
            <HashVerdict
              session={session.value}
              value={value.value}
              hashType={type}
              tokenId={tokenId}
              otherSessions={otherSessions}
              received={received.value}
              digest={digest}
              hasHelp={hasHelp}
            />
          )}
        </>
      )}
    </div>
  )
}

/** What came along when it was copied, with a button that takes it away. */
function Stray({ name, text }: { readonly name: string; readonly text: Signal<string> }) {
  const stray = strayEdges(text.value)
  if (stray === undefined) return null
  return (
    <Note tone="warn">
      <strong>Look at the {name}.</strong> It has {stray.what}, and they are hashed too.{' '}
      <Button kind="link" onClick={() => (text.value = stray.without)}>
        Take them away
      </Button>
    </Note>
  )
}
