export { inspectStore, type StoreState } from './inspect-store.ts'
export type { JournalSync } from './journal/appender.ts'
export { loadMasterKey, type MasterKeyOptions } from './master-key.ts'
export { type OpenStore, openStore, type StoreOptions } from './open-store.ts'
