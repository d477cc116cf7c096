/** What this server answers beside the original's actions. Its own permissions cannot be: roles list names of the original. */
export const OUR_ROWS = `
latchkey_access * explain matrix suggest reach compare lint
latchkey_token APP_TOKEN_UPDATE pause resume rotate annotate
latchkey_token APP_TOKEN_BASE usage
latchkey_journal APP_TOKEN_BASE,KMC_READ_ONLY list
`
