import { signal } from '@preact/signals'
import { isObject, objectsOf, textOf } from '../connection/json.ts'
import { callSignedIn, isSignedIn } from '../connection/sign-in.ts'
import { actionMatches } from '../parts/action-search.ts'
import { PAGES } from './pages.ts'
import { linkTo } from './router.ts'

export interface Found {
  readonly kind: 'page' | 'token' | 'action'
  readonly title: string
  readonly href: string
}

const MOST = 40
const MOST_TOKENS = 500

const tokens = signal<readonly Found[]>([])

/** Of the signed-in account, for the finder; silently none where they cannot be had. */
export async function loadTokens(): Promise<void> {
  if (!isSignedIn.value) {
    tokens.value = []
    return
  }
  const { outcome } = await callSignedIn({
    service: 'appToken',
    action: 'list',
    params: {
      pager: { pageSize: MOST_TOKENS, pageIndex: 1 },
      // Names only: nobody looks for a value.
      responseProfile: { objectType: 'KalturaDetachedResponseProfile', type: 1, fields: 'id,description' },
    },
  })
  if (outcome.kind !== 'result' || !isObject(outcome.value)) return
  tokens.value = objectsOf(outcome.value.objects).map((token) => {
    const id = textOf(token.id)
    const description = textOf(token.description)
    return { kind: 'token', title: description === '' ? id : `${description} ${id}`, href: linkTo('tokens', [id]) }
  })
}

/** Pages, tokens and actions whose names hold what was typed. */
export function find(typed: string): readonly Found[] {
  const text = typed.trim().toLowerCase()
  const holds = ({ title }: Found) => title.toLowerCase().includes(text)
  const pages = PAGES.map(({ id, title }): Found => ({ kind: 'page', title, href: linkTo(id) })).filter(holds)
  const actions = text === '' ? [] : actionMatches(text, MOST)
  return [
    ...pages,
    ...tokens.value.filter(holds).slice(0, MOST),
    ...actions.map(({ name }): Found => ({ kind: 'action', title: name, href: linkTo('api', name.split('.')) })),
  ].slice(0, MOST)
}
