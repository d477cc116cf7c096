import { PageHead } from '../../parts/layout.tsx'

export function WorkflowPage() {
  return <PageHead title="Workflow" />
}
