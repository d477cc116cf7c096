import './tokens.css'
import { useEffect, useRef } from 'preact/hooks'
import { NeedsSignIn } from '../../app/needs-sign-in.tsx'
import { route } from '../../app/router.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { PageHead } from '../../parts/layout.tsx'
import { DetailPage } from './detail-page.tsx'
import { ListPage } from './list-page.tsx'
import { NewToken } from './new-token.tsx'

/** The app tokens of an account: all of them, a new one, or one. */
export function TokensPage() {
  const [id = ''] = route.value.path
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
  }, [id])
  return (
    <>
      {!isSignedIn.value && (
        <PageHead title="Tokens">App tokens are the account owner’s to make and to take away.</PageHead>
      )}
      <NeedsSignIn why="as the account’s owner, to see and make its tokens">
        {id === '' ? <ListPage /> : id === 'new' ? <NewToken /> : <DetailPage key={id} id={id} />}
      </NeedsSignIn>
    </>
  )
}
