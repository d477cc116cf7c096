import './api.css'
import { useEffect, useRef } from 'preact/hooks'
import { route } from '../../app/router.ts'
import { ActionList, ServiceView } from './action-list.tsx'
import { ActionView } from './action-view.tsx'

/** Every action: who may call it, what it takes, and a form that calls it. */
export function ApiPage() {
  const [service = '', action = ''] = route.value.path
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
  }, [service, action])
  if (service === '') return <ActionList />
  return action === '' ? <ServiceView service={service} /> : <ActionView service={service} action={action} />
}
