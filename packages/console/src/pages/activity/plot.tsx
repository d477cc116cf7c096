import { countOf } from '../../parts/words.ts'
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

/** Bars over time. The picture is told in one sentence; its numbers are in the table. */
export function Plot({ label, values, buckets, size, top, tone, isSmall = false, onPick }: PlotProps) {
  const first = buckets[0]
  const last = buckets.at(-1)
  return (
    <figure class="plot" data-small={isSmall || undefined}>
      <div class="plot-area">
        <span class="plot-top muted" aria-hidden="true">
          {top.toLocaleString('en')}
        </span>
        <svg
          viewBox={`0 0 ${buckets.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={inWords(label, values, buckets, size)}
        >
          <line x1="0" x2={buckets.length} y1="0.5" y2="0.5" class="plot-line" vector-effect="non-scaling-stroke" />
          <line
            x1="0"
            x2={buckets.length}
            y1={HEIGHT}
            y2={HEIGHT}
            class="plot-line"
            vector-effect="non-scaling-stroke"
          />
          {buckets.map((bucket, at) => {
            const value = values[at] ?? 0
            // One among many must still be seen.
            const height = value === 0 ? 0 : Math.max(2, (value / top) * HEIGHT)
            return (
              <g key={bucket.from} class="plot-bar" onClick={() => onPick(bucket)}>
                <title>{`${bucketTitle(bucket, size)}: ${value.toLocaleString('en')}`}</title>
                <rect x={at} y="0" width="1" height={HEIGHT} class="plot-hit" />
                <rect x={at + 0.12} y={HEIGHT - height} width="0.76" height={height} data-tone={tone} />
              </g>
            )
          })}
        </svg>
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
