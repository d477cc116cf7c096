/** One limit taken out of the code: the file, what stands there, and what stands there without it. */
export interface Mutant {
  readonly limit: string
  /** Below `packages`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

const EXCHANGE = 'core/src/exchange.ts'
const MERGE = 'core/src/privilege-merge.ts'
const NARROW = 'core/src/scope/narrow-session.ts'
const REVOCATION = 'core/src/session-revocation.ts'
const LOGIN = 'authority/src/sessions.ts'

/** Every limit of what an app token, a secret or a session gives, each of which the property has to miss. */
export const MUTANTS: readonly Mutant[] = [
  {
    limit: 'the value proves the app token',
    file: EXCHANGE,
    from: 'const isCurrent = primitives.equalBytes(',
    to: 'const isCurrent = true || primitives.equalBytes(',
  },
  {
    limit: 'the hash proves the app token',
    file: EXCHANGE,
    from: 'const isCurrent = tokenHashMatches(',
    to: 'const isCurrent = true || tokenHashMatches(',
  },
  {
    limit: 'a value that was rotated away is over',
    file: EXCHANGE,
    from: 'const isTaken = previous !== undefined && (previous.until === undefined || previous.until > now)',
    to: 'const isTaken = previous !== undefined',
  },
  {
    limit: 'a value that was rotated away is over, by hash',
    file: EXCHANGE,
    from: 'if (previous === undefined || !(previous.until === undefined || previous.until > now)) {',
    to: 'if (previous === undefined) {',
  },
  {
    limit: 'a paused app token starts nothing',
    file: EXCHANGE,
    from: "if (token.status !== 'active') return",
    to: "if (token.status === 'deleted') return",
  },
  {
    limit: 'the app token fixes the user',
    file: EXCHANGE,
    from: "token.sessionUserId ?? request.userId ?? ''",
    to: "request.userId ?? token.sessionUserId ?? ''",
  },
  {
    limit: 'the app token fixes the type',
    file: EXCHANGE,
    from: 'const type = token.sessionType === undefined ? askedType',
    to: 'const type = request.type !== undefined || token.sessionType === undefined ? askedType',
  },
  {
    limit: 'the app token fixes the longest life',
    file: EXCHANGE,
    from: 'asked === 0 ? longest : Math.min(asked, longest)',
    to: 'asked === 0 ? longest : asked',
  },
  {
    limit: 'no session is longer than its app token',
    file: EXCHANGE,
    from: 'longest = Math.min(longest, toInteger(token.expiresAt) - now)',
    to: 'longest = Math.min(longest, Number.MAX_SAFE_INTEGER)',
  },
  {
    limit: 'a login comes from the addresses of the app token',
    file: EXCHANGE,
    from: 'if (token.addresses?.length && ',
    to: 'if (token.addresses === null && ',
  },
  {
    limit: 'the session is bound to the addresses of the app token',
    file: MERGE,
    from: 'merged.set(ADDRESSES_PRIVILEGE, merge.addresses.map(rangeAsValue))',
    to: 'merge.addresses.map(rangeAsValue)',
  },
  {
    limit: 'reserved privileges come from the app token only',
    file: MERGE,
    from: "if (isReservedPrivilege(name)) return 'reserved'",
    to: '',
  },
  {
    limit: 'privileges of the app token are not replaced',
    file: MERGE,
    from: "if (fixed.has(name)) return 'fixed-by-token'",
    to: '',
  },
  {
    limit: 'a session stays in the group of its app token',
    file: MERGE,
    from: 'keepsSessionInGroup && SET_BY_EXCHANGE.includes(name)',
    to: 'keepsSessionInGroup && name === undefined',
  },
  {
    limit: 'no more starts a minute than the app token may',
    file: 'authority/src/exchange.ts',
    from: 'if (!isDraft && perMinute !== undefined && ',
    to: 'if (isDraft && perMinute !== undefined && ',
  },
  {
    limit: 'what shuts the login of the account shuts this door',
    file: 'authority/src/oauth2/issue.ts',
    from: "if (decision.effect === 'deny') return deny({ code: 'login-refused'",
    to: "if (decision.effect === 'deny' && place.uri === '') return deny({ code: 'login-refused'",
  },
  {
    limit: 'a scope is in the session',
    file: EXCHANGE,
    from: ['const privileges = `$', '{grant.privileges},$', '{limit}`'].join(''),
    to: 'const privileges = limit === undefined ? limit : grant.privileges',
  },
  {
    limit: 'a scope is decided by',
    file: 'core/src/decide.ts',
    from: 'againstScope(action, context.session) ??',
    to: '',
  },
  {
    limit: 'only the session of the app token that asks is narrowed',
    file: 'authority/src/oauth2/narrow.ts',
    from: 'opened.tokenId !== login.proof.token.id',
    to: "opened.tokenId === ''",
  },
  {
    limit: 'what a narrowed session would do more is refused, not cut',
    file: 'authority/src/oauth2/narrow.ts',
    from: 'if (wider.length > 0 || ',
    to: 'if (',
  },
  {
    limit: 'a narrowed session keeps its app token, user and privileges',
    file: NARROW,
    from: 'const kept = privileges.split',
    to: "const kept = privileges.replace(/,?(actionslimit|restrictingrole|setrole|urirestrict)[^,]*/g, '').split",
  },
  {
    limit: 'a narrowed session ends no later than the other one',
    file: NARROW,
    from: 'if (expiresAt > parent.expiresAt) {',
    to: 'if (expiresAt < 0) {',
  },
  {
    limit: 'a narrowed session is used from no other address',
    file: NARROW,
    from: '(limited === undefined || limited.includes(address)) &&',
    to: '',
  },
  {
    limit: 'a narrowed session has no privilege that the other one lacks, nor is it told so',
    file: NARROW,
    from: 'if (privilege.name !== ONLY_FROM && !isHeld(privilege))',
    to: 'if (privilege.name === undefined)',
  },
  {
    limit: 'a narrowed session names those that it came from',
    file: NARROW,
    from: '[[PARENTS_PRIVILEGE, parents]]',
    to: '[]',
  },
  {
    limit: 'a session ends with its app token',
    file: REVOCATION,
    from: '[fingerprint, ...parents] : [fingerprint, group, ...parents]',
    to: '[fingerprint, ...parents] : [fingerprint, ...parents]',
  },
  {
    limit: 'a session ends with the one that it came from',
    file: REVOCATION,
    from: '[fingerprint, ...parents] : [fingerprint, group, ...parents]',
    to: '[fingerprint] : [fingerprint, group]',
  },
  {
    limit: 'sessions of one session count together',
    file: REVOCATION,
    from: 'return parents?.at(-1) ?? fingerprint',
    to: 'return fingerprint',
  },
  {
    limit: 'the counter of a session outlives those that are narrowed from it',
    file: 'authority/src/oauth2/narrow.ts',
    from: 'countsCall: true',
    to: 'countsCall: false',
  },
  {
    limit: 'calls of a limited session are counted',
    file: 'authority/src/access.ts',
    from: 'const hasCallLeft = await',
    to: 'const hasCallLeft = true || await',
  },
  {
    limit: 'only the app token that a session came from ends it',
    file: 'authority/src/oauth2/revoke.ts',
    from: 'tokenId !== proof.token.id',
    to: "tokenId === ''",
  },
  {
    limit: 'a secret of users starts no ADMIN session',
    file: LOGIN,
    from: 'if (login.type !== ADMIN && isSame(',
    to: 'if (isSame(',
  },
  {
    limit: 'a secret has to be right',
    file: LOGIN,
    from: 'const shown = admin.findIndex((secret) => isSame(deps.primitives, secret, login.secret))',
    to: 'const shown = admin.findIndex((secret) => login.type !== ADMIN || isSame(deps.primitives, secret, login.secret))',
  },
  {
    limit: 'a session of a secret is no longer than the account allows',
    file: LOGIN,
    from: 'return Math.min(expirySeconds, partner.maxSessionSeconds || DEFAULT_MAX_SECONDS)',
    to: 'return expirySeconds',
  },
  {
    limit: 'nobody acts for another account',
    file: LOGIN,
    from: "if (impersonatedPartnerId !== partner.id) throw new LatchkeyError('PARTNER_SECRET_WRONG'",
    to: "if (impersonatedPartnerId === 0) throw new LatchkeyError('PARTNER_SECRET_WRONG'",
  },
]
