import { PageHead } from '../../parts/layout.tsx'

export function ActivityPage() {
  return <PageHead title="Activity" />
}
