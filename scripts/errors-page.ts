import { ERRORS, HTTP_STATUS, type WireErrorCode } from '../packages/wire/src/index.ts'

/** The reference page of codes, made of the table that answers are made of. */
export function errorsPage(): string {
  const codes = (Object.keys(ERRORS) as WireErrorCode[]).sort()
  const rows = codes.map(
    (code) => `| \`${code}\` | ${ERRORS[code].message.trim().replaceAll('|', '\\|')} | ${HTTP_STATUS[code]} |`,
  )
  return `# Error codes

Every code that an answer may hold, with its message; a name between at signs is the place of an argument, which also
stands in \`args\` under that name. The status counts only where a request or the server asks for statuses
(\`X-Latchkey-Status: http\`, \`LATCHKEY_ERROR_STATUS=http\`); otherwise it is 200, as in the original. What looks like a
secret in an argument (32 hex digits and more, 40 letters of Base64 with a digit among them and more) is shown by its edges and length. This page
is made by \`npm run docs\`.

| code | message | status |
| --- | --- | ---: |
${rows.join('\n')}
`
}
