import { signal, useSignal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { draft } from '../../app/kept.ts'
import { serviceUrl } from '../../connection/connection.ts'
import { Button, Tabs } from '../../parts/controls.tsx'
import { Copy } from '../../parts/copy.tsx'
import { Skeleton } from '../../parts/layout.tsx'
import { NotLoaded } from '../../parts/not-loaded.tsx'
import { SNIPPET_LANGUAGES, type SnippetLanguage, type SnippetStep, type SnippetValues } from '../../snippets/types.ts'
import { effectiveWidgetId, hashType, session, startParams, tokenHash, typed, widgetSession } from './flow.ts'
import { parseActionName, parseParams } from './params-text.ts'

type Snippets = typeof import('../../snippets/index.ts')

/** Comes when the first one is asked for. */
const snippets = signal<Snippets | undefined>(undefined)
const hasFailed = signal(false)
/** Whoever works in one language works in it at every step. */
const language = draft('workflow.language')

/** The same step in a program or a tool, with what is known filled in. */
export function SnippetFoot({ step }: { readonly step: SnippetStep }) {
  const id = useId()
  const isOpen = useSignal(false)
  const isRevealed = useSignal(false)
  const chosen = SNIPPET_LANGUAGES.find((item) => item.id === language.value)?.id
  const shown: SnippetLanguage | undefined = isOpen.value ? (chosen ?? 'curl') : undefined
  useEffect(() => {
    if (isOpen.value && snippets.value === undefined) {
      hasFailed.value = false
      void import('../../snippets/index.ts').then(
        (module) => {
          snippets.value = module
        },
        () => {
          hasFailed.value = true
        },
      )
    }
  }, [isOpen.value])
  const choose = (next: SnippetLanguage) => {
    isOpen.value = !(isOpen.value && next === shown)
    language.value = next
  }
  return (
    <div class="snippet">
      <Tabs label="This step in" choices={SNIPPET_LANGUAGES} chosen={shown} onChoose={choose} panelId={id} />
      <div id={id} role="tabpanel" aria-label="This step as code" hidden={shown === undefined}>
        {shown !== undefined && hasFailed.value && <NotLoaded what="The code" />}
        {shown !== undefined && snippets.value === undefined && !hasFailed.value && <Skeleton lines={3} />}
        {shown !== undefined && snippets.value !== undefined && (
          <Shown
            module={snippets.value}
            step={step}
            language={shown}
            isRevealed={isRevealed.value}
            onReveal={() => (isRevealed.value = !isRevealed.value)}
          />
        )}
      </div>
    </div>
  )
}

interface ShownProps {
  readonly module: Snippets
  readonly step: SnippetStep
  readonly language: SnippetLanguage
  readonly isRevealed: boolean
  readonly onReveal: () => void
}

function Shown({ module, step, language: chosen, isRevealed, onReveal }: ShownProps) {
  const parts = module.snippet(step, chosen, snippetValues())
  const hasSecrets = parts.some(({ kind }) => kind === 'secret')
  const text = module.snippetText(parts, { reveal: isRevealed })
  return (
    <>
      <pre class="well" tabIndex={0} aria-label="Code">
        {text}
      </pre>
      <div class="row">
        <Copy text={text} what={hasSecrets && !isRevealed ? 'the code, secrets masked' : 'the code'}>
          Copy
        </Copy>
        {hasSecrets && (
          <Button kind="link" pressed={isRevealed} onClick={onReveal}>
            {isRevealed ? 'Mask secrets' : 'Show secrets'}
          </Button>
        )}
      </div>
    </>
  )
}

function snippetValues(): SnippetValues {
  const name = parseActionName(typed.action.value) ?? { service: 'media', action: 'list' }
  const params = parseParams(typed.params.value)
  const asked = startParams.value
  return {
    serviceUrl: serviceUrl.value,
    partnerId: typed.partner.value.trim(),
    widgetId: effectiveWidgetId.value,
    widgetSession: widgetSession.value || undefined,
    tokenId: typed.tokenId.value.trim(),
    tokenValue: typed.tokenValue.value || undefined,
    hashType: hashType.value,
    tokenHash: tokenHash.value || undefined,
    startSession: {
      userId: typeof asked.userId === 'string' ? asked.userId : undefined,
      type: typeof asked.type === 'number' ? asked.type : undefined,
      expiry: typeof asked.expiry === 'number' ? asked.expiry : undefined,
      privileges: typeof asked.sessionPrivileges === 'string' ? asked.sessionPrivileges : undefined,
    },
    session: session.value || undefined,
    call: { ...name, params: params.ok ? params.params : {} },
  }
}
