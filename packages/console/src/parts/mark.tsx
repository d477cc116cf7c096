/** The sign of the product: a key. */
export function Mark() {
  return (
    <svg viewBox="0 0 26 18" fill="none" stroke-width="3" stroke-linecap="round" aria-hidden="true">
      <circle cx="8" cy="9" r="6" />
      <path d="M14 9h10" />
    </svg>
  )
}
