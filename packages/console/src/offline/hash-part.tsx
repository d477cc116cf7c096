import { TEST_VECTORS } from '@latchkey/core'
import { Button } from '../parts/controls.tsx'
import { loginHash } from '../parts/hash.ts'
import { HashQuestion } from '../parts/hash-question.tsx'
import { Card } from '../parts/layout.tsx'
import { isValueShown, typed } from './typed.ts'

/** The calculator, and what a tool's own hash was made of. */
export function HashPart() {
  const isEmpty = [typed.session, typed.value, typed.tokenId, typed.received].every(({ value }) => value === '')
  return (
    <Card
      title="Hash of a login"
      summary="session string, then token value, nothing between"
      actions={
        isEmpty ? (
          <Button kind="link" onClick={fillExample}>
            Show an example
          </Button>
        ) : (
          <Button kind="link" onClick={clear}>
            Clear
          </Button>
        )
      }
    >
      <HashQuestion
        session={typed.session}
        value={typed.value}
        tokenId={typed.tokenId}
        hashType={typed.hashType}
        received={typed.received}
        isValueShown={isValueShown}
        hasHelp={false}
      />
    </Card>
  )
}

/** Made up, with the commonest mistake in it. */
function fillExample(): void {
  const [vector] = TEST_VECTORS
  if (vector === undefined) return
  typed.session.value = vector.sessionString
  typed.value.value = vector.tokenValue
  typed.tokenId.value = vector.tokenId
  typed.hashType.value = 'SHA256'
  typed.received.value = loginHash('SHA256', vector.sessionString, vector.tokenValue).toUpperCase()
}

function clear(): void {
  for (const field of [typed.session, typed.value, typed.tokenId, typed.received]) field.value = ''
  isValueShown.value = false
}
