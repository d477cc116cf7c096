import { useComputed } from '@preact/signals'
import { formatDuration, formatIso, serverNow } from '../connection/clock.ts'

/** What is left until a point of the server's time; live. */
export function Countdown({ until, ended = 'ended' }: { readonly until: number; readonly ended?: string }) {
  const text = useComputed(() => {
    const left = until - serverNow.value
    return left <= 0 ? ended : `${formatDuration(left)} left`
  })
  return (
    <time role="timer" dateTime={formatIso(until)}>
      {text}
    </time>
  )
}
