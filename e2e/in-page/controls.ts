// biome-ignore-all lint/correctness/noUnusedVariables: the files of this folder are joined into one script
interface FoundControl {
  readonly role: string
  readonly name: string
  readonly tag: string
  readonly type: string
  readonly isChosen: boolean
  readonly path: string
  /** What tells it from another one that might stand in its place, without asking what a screen reader is told. */
  readonly looks: string
}

/** How to tell what a screen reader is told. The browser's own `computedName` takes milliseconds for each element. */
interface Readers {
  roleOf(element: Element): string | null
  nameOf(element: Element): string
}

const CONTROLS = [
  'button',
  'a[href]',
  'input:not([type=hidden])',
  'select',
  'textarea',
  'summary',
  '[contenteditable=true]',
  ...[
    'button',
    'link',
    'tab',
    'switch',
    'option',
    'gridcell',
    'menuitem',
    'checkbox',
    'radio',
    'slider',
    'treeitem',
  ].map((role) => `[role=${role}]`),
].join(',')

/** Each control that a person could use now. Of those beneath a modal dialog, none. */
function listControls(readers: Readers): readonly FoundControl[] {
  const ground = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document
  return [...ground.querySelectorAll(CONTROLS)].filter(isUsable).map((element) => ({
    role: readers.roleOf(element) || element.localName,
    name: readers.nameOf(element).trim().replaceAll(/\s+/g, ' '),
    tag: element.localName,
    type: element.getAttribute('type') ?? '',
    isChosen: isChosen(element),
    path: pathTo(element),
    looks: looksOf(element),
  }))
}

/** Whether what was found is there as it was, and could be used; if so, whether it is the chosen one. */
function findAgain({ path, looks }: Pick<FoundControl, 'path' | 'looks'>): Pick<FoundControl, 'isChosen'> | undefined {
  const ground = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document
  const element = document.querySelector(path)
  if (element === null || !ground.contains(element) || !element.matches(CONTROLS)) return undefined
  return isUsable(element) && looksOf(element) === looks ? { isChosen: isChosen(element) } : undefined
}

function looksOf(element: Element): string {
  const words = element.matches('select, textarea') ? '' : (element.textContent ?? '')
  return [nameOf(element), element.getAttribute('type'), element.getAttribute('title'), words].join(' ')
}

/** Whether it stands for what is shown already, so that choosing it again need not change a thing. */
function isChosen(element: Element): boolean {
  if (element.matches('[role=radio][aria-checked=true], [aria-selected=true], input[type=radio]:checked')) return true
  return element.matches('[aria-current]:not([aria-current=false])')
}

function isUsable(element: Element): boolean {
  if (element.matches(':disabled, [aria-disabled=true]') || element.closest('[inert]') !== null) return false
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
}

/** A selector for this very element: from the nearest id that is unique, down by position. */
function pathTo(element: Element): string {
  if (element.id && document.querySelectorAll(`#${CSS.escape(element.id)}`).length === 1)
    return `#${CSS.escape(element.id)}`
  const parent = element.parentElement
  if (parent === null) return element.localName
  return `${pathTo(parent)} > :nth-child(${[...parent.children].indexOf(element) + 1})`
}
