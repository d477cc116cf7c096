// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined into one script
interface Overflow {
  readonly scrollWidth: number
  readonly clientWidth: number
  /** The elements that reach furthest out, as a person would look for them. */
  readonly widest: readonly string[]
}

/** How far the page scrolls sideways, and what makes it. */
function measureOverflow(): Overflow {
  const root = document.scrollingElement ?? document.documentElement
  const { scrollWidth, clientWidth } = root
  const reaching: { readonly right: number; readonly element: Element }[] = []
  for (const element of document.body.querySelectorAll('*')) {
    const { right, width } = element.getBoundingClientRect()
    if (width > 0 && right + window.scrollX > clientWidth + 0.5 && !isContained(element))
      reaching.push({ right, element })
  }
  const widest = reaching.sort((a, b) => b.right - a.right).slice(0, 3)
  return {
    scrollWidth,
    clientWidth,
    widest: widest.map(({ right, element }) => `${describe(element)} to ${Math.ceil(right)} px`),
  }
}

/** Whether something around it scrolls or cuts, so that it cannot widen the page. */
function isContained(element: Element): boolean {
  for (let around = element.parentElement; around !== null && around !== document.body; around = around.parentElement) {
    if (getComputedStyle(around).overflowX !== 'visible') return true
  }
  return false
}

/** Short, for messages: `button#go.primary "Create"`. */
function describe(element: Element): string {
  const id = element.id ? `#${element.id}` : ''
  const classes = [...element.classList].map((name) => `.${name}`).join('')
  const words = (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ')
  return `${element.localName}${id}${classes}${words ? ` "${words.length > 40 ? `${words.slice(0, 40)}…` : words}"` : ''}`
}
