import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { isLatchkey } from '../../connection/connection.ts'
import { isObject, objectsOf, textOf, textsOf } from '../../connection/json.ts'
import { callSignedIn } from '../../connection/sign-in.ts'
import type { FindingLike } from '../../parts/finding.tsx'
import { draftRecord } from './lint-draft.ts'
import type { Settings } from './settings.ts'

/** What a server says of a token. */
export interface ToldLint {
  /** One sentence. */
  readonly summary: string
  /** More sentences, for whoever wants to know. */
  readonly details: readonly string[]
  readonly findings: readonly FindingLike[]
}

const LINT_AFTER_MS = 400

/** A token without a role of its own: what its user and privileges bring in only a server can look up. */
export function useServerLint(settings: Settings | undefined): ToldLint | undefined {
  const told = useSignal<ToldLint | undefined>(undefined)
  const of = settings === undefined || isLatchkey.value === false ? '' : JSON.stringify(settings)
  useEffect(() => {
    told.value = undefined
    if (of === '' || settings === undefined) return
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const { id: _, status: __, sessionSeconds, expiresAt, ...record } = draftRecord(settings, { opens: undefined }, 0)
      const { outcome } = await callSignedIn({
        service: 'latchkey_access',
        action: 'lint',
        params: {
          appToken: {
            objectType: 'KalturaAppToken',
            sessionType: record.sessionType,
            sessionUserId: record.sessionUserId,
            sessionPrivileges: record.sessionPrivileges,
            hashType: record.hashType,
            sessionDuration: sessionSeconds,
            expiry: expiresAt,
          },
        },
        signal: abort.signal,
      })
      if (!abort.signal.aborted && outcome.kind === 'result') told.value = lintIn(outcome.value)
    }, LINT_AFTER_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [of])
  return told.value
}

/** What `latchkey_access.lint` answered. */
export function lintIn(value: unknown): ToldLint | undefined {
  if (!isObject(value) || textOf(value.summary) === '') return undefined
  return {
    summary: textOf(value.summary),
    details: textsOf(value.details),
    findings: objectsOf(value.findings).map((finding) => ({
      cause: textOf(finding.cause),
      severity: textOf(finding.severity),
      title: textOf(finding.title),
      saw: textOf(finding.saw),
      remedy: textsOf(finding.remedy),
    })),
  }
}
