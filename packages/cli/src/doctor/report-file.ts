import { readFileSync, writeFileSync } from 'node:fs'
import { nodePrimitives } from '@latchkey/core/node'
import { type Facts, formatReport, formatReportPage, makeReport, parseReport } from '@latchkey/doctor'

/** The version of all packages of this project, which are released together. */
const MANIFEST = new URL('../../package.json', import.meta.url)

/** Writes what the doctor saw, without a secret in it: a page where the name ends in `.md`, else JSON. */
export function writeReport(path: string, facts: Facts): void {
  const made = makeReport(facts, nodePrimitives, { latchkey: ownVersion(), node: process.versions.node })
  const text = path.endsWith('.md') ? formatReportPage(made, nodePrimitives) : formatReport(made, nodePrimitives)
  writeFileSync(path, text)
  process.stderr.write(`latchkey: the report is in ${path}; session strings, values and hashes in it are made up\n`)
}

/** @throws {LatchkeyError} `REPORT_UNREADABLE` */
export function readReport(path: string): Facts {
  return parseReport(readFileSync(path === '-' ? 0 : path, 'utf8'))
}

function ownVersion(): string {
  const manifest: { readonly version?: unknown } = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  return String(manifest.version)
}
