import { PageHead } from '../../parts/layout.tsx'

export function ApiPage() {
  return <PageHead title="Api" />
}
