import { type Check, type DoctorFinding, found } from '../check.ts'

const LEAST_FREE = 256 * 1024 * 1024
/** Others may neither read nor write it. */
const OTHERS = 0o077

/** The server's own machine. */
export const local: Check = ({ local: facts }) => {
  if (facts === undefined) return []
  const findings: DoctorFinding[] = []
  const { store, migrations, masterKey, disk } = facts
  if (!masterKey.isThere) {
    const saw = `there is no master key at ${masterKey.path}`
    findings.push(found('master-key-unusable', 'error', saw, 'the file system of this machine'))
  } else if (!masterKey.isReadable) {
    const saw = `the master key at ${masterKey.path} cannot be read, or does not fit the store`
    findings.push(found('master-key-unusable', 'error', saw, 'the file system of this machine'))
  } else if (masterKey.mode !== undefined && (masterKey.mode & OTHERS) !== 0) {
    const saw = `the master key at ${masterKey.path} has mode ${masterKey.mode.toString(8).padStart(4, '0')}`
    findings.push(found('master-key-open', 'warning', saw, 'the file system of this machine'))
  }
  if (store.error !== undefined) {
    findings.push(found('store-unreachable', 'error', `${store.kind}: ${store.error}`, 'the store was opened to read'))
  }
  if (migrations !== undefined && migrations.ahead.length > 0) {
    const saw = `the store holds ${migrations.ahead.join(', ')}, which this version does not know`
    findings.push(found('store-version', 'error', saw, "the store's own list of migrations"))
  } else if (migrations !== undefined && migrations.pending.length > 0) {
    const saw = `${migrations.pending.length} changes of the store are still to be made; the next start makes them`
    findings.push(found('store-version', 'note', saw, "the store's own list of migrations"))
  }
  if (disk.freeBytes !== undefined && disk.freeBytes < LEAST_FREE) {
    const saw = `${Math.floor(disk.freeBytes / 1_048_576)} MiB are free at ${disk.path}`
    findings.push(found('disk-full', disk.freeBytes < LEAST_FREE / 8 ? 'error' : 'warning', saw, 'the file system'))
  }
  return findings
}
