/** What it means that a call got past each rung. The names are the API's. */
export const RUNG_MEANING: Readonly<
  Record<string, { readonly title: string; readonly passed: string; readonly failed: string }>
> = {
  endpoint: {
    title: 'endpoint',
    passed: 'The address is right: the service and the action exist.',
    failed: 'There is no such service or action at this address.',
  },
  'session-readable': {
    title: 'session readable',
    passed: 'The session arrived whole and its signature is right.',
    failed: 'The session did not arrive as it was made.',
  },
  rate: {
    title: 'rate',
    passed: 'You are within the rate that is allowed.',
    failed: 'Too many calls in too short a time.',
  },
  parameters: {
    title: 'parameters',
    passed: 'Every parameter is there and of its kind.',
    failed: 'A parameter is missing or not of its kind.',
  },
  'session-alive': {
    title: 'session alive',
    passed: 'The session has neither ended nor been ended.',
    failed: 'The session has ended.',
  },
  account: {
    title: 'account',
    passed: 'The account and the user are active.',
    failed: 'The account, the user or the role is not in order.',
  },
  ownership: {
    title: 'ownership',
    passed: 'The object is one that this session may touch.',
    failed: 'The object belongs to somebody else.',
  },
  permission: {
    title: 'permission',
    passed: 'The session holds a permission that opens this action.',
    failed: 'No permission of the session opens this action.',
  },
  'access-control': {
    title: 'address',
    passed: 'The address and the URL are ones the session may be used from.',
    failed: 'The session may not be used from here.',
  },
  feature: {
    title: 'feature',
    passed: 'The account has the feature.',
    failed: 'The account does not have the feature.',
  },
  action: { title: 'the action itself', passed: 'The action did its work.', failed: 'The action itself said no.' },
  'token-known': {
    title: 'token known',
    passed: 'The app token exists in this account.',
    failed: 'There is no app token with this id in this account.',
  },
  'token-active': {
    title: 'token active',
    passed: 'The app token is active.',
    failed: 'The app token is paused or disabled.',
  },
  hash: { title: 'hash', passed: 'The hash is right.', failed: 'The hash is not that of session and token value.' },
  'token-in-date': {
    title: 'token in date',
    passed: 'The app token has not expired.',
    failed: 'The app token has expired.',
  },
  issued: { title: 'issued', passed: 'A session was issued.', failed: 'No session was issued.' },
  secret: { title: 'secret', passed: 'The secret is right.', failed: 'The secret is not one of this account.' },
}
