import type { Check } from './check.ts'
import { account } from './checks/account.ts'
import { loginArguments } from './checks/arguments.ts'
import { cached } from './checks/cached.ts'
import { clock } from './checks/clock.ts'
import { endpoint } from './checks/endpoint.ts'
import { hash } from './checks/hash.ts'
import { hashType } from './checks/hash-type.ts'
import { https } from './checks/https.ts'
import { life } from './checks/life.ts'
import { lists } from './checks/lists.ts'
import { local } from './checks/local.ts'
import { newSession } from './checks/new-session.ts'
import { pastedSecret } from './checks/pasted-secret.ts'
import { pastedSession } from './checks/pasted-session.ts'
import { pastedTransport } from './checks/pasted-transport.ts'
import { privileges } from './checks/privileges.ts'
import { rate } from './checks/rate.ts'
import { record } from './checks/record.ts'
import { sentSession } from './checks/sent-session.ts'
import { tokenState } from './checks/token-state.ts'
import { tokenStrength } from './checks/token-strength.ts'
import { tokenValue } from './checks/token-value.ts'
import { wanted } from './checks/wanted.ts'
import { widget } from './checks/widget.ts'

/**
 * All checks, and with it the ranking: of two findings of one severity the one whose check comes first is the likelier
 * cause of the other. So what explains an answer stands before what only repeats it.
 */
export const CHECKS: readonly Check[] = [
  endpoint,
  local,
  // An answer that is old says nothing about what is wrong now.
  cached,
  // What a tool did on the way explains what the answer then says.
  pastedTransport,
  pastedSecret,
  widget,
  https,
  account,
  rate,
  // The state of the token ends sessions, and not the other way round.
  tokenState,
  hashType,
  sentSession,
  hash,
  tokenValue,
  pastedSession,
  newSession,
  // What was lost or misspelt at the login explains what the session then may not.
  loginArguments,
  privileges,
  wanted,
  life,
  lists,
  record,
  tokenStrength,
  clock,
]
