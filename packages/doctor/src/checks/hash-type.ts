import { type Check, found } from '../check.ts'
import { acceptedHashType } from '../view.ts'

/** Whether the tool hashes with what the app token asks for. */
export const hashType: Check = (facts) => {
  const { told } = facts
  const accepted = acceptedHashType(facts)
  if (accepted === undefined) return []
  const believed = told.record?.hashType
  if (believed !== undefined && believed !== accepted) {
    const saw = `the record says ${believed}, but the app token takes ${accepted}: a change of it did not arrive`
    return [found('hash-type-unchanged', 'error', saw, `logins with both: only ${accepted} was accepted`)]
  }
  if (told.hashType === undefined || told.hashType === accepted) return []
  const saw = `the tool hashes with ${told.hashType}, and the app token takes ${accepted}`
  return [found('hash-wrong-algorithm', 'error', saw, `logins with both: only ${accepted} was accepted`)]
}
