import { type Check, type DoctorFinding, found } from '../check.ts'

const LEAST_FREE = 256 * 1024 * 1024
/** Others may neither read nor write it. */
const OTHERS = 0o077

/** The server's own machine. */
export const local: Check = ({ local: facts }) => {
  if (facts === undefined) return []
  const findings: DoctorFinding[] = []
  const { store, masterKey, disk } = facts
  if (!masterKey.isThere) {
    const saw = `there is no master key at ${masterKey.path}`
    findings.push(found('master-key-unusable', 'error', saw, 'the file system of this machine'))
  } else if (masterKey.mode !== undefined && (masterKey.mode & OTHERS) !== 0) {
    const mode = masterKey.mode.toString(8).padStart(4, '0')
    const saw = `the master key at ${masterKey.path} has mode ${mode}; a server does not start with it`
    findings.push(found('master-key-open', 'error', saw, 'the file system of this machine'))
  } else if (masterKey.fits === false) {
    const saw = `the master key at ${masterKey.path} cannot be read, or does not fit the store`
    findings.push(found('master-key-unusable', 'error', saw, 'the file system of this machine'))
  }
  if (store.error !== undefined) {
    findings.push(found('store-unreachable', 'error', `${store.kind}: ${store.error}`, 'the store was opened to read'))
  }
  if (store.schema !== undefined && store.schema !== store.knownSchema) {
    const saw = `the store has schema ${store.schema}, and this program knows ${store.knownSchema}`
    const isNewer = store.schema > store.knownSchema
    const rest = isNewer ? '' : '; the next start brings it up to date'
    findings.push(found('store-version', isNewer ? 'error' : 'note', saw + rest, "the store's own number"))
  }
  if (disk.freeBytes !== undefined && disk.freeBytes < LEAST_FREE) {
    const saw = `${Math.floor(disk.freeBytes / 1_048_576)} MiB are free at ${disk.path}`
    findings.push(found('disk-full', disk.freeBytes < LEAST_FREE / 8 ? 'error' : 'warning', saw, 'the file system'))
  }
  return findings
}
