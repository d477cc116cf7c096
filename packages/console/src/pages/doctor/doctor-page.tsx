import { PageHead } from '../../parts/layout.tsx'

export function DoctorPage() {
  return <PageHead title="Doctor" />
}
