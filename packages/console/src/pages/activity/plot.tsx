import { useSignal } from '@preact/signals'
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact'
import { countOf } from '../../parts/words.ts'
import { placeAfter } from './plot-keys.ts'
import { type Bucket, bucketLabel, bucketTitle } from './range.ts'

export interface PlotProps {
  /** `Sessions issued`: begins what is told to whoever does not see it. */
  readonly label: string
  readonly values: readonly number[]
  readonly buckets: readonly Bucket[]
  /** Of a bucket, in seconds. */
  readonly size: number
  /** The value at the upper edge, so that several plots can be compared. */
  readonly top: number
  readonly tone: 'good' | 'bad'
  readonly isSmall?: boolean
  /** A bar was pressed: the table beside it has the same as links. */
  readonly onPick: (bucket: Bucket) => void
}

const HEIGHT = 100

/**
 * Bars over time. The picture is told in one sentence. Over it lies one control for all bars, so that they take one stop of the
 * Tab key: arrows go from bar to bar, each told with its time and number, and Enter or a press looks into one.
 */
export function Plot({ label, values, buckets, size, top, tone, isSmall = false, onPick }: PlotProps) {
  const at = useSignal(Math.max(0, values.indexOf(Math.max(0, ...values))))
  const isLookedAt = useSignal(false)
  const first = buckets[0]
  const last = buckets.at(-1)
  const says = (place: number) => {
    const bucket = buckets[place]
    return bucket === undefined ? '' : `${bucketTitle(bucket, size)}: ${(values[place] ?? 0).toLocaleString('en')}`
  }
  const pick = () => {
    const bucket = buckets[at.value]
    if (bucket !== undefined) onPick(bucket)
  }
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      pick()
      return
    }
    const to = placeAfter(event.key, at.value, buckets.length)
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    at.value = to
  }
  const point = (event: TargetedPointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const place = Math.floor(((event.clientX - left) / Math.max(1, width)) * buckets.length)
    at.value = Math.max(0, Math.min(buckets.length - 1, place))
    isLookedAt.value = true
  }
  return (
    <figure class="plot" data-small={isSmall || undefined}>
      <div class="plot-area">
        <span class="plot-top muted" aria-hidden="true">
          <span>{isLookedAt.value && says(at.value)}</span>
          <span>{top.toLocaleString('en')}</span>
        </span>
        <svg
          viewBox={`0 0 ${buckets.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={inWords(label, values, buckets, size)}
        >
          {isLookedAt.value && <rect x={at.value} y="0" width="1" height={HEIGHT} class="plot-here" />}
          <line x1="0" x2={buckets.length} y1="0.5" y2="0.5" class="plot-line" vector-effect="non-scaling-stroke" />
          <line
            x1="0"
            x2={buckets.length}
            y1={HEIGHT}
            y2={HEIGHT}
            class="plot-line"
            vector-effect="non-scaling-stroke"
          />
          {buckets.map((bucket, place) => {
            const value = values[place] ?? 0
            // One among many must still be seen.
            const height = value === 0 ? 0 : Math.max(2, (value / top) * HEIGHT)
            return (
              <rect
                key={bucket.from}
                class="plot-bar"
                x={place + 0.12}
                y={HEIGHT - height}
                width="0.76"
                height={height}
                data-tone={tone}
              />
            )
          })}
        </svg>
        <div
          class="plot-keys"
          role="slider"
          tabIndex={0}
          aria-label={`${label}, bar by bar; Enter looks into one`}
          aria-valuemin={1}
          aria-valuemax={buckets.length}
          aria-valuenow={at.value + 1}
          aria-valuetext={says(at.value)}
          onKeyDown={move}
          onClick={pick}
          onPointerDown={point}
          onPointerMove={point}
          onPointerLeave={() => (isLookedAt.value = false)}
          onFocus={() => (isLookedAt.value = true)}
          onBlur={() => (isLookedAt.value = false)}
        />
      </div>
      {!isSmall && first !== undefined && last !== undefined && (
        <figcaption class="plot-ends muted" aria-hidden="true">
          <span>{bucketLabel(first, size)}</span>
          <span>{bucketLabel(last, size)}</span>
        </figcaption>
      )}
    </figure>
  )
}

function inWords(label: string, values: readonly number[], buckets: readonly Bucket[], size: number): string {
  const total = values.reduce((sum, value) => sum + value, 0)
  const most = Math.max(0, ...values)
  const bucket = buckets[values.indexOf(most)]
  if (total === 0 || bucket === undefined) return `${label}: none.`
  return `${label}: ${total.toLocaleString('en')} in ${countOf(buckets.length, 'bar')}, most at ${bucketTitle(bucket, size)}: ${most.toLocaleString('en')}.`
}
