import { useSignal } from '@preact/signals'
import { Check, TextField } from '../../parts/controls.tsx'
import { countOf } from '../../parts/words.ts'
import { withNames } from './action-tree.ts'
import { DropChoice } from './drop-choice.tsx'
import { READABLE_SERVICES } from './presets.ts'

export interface ServiceChoiceProps {
  /** None is all. */
  readonly chosen: readonly string[]
  readonly onChange: (services: readonly string[]) => void
}

/** Which services a reading token reads. */
export function ServiceChoice({ chosen, onChange }: ServiceChoiceProps) {
  const typed = useSignal('')
  const text = typed.value.trim().toLowerCase()
  const shown = READABLE_SERVICES.filter(({ service }) => service.toLowerCase().includes(text))
  return (
    <div class="stack-tight">
      <div class="spread">
        <p>
          {chosen.length === 0
            ? `All ${READABLE_SERVICES.length} services that can be read. Choose some to make it smaller.`
            : `${countOf(chosen.length, 'service')} of ${READABLE_SERVICES.length}.`}
        </p>
        {chosen.length > 0 && <DropChoice title="Back to all" onDrop={() => onChange([])} />}
      </div>
      <TextField label="Find a service" type="search" value={typed} placeholder="media" />
      <ul class="tok-grid" tabIndex={0} aria-label="Services that can be read">
        {shown.map(({ service, reads }) => (
          <li key={service}>
            <Check checked={chosen.includes(service)} onChange={(isIn) => onChange(withNames(chosen, [service], isIn))}>
              <span class="mono">{service}</span> <span class="small muted nowrap">{countOf(reads, 'read')}</span>
            </Check>
          </li>
        ))}
        {shown.length === 0 && <li class="muted">No service that can be read has a name like that.</li>}
      </ul>
    </div>
  )
}
