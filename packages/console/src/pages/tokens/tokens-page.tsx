import './tokens.css'
import { NeedsSignIn } from '../../app/needs-sign-in.tsx'
import { route } from '../../app/router.ts'
import { isSignedIn } from '../../connection/sign-in.ts'
import { useTitleOfPlace } from '../../parts/focus.ts'
import { PageHead } from '../../parts/layout.tsx'
import { DetailPage } from './detail-page.tsx'
import { ListPage } from './list-page.tsx'
import { NewToken } from './new-token.tsx'

/** The app tokens of an account: all of them, a new one, or one. */
export function TokensPage() {
  const [id = ''] = route.value.path
  useTitleOfPlace(id)
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
