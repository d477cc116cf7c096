import { CAUSES, type Fingerprint, fingerprints, TEST_VECTORS } from '@latchkey/core'
import { noblePrimitives } from '@latchkey/core/noble'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Button, Segmented, Select, TextArea } from '../parts/controls.tsx'
import { Copy } from '../parts/copy.tsx'
import { Digest } from '../parts/digest.tsx'
import { HASH_CHOICES, hashTypeOf, loginHash } from '../parts/hash.ts'
import { Card, KeyValue, Note, Pair } from '../parts/layout.tsx'
import { countOf } from '../parts/words.ts'
import { fingerprintMatches, tableText } from './fingerprint-search.ts'
import { typed } from './typed.ts'

const CHOICES = TEST_VECTORS.map(({ name }, at) => ({ id: String(at), title: name }))
const SHOWN_AT_FIRST = 12

const chosen = { vector: '0', printed: '' }

/** Inputs that anybody may know, and what each mistake makes of them: for a value that must not leave the tool. */
export function VectorsPart() {
  const at = useSignal(chosen.vector)
  const printed = useSignal(chosen.printed)
  const isWhole = useSignal(false)
  const vector = TEST_VECTORS[Number(at.value)] ?? TEST_VECTORS[0]
  const hashType = hashTypeOf(typed.hashType.value)
  const rows = useMemo(
    () => (vector === undefined ? [] : fingerprints(noblePrimitives, { ...vector, hashType })),
    [vector, hashType],
  )
  if (vector === undefined) return null
  const found = fingerprintMatches(rows, printed.value)
  const shown = printed.value.trim() === '' ? (isWhole.value ? rows : rows.slice(0, SHOWN_AT_FIRST)) : found
  return (
    <div class="stack">
      <Card title="Test vector" summary="all of it is made up and may be pasted anywhere">
        <div class="stack">
          <Select
            label="Vector"
            value={at.value}
            choices={CHOICES}
            onChange={(id) => {
              at.value = id
              chosen.vector = id
            }}
          />
          <KeyValue>
            <Copied name="session" text={vector.sessionString} />
            <Copied name="value" text={vector.tokenValue} />
            <Copied name="id" text={vector.tokenId} />
          </KeyValue>
          <h3>What a tool should print</h3>
          <KeyValue>
            {HASH_CHOICES.map(({ id }) => (
              <Copied key={id} name={id} text={loginHash(id, vector.sessionString, vector.tokenValue)} />
            ))}
          </KeyValue>
        </div>
      </Card>
      <Card
        title="What does your tool do?"
        summary="each mistake prints a digest of its own"
        actions={
          <Copy text={() => tableText(rows)} what={`all ${rows.length} fingerprints as a table`}>
            Copy all as a table
          </Copy>
        }
      >
        <div class="stack">
          <div class="row">
            <Segmented
              label="Algorithm of the tool"
              choices={HASH_CHOICES}
              chosen={[hashType]}
              onChoose={(id) => (typed.hashType.value = id)}
            />
          </div>
          <TextArea
            label="What your tool prints for this vector"
            value={printed}
            mono
            rows={2}
            onInput={(text) => {
              chosen.printed = text
            }}
            hint="Its beginning is enough."
          />
          <div role="status" class="small muted">
            {printed.value.trim() !== '' &&
              (found.length === 0
                ? 'None of them begins so.'
                : `${countOf(found.length, 'of them begins', 'of them begin')} so.`)}
          </div>
          {printed.value.trim() !== '' && found.length === 0 && (
            <Note tone="bad">
              <strong>None of the known mistakes.</strong> Look whether vector and algorithm are those that the tool was
              given, and whether the session string arrived whole.
            </Note>
          )}
          <ul class="stack-tight" aria-label="Fingerprints">
            {shown.map((row) => (
              <li key={row.digest}>
                <FingerprintRow row={row} isWhole={printed.value.trim() !== '' && found.length <= 3} />
              </li>
            ))}
          </ul>
          {printed.value.trim() === '' && rows.length > SHOWN_AT_FIRST && (
            <div>
              <Button expanded={isWhole.value} onClick={() => (isWhole.value = !isWhole.value)}>
                {isWhole.value ? 'Show fewer' : `Show all ${rows.length}`}
              </Button>
            </div>
          )}
        </div>
      </Card>
    </div>
  )
}

function Copied({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Pair name={name}>
      <span class="digest-row">
        <Digest text={text} />
        <Copy text={text} what={`the ${name}`} />
      </span>
    </Pair>
  )
}

/** @param isWhole with what to do about it */
function FingerprintRow({
  row: { cause, did, digest },
  isWhole,
}: {
  readonly row: Fingerprint
  readonly isWhole: boolean
}) {
  return (
    <div class="fingerprint" data-cause={cause}>
      <div class="spread">
        <span>{did}</span>
        {cause === 'right' ? <strong class="small">right</strong> : <code class="small muted">{cause}</code>}
      </div>
      <Digest text={digest} />
      {isWhole && cause !== 'right' && <p class="small">{CAUSES[cause].remedy.join(' ')}</p>}
    </div>
  )
}
