import { signal } from '@preact/signals'

/** Which of the top bar's dialogs is open; any page may open one. */
export const openDialog = signal<'service' | 'sign-in' | undefined>(undefined)

/** Why the one-time link did not sign anybody in; it stands where the person can sign in otherwise. */
export const linkRefusal = signal<string | undefined>(undefined)
