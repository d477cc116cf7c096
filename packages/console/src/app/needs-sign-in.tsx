import type { ComponentChildren } from 'preact'
import { isSignedIn } from '../connection/sign-in.ts'
import { Card } from '../parts/layout.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Pages of the account owner's: the form in place of the page until somebody has signed in. */
export function NeedsSignIn({ why, children }: { readonly why: string; readonly children: ComponentChildren }) {
  if (isSignedIn.value) return <>{children}</>
  return (
    <div style={{ maxWidth: '28rem' }}>
      <Card title="Sign in" summary={why}>
        <SignInForm onDone={() => undefined} />
      </Card>
    </div>
  )
}
