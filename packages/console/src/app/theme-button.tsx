import { Button } from '../parts/controls.tsx'
import { type Theme, theme } from './theme.ts'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

/** Goes through the three: as the system has it, light, dark. */
export function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system'
  return (
    <Button kind="link" label={`Theme: ${theme.value}. Change to ${next}`} onClick={() => (theme.value = next)}>
      Theme: {theme.value}
    </Button>
  )
}
