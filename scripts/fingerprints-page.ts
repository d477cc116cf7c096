import { nodePrimitives } from '../packages/core/node/primitives.ts'
import { docsOf, fingerprints, HASH_TYPES, type HashType, TEST_VECTORS } from '../packages/core/src/index.ts'

const SHOWN = 'SHA256'

/** The reference page of what each mistake prints for the published inputs, made by the code that recognises it. */
export function fingerprintsPage(): string {
  return `# Fingerprints of mistakes

Give your tool the session string and the value of one of these, and look up here what it prints: the line says what it does. All of
it is made up, so that it may be pasted anywhere. The tables are of ${SHOWN}; for the other algorithms they have the right digest
only. \`vectors/fingerprints.json\` holds the same inputs for programs. This page is made by \`npm run docs\`.

${TEST_VECTORS.map(section).join('\n')}`
}

function section({ name, ...vector }: (typeof TEST_VECTORS)[number]): string {
  const [, ...rows] = fingerprints(nodePrimitives, { ...vector, hashType: SHOWN })
  const right = Object.keys(HASH_TYPES)
    .filter(isHashType)
    .map((hashType) => `${hashType}  ${fingerprints(nodePrimitives, { ...vector, hashType })[0]?.digest}`)
  return `## ${name.charAt(0).toUpperCase()}${name.slice(1)}

\`\`\`text
session string  ${vector.sessionString}
value           ${vector.tokenValue}
id              ${vector.tokenId}
\`\`\`

What is right:

\`\`\`text
${right.map((line) => line.replace(/^(\S+) +/, (_, hashType: string) => hashType.padEnd(8))).join('\n')}
\`\`\`

| your tool prints this? | then it is, or hashes, this | cause |
| --- | --- | --- |
${rows.map(({ digest, did, cause }) => `| ${code(digest)} | ${cell(did)} | ${cause === 'right' ? '' : `[${cause}](${linkOf(docsOf(cause))})`} |`).join('\n')}
`
}

function isHashType(name: string): name is HashType {
  return Object.hasOwn(HASH_TYPES, name)
}

/** From this page, which lies beside that of the causes. */
function linkOf(docs: string): string {
  return docs.replace('docs/reference/', '')
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
}
