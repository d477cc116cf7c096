import { PageHead } from '../../parts/layout.tsx'

export function TokensPage() {
  return <PageHead title="Tokens" />
}
