import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { mask } from '../connection/secrets.ts'
import { Button } from './controls.tsx'
import { Copy } from './copy.tsx'

export interface SecretProps {
  readonly text: string
  /** Such as `session` or `token value`. */
  readonly name: string
  readonly tone?: 'session' | 'token' | undefined
  readonly isCopied?: boolean
}

/** A secret, masked until asked for; a new one is masked again. Revealing tells nobody. */
export function Secret({ text, name, tone, isCopied = true }: SecretProps) {
  const isShown = useSignal(false)
  useEffect(() => {
    isShown.value = false
  }, [text])
  return (
    <span class="secret">
      <span class="mono" data-tone={tone}>
        {isShown.value ? text : mask(text)}
      </span>
      <span class="muted small nowrap">{text.length} chars</span>
      <Button
        kind="link"
        pressed={isShown.value}
        label={`${isShown.value ? 'Hide' : 'Show'} ${name}`}
        onClick={() => (isShown.value = !isShown.value)}
      >
        {isShown.value ? 'Hide' : 'Show'}
      </Button>
      {isCopied && <Copy text={text} what={`the ${name}`} />}
    </span>
  )
}
