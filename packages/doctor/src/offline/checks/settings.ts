import type { CauseId, Finding, Severity } from '@latchkey/core'
import { found, type PasteCheck } from '../paste-facts.ts'
import { isMasked, isPlaceholder } from '../read/masked.ts'
import type { SeenSetting } from '../seen.ts'
import { lookAtSession } from '../session-text.ts'
import { idFault } from './tokens.ts'

interface Fault {
  readonly cause: CauseId
  readonly severity: Severity
  readonly saw: string
}

/** What a setting of this kind of name must not hold. */
interface Rule {
  readonly name: RegExp
  readonly judge: (value: string, name: string) => Fault | undefined
}

const SECRET = /(?:ADMIN|USER|PARTNER|KALTURA|ACCOUNT)_?SECRET$|^SECRET$/
const TOKEN_ID = /(?:APP_?TOKEN|TOKEN)_?ID$/
const TOKEN_VALUE = /APP_?TOKEN(?:_?(?:VALUE|SECRET|KEY))?$|TOKEN_?VALUE$/

const RULES: readonly Rule[] = [
  {
    name: SECRET,
    judge: (_value, name) => ({
      cause: 'admin-secret-instead',
      // The server's own settings hold its first account.
      severity: name.startsWith('LATCHKEY_') ? 'note' : 'warning',
      saw: `${name} holds a secret of the account`,
    }),
  },
  {
    name: TOKEN_ID,
    judge: (value, name) =>
      /^\d+_[0-9a-z]{8}$/.test(value)
        ? undefined
        : { cause: 'token-id-mangled', severity: 'error', saw: `${name}: ${idFault(value)}` },
  },
  {
    name: TOKEN_VALUE,
    judge: (value, name) => {
      if (/^\d+_[0-9a-z]{8}$/.test(value)) {
        return { cause: 'hash-token-id', severity: 'error', saw: `${name} has the form of an id, and not of a value` }
      }
      if (/^[0-9a-f]{32}$/.test(value)) return undefined
      if (/^[0-9A-F]{32}$/i.test(value)) {
        return {
          cause: 'hash-case-of-input',
          severity: 'warning',
          saw: `${name} has capital letters; values are made with small ones`,
        }
      }
      return {
        cause: 'hash-unexplained',
        severity: 'note',
        saw: `${name} has ${value.length} characters; values of today have 32 hex digits`,
      }
    },
  },
  {
    name: /WIDGET_?ID$/,
    judge: (value, name) =>
      /^\d+$/.test(value)
        ? {
            cause: 'widget-id-without-underscore',
            severity: 'error',
            saw: `${name} is ${value.slice(0, 20)}: it takes an underscore in front`,
          }
        : undefined,
  },
  {
    name: /(?:SERVICE|API|BASE|KALTURA|ENDPOINT)_?(?:URL|URI|HOST)$|ENDPOINT$/,
    judge: (value, name) =>
      /^http:\/\/(?!localhost|127\.|10\.|192\.168\.)/i.test(value)
        ? { cause: 'https-required', severity: 'note', saw: `${name} begins with http:` }
        : undefined,
  },
]

/** An `.env` and its like. */
export const SETTING_CHECKS: readonly PasteCheck[] = [
  (facts) =>
    facts.settings.flatMap((setting): readonly Finding[] => {
      const { name, value, where } = setting
      if (value === '' || isMasked(value) || !isOfLogin(setting)) return []
      if (isPlaceholder(value)) {
        return [
          found(
            facts,
            where,
            'hash-placeholder',
            'error',
            `${name} is a word for nothing, or a template that nobody filled`,
          ),
        ]
      }
      const edges = edgeFault(setting)
      const judged = RULES.find((rule) => rule.name.test(name))?.judge(value.trim(), name)
      return [edges, judged].flatMap((fault) =>
        fault === undefined ? [] : [found(facts, where, fault.cause, fault.severity, fault.saw)],
      )
    }),

  (facts) =>
    facts.settings.flatMap(({ name, value, where }) => {
      if (!/(?:^|_)(?:KS|SESSION)$/.test(name) || value.length < 20) return []
      const { damage } = lookAtSession(facts.primitives, value)
      return damage === undefined
        ? []
        : [found(facts, where, damage.cause, damage.isStillRead ? 'warning' : 'error', `${name}: ${damage.saw}`)]
    }),
]

function isOfLogin({ name }: SeenSetting): boolean {
  return RULES.some((rule) => rule.name.test(name))
}

/** What shells and readers of such files leave in a value. */
function edgeFault({ name, value }: SeenSetting): Fault | undefined {
  if (value !== value.trim()) {
    return { cause: 'hash-newline', severity: 'warning', saw: `${name} has blanks at its edge` }
  }
  if (/^["'\u201c\u2018]|["'\u201d\u2019]$/.test(value)) {
    return {
      cause: 'hash-quoted',
      severity: 'error',
      saw: `${name} has a quotation mark at its edge that belongs to the value`,
    }
  }
  return value.startsWith('\ufeff')
    ? { cause: 'hash-bom', severity: 'error', saw: `${name} begins with a byte order mark` }
    : undefined
}
