import { parseRanges } from '@latchkey/authority'
import { z } from 'zod'
import { SETTING_LIST, type SettingName, type SettingText } from './setting-list.ts'

/** One setting with what it accepts. */
export interface SettingSpec extends SettingText {
  readonly schema: z.ZodType
}

const text = z.string().min(1)
/** In whatever case it is written: nothing else could be meant. */
const oneOf = (names: readonly string[]) =>
  z.preprocess((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value), z.enum(names))
const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  )
const addressList = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((item) => item.trim())
          .filter((item) => item !== '')
      : value,
  z.array(text),
)

const rangeList = addressList.refine((list) => {
  try {
    return parseRanges(list).length > 0 || list.length === 0
  } catch {
    return false
  }
})

/** No path, no `*` and no credentials: each goes into the pages' policy as it is. */
const ORIGIN = /^https?:\/\/[^\s/?#@\\*;,'"<>]+$/i
const originList = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((item) => item !== '') : value),
  z.array(
    z
      .string()
      .refine((item) => ORIGIN.test(item) && URL.canParse(item))
      .transform((item) => new URL(item).origin),
  ),
)

const SCHEMAS: Readonly<Record<SettingName, z.ZodType>> = {
  port: wholeNumber(0, 65_535),
  host: text,
  data: text,
  databaseUrl: z.string().regex(/^postgres(ql)?:\/\//),
  masterKeyFile: text,
  partnerId: wholeNumber(1, 2_147_483_647),
  adminSecret: z.string().min(16).max(256),
  userSecret: z.string().min(16).max(256),
  trustProxy: addressList,
  publicUrl: z.string().regex(/^https?:\/\/(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/),
  oauth2PlainHttp: oneOf(['loopback', 'allow']),
  fidelity: oneOf(['mended', 'vendor']),
  vendorCaches: oneOf(['on', 'off']),
  vendorRate: wholeNumber(1, 1_000_000),
  internalAddresses: rangeList,
  privileges: oneOf(['vendor', 'strict']),
  ksVersion: z.preprocess(
    (value) => (typeof value === 'string' ? Number(value) : value),
    z.union([z.literal(1), z.literal(2)]),
  ),
  errorStatus: oneOf(['legacy', 'http']),
  console: oneOf(['on', 'off']),
  consoleConnect: originList,
  journalSync: oneOf(['turn', 'always']),
  logLevel: oneOf(['silent', 'error', 'warn', 'info', 'debug']),
}

/** All settings with what they accept. The reference page is held equal to this table by a test. */
export const SETTINGS: readonly SettingSpec[] = SETTING_LIST.map((setting) => ({
  ...setting,
  schema: SCHEMAS[setting.name],
}))

export interface Settings {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly databaseUrl?: string | undefined
  readonly masterKeyFile: string
  readonly partnerId?: number | undefined
  readonly adminSecret?: string | undefined
  readonly userSecret?: string | undefined
  readonly trustProxy: readonly string[]
  readonly publicUrl?: string | undefined
  readonly oauth2PlainHttp: 'loopback' | 'allow'
  readonly fidelity: 'mended' | 'vendor'
  readonly vendorCaches: 'on' | 'off'
  readonly vendorRate?: number | undefined
  readonly internalAddresses: readonly string[]
  readonly privileges: 'vendor' | 'strict'
  readonly ksVersion: 1 | 2
  readonly errorStatus: 'legacy' | 'http'
  readonly console: 'on' | 'off'
  /** Origins, as browsers write them. */
  readonly consoleConnect: readonly string[]
  readonly journalSync: 'turn' | 'always'
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}
