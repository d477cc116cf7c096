/** Made by `scripts/console-docs.ts` when the pages are built. */
declare module 'virtual:latchkey-docs' {
  export const GROUPS: readonly import('./search.ts').DocumentGroup[]
  export const LOADERS: Readonly<Record<string, () => Promise<{ readonly html: string }>>>
}
