import './api.css'
import { route } from '../../app/router.ts'
import { useTitleOfPlace } from '../../parts/focus.ts'
import { ActionList, ServiceView } from './action-list.tsx'
import { ActionView } from './action-view.tsx'

/** Every action: who may call it, what it takes, and a form that calls it. */
export function ApiPage() {
  const [service = '', action = ''] = route.value.path
  useTitleOfPlace(`${service}.${action}`)
  if (service === '') return <ActionList />
  return action === '' ? <ServiceView service={service} /> : <ActionView service={service} action={action} />
}
