import { PageHead } from '../../parts/layout.tsx'

export function HelpPage() {
  return <PageHead title="Help" />
}
