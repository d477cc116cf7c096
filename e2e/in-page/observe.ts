// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined into one script
const STATES = [
  ...['expanded', 'pressed', 'selected', 'checked', 'current', 'invalid', 'busy', 'disabled', 'sort'].map(
    (state) => `aria-${state}`,
  ),
  'aria-activedescendant',
  'open',
  'disabled',
  'hidden',
]
const STATEFUL = STATES.map((state) => `[${state}]`).join(',')

/**
 * Facts about the page, one a line, to be compared with those of another moment: text, states, values, focus, place, traces.
 *
 * @param ignore selectors of parts that change by themselves
 */
function observe(ignore: readonly string[]): readonly string[] {
  const ignored = ignore.join(',')
  const isWatched = (element: Element) => ignored === '' || element.closest(ignored) === null
  const lines = [`url ${location.href}`, `title ${document.title}`]
  for (const element of [document.documentElement, document.body]) {
    for (const { name, value } of element.attributes) lines.push(`${element.localName} ${name}=${value}`)
  }
  lines.push(...visibleText(isWatched).map((text) => `text ${text}`))
  for (const element of document.body.querySelectorAll(STATEFUL)) {
    if (!isWatched(element)) continue
    for (const state of STATES) {
      if (element.hasAttribute(state)) lines.push(`state ${nameOf(element)} ${state}=${element.getAttribute(state)}`)
    }
  }
  for (const field of document.body.querySelectorAll('input, select, textarea')) {
    if (isWatched(field)) lines.push(`field ${nameOf(field)} ${stateOf(field)}`)
  }
  const focused = document.activeElement
  if (focused !== null && focused !== document.body && !isPressed(focused)) lines.push(`focus ${nameOf(focused)}`)
  if (traces.copies > 0) lines.push(`copied ${traces.copies} times`)
  if (traces.prints > 0) lines.push(`printed ${traces.prints} times`)
  for (const place of [document.scrollingElement, ...document.querySelectorAll('main, [tabindex], [role=grid]')]) {
    if (place !== null && place.scrollTop > 0)
      lines.push(`scrolled ${place.localName} to ${Math.round(place.scrollTop)}`)
  }
  return lines
}

function visibleText(isWatched: (element: Element) => boolean): readonly string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: string[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.nodeValue ?? '').trim().replaceAll(/\s+/g, ' ')
    const around = node.parentElement
    if (text === '' || around === null || !isWatched(around)) continue
    if (around.checkVisibility({ visibilityProperty: true, opacityProperty: true })) texts.push(text)
  }
  return texts
}

function isPressed(focused: Element): boolean {
  const { pressed } = traces
  return pressed !== undefined && (focused.contains(pressed) || pressed.contains(focused))
}

/** Good enough to be found by a person who reads it, and quick, since it is asked for each element at each look. */
function nameOf(element: Element): string {
  const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null
  const words = element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? ownWords(element)
  const name = words.trim().replaceAll(/\s+/g, ' ').slice(0, 60)
  return `${element.getAttribute('role') ?? element.localName} ${name === '' ? pathTo(element) : `"${name}"`}`
}

function ownWords(element: Element): string {
  return element.matches('button, a, summary, [role]:not([role=grid], [role=row])') ? (element.textContent ?? '') : ''
}

function stateOf(field: Element): string {
  if (field instanceof HTMLInputElement) {
    if (field.type === 'checkbox' || field.type === 'radio') return field.checked ? 'checked' : 'not checked'
    return `type=${field.type} value=${field.value}`
  }
  if (field instanceof HTMLSelectElement)
    return `value=${[...field.selectedOptions].map(({ value }) => value).join(',')}`
  return field instanceof HTMLTextAreaElement ? `value=${field.value}` : ''
}
