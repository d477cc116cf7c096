import type { ComponentType } from 'preact'

export interface Page {
  /** In the address; empty for the start page. */
  readonly id: string
  readonly title: string
  /** Uses the whole width. */
  readonly isWide?: boolean
  readonly load: () => Promise<ComponentType>
}

/** The pages, in the order of the navigation. Each but the first comes when it is asked for. */
export const PAGES: readonly [Page, ...Page[]] = [
  { id: '', title: 'Workflow', load: async () => (await import('../pages/workflow/workflow-page.tsx')).WorkflowPage },
  {
    id: 'tokens',
    title: 'Tokens',
    isWide: true,
    load: async () => (await import('../pages/tokens/tokens-page.tsx')).TokensPage,
  },
  {
    id: 'access',
    title: 'Access',
    isWide: true,
    load: async () => (await import('../pages/access/access-page.tsx')).AccessPage,
  },
  { id: 'doctor', title: 'Doctor', load: async () => (await import('../pages/doctor/doctor-page.tsx')).DoctorPage },
  {
    id: 'activity',
    title: 'Activity',
    isWide: true,
    load: async () => (await import('../pages/activity/activity-page.tsx')).ActivityPage,
  },
  { id: 'api', title: 'API', isWide: true, load: async () => (await import('../pages/api/api-page.tsx')).ApiPage },
  { id: 'help', title: 'Help', isWide: true, load: async () => (await import('../pages/help/help-page.tsx')).HelpPage },
]

export function pageOf(id: string): Page | undefined {
  return PAGES.find((page) => page.id === id)
}
