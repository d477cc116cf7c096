/** Short, unique over processes and restarts, and safe in a header: eight random characters and a counter. */
export function requestIds(randomBytes: (length: number) => Uint8Array): () => string {
  const prefix = Array.from(randomBytes(5), (byte) => byte.toString(36).padStart(2, '0'))
    .join('')
    .slice(0, 8)
  let count = 0
  return () => {
    count += 1
    return `${prefix}-${count.toString(36)}`
  }
}
