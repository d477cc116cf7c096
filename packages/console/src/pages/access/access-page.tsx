import { PageHead } from '../../parts/layout.tsx'

export function AccessPage() {
  return <PageHead title="Access" />
}
