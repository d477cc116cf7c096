import { linkTo } from '../../app/router.ts'
import { formatWhen, serverNow } from '../../connection/clock.ts'
import { Copy } from '../../parts/copy.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { KeyValue, Note, Pair } from '../../parts/layout.tsx'
import { Ticked } from '../../parts/ticked.tsx'
import { filteredBy } from './filters.tsx'
import type { Line } from './lines.ts'
import { CauseLink } from './over-time.tsx'
import { causeText, doorWords, lineTime, outcomeWords } from './words.ts'

/** All that a line says, and for a refusal what it means and what to do. */
export function LineDialog({ line, onClose }: { readonly line: Line; readonly onClose: () => void }) {
  const cause = causeText(line.cause)
  const isRefused = line.outcome === 'refused'
  const title = isRefused
    ? (cause?.title ?? (line.code || 'Refused'))
    : `${line.action}: ${outcomeWords(line.outcome).title}`
  return (
    <Dialog title={title} onClose={onClose} wide>
      <div class="stack">
        {isRefused && cause === undefined && (
          <Note tone="warn">
            <strong>No cause is known here.</strong> The line names{' '}
            {line.cause === '' ? 'none' : <code>{line.cause}</code>}; a server of another version may know more causes
            than this console.
          </Note>
        )}
        {cause !== undefined && (
          <div class="stack-tight">
            <p>
              <span class="muted">How to tell:</span> <Ticked text={cause.check} />
            </p>
            <ol class="activity-steps">
              {cause.remedy.map((step) => (
                <li key={step}>
                  <Ticked text={step} />
                </li>
              ))}
            </ol>
          </div>
        )}
        <KeyValue>
          <Pair name="when">
            {lineTime(line.at)} <span class="muted">· {formatWhen(line.at, serverNow.value)}</span>
          </Pair>
          <Pair name="action">
            <a class="mono activity-link" href={linkTo('api', line.action.split('.'))} onClick={onClose}>
              {line.action}
            </a>
          </Pair>
          {line.code !== '' && (
            <Pair name="code">
              <a class="mono activity-link" href={linkTo('help', ['errors', line.code])}>
                {line.code}
              </a>
            </Pair>
          )}
          {line.cause !== '' && (
            <Pair name="cause">
              <CauseLink cause={line.cause} /> <span class="mono muted">{line.cause}</span>
            </Pair>
          )}
          {line.tokenId !== '' && (
            <Pair name="app token">
              <a class="mono activity-link" href={linkTo('tokens', [line.tokenId])}>
                {line.tokenId}
              </a>
              {line.value === 'previous' && ' by the value before its last rotation'}
            </Pair>
          )}
          {line.actor !== '' && (
            <Pair name="who">
              <bdi>{line.actor}</bdi>
            </Pair>
          )}
          {line.object !== '' && <Pair name="object">{line.object}</Pair>}
          <Pair name="door">{doorWords(line.door)}</Pair>
          {line.address !== '' && <Pair name="address">{line.address}</Pair>}
          {line.client !== '' && (
            <Pair name="client">
              <bdi>{line.client}</bdi>
            </Pair>
          )}
          {line.requestId !== '' && (
            <Pair name="request">
              <span class="mono">{line.requestId}</span> <Copy text={line.requestId} what="the request id" />
            </Pair>
          )}
        </KeyValue>
        <p class="row small">
          {isRefused && <a href={linkTo('doctor')}>Ask the doctor</a>}
          {line.tokenId !== '' && (
            <a href={filteredBy('token', line.tokenId)} onClick={onClose}>
              All lines of this token
            </a>
          )}
          {line.requestId !== '' && (
            <a href={filteredBy('request', line.requestId)} onClick={onClose}>
              All lines of this request
            </a>
          )}
        </p>
      </div>
    </Dialog>
  )
}
