import { actionsOf, isKnownService, nearestName, SERVICES, servicesNamedAlike, showable } from '@latchkey/core'
import { findActionSpec, findClass, propertiesOf } from '@latchkey/wire'
import { found, nameOfCall, type PasteCheck } from '../paste-facts.ts'
import { isFields, textAt } from '../read/fields.ts'
import { isMasked, isPlaceholder } from '../read/masked.ts'

/** What any call may carry. */
const COMMON: ReadonlySet<string> = new Set(
  'service action ks partnerId p format clientTag apiVersion language responseProfile ignoreNull callback nocache kalsig content-type objectType'.split(
    ' ',
  ),
)

/** Names in a call: of the service, the action, the parameters, the fields. */
export const NAME_CHECKS: readonly PasteCheck[] = [
  (facts) =>
    facts.requests.flatMap(({ service, where }) => {
      if (service === undefined || isKnownService(service) || isMasked(service) || service.length > 100) return []
      const alike = servicesNamedAlike(service)
      if (alike.length > 0) {
        const saw = `there is no service ${showable(service)}, but there is ${alike.join(', ')}`
        return [found(facts, where, 'plugin-service-prefix', 'error', saw)]
      }
      const near = nearestName(service, SERVICES)
      const close = near === undefined ? '' : `; ${near} is close to it`
      return [found(facts, where, 'service-unknown', 'error', `there is no service ${showable(service)}${close}`)]
    }),

  (facts) =>
    facts.requests.flatMap(({ service = '', action, where }) => {
      const known = actionsOf(service).map((one) => one.action)
      if (action === undefined || known.length === 0 || isMasked(action) || action.length > 100) return []
      if (known.some((name) => name.toLowerCase() === action.toLowerCase())) return []
      const near = nearestName(action, known)
      const close = near === undefined ? '' : `; ${near} is close to it`
      const saw = `the service ${showable(service)} has no action ${showable(action)}${close}`
      return [found(facts, where, 'action-unknown', 'error', saw)]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      const spec = findActionSpec(request.service ?? '', request.action ?? '')
      if (spec === undefined) return []
      const declared = spec.parameters.map(({ name }) => name)
      const strangers = [...request.params.keys()].filter((name) => !COMMON.has(name) && !declared.includes(name))
      return spec.parameters.flatMap(({ name, isRequired }) => {
        if (request.params.has(name)) return []
        const near = nearestName(name, strangers.slice(0, 100))
        if (isRequired !== true && near === undefined) return []
        const instead =
          near === undefined ? 'no name is close to it' : `${showable(near)} is there, which is close to it`
        const saw = `${spec.service}.${spec.action} takes ${name}, which is missing; ${instead}`
        // Of what may be left out only the slip is a mistake, and of a body alone the rest may be in the URL.
        const severity = isRequired === true && (request.uri !== undefined || near !== undefined) ? 'error' : 'warning'
        return [found(facts, request.where, 'parameter-missing', severity, saw)]
      })
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      if (!['apptoken.startsession', 'session.start'].includes(nameOfCall(request)) || !request.params.has('type'))
        return []
      const type = textAt(request.params, 'type') ?? ''
      if (['0', '2'].includes(type.trim()) || isMasked(type)) return []
      const saw = `type is ${showable(type)}; 0 is USER, 2 is ADMIN, and nothing else is taken`
      return [found(facts, request.where, 'parameter-invalid', 'error', saw)]
    }),

  (facts) =>
    facts.requests.flatMap((request) => {
      const token = request.params.get('appToken')
      if (!isFields(token) || !['apptoken.add', 'apptoken.update'].includes(nameOfCall(request))) return []
      const sent = [...token.keys()].filter((name) => READ_ONLY.has(name) && token.get(name) !== null)
      if (sent.length === 0) return []
      const saw = `${sent.join(', ')} ${sent.length === 1 ? 'is' : 'are'} sent, which only the server sets`
      return [found(facts, request.where, 'field-not-writable', 'error', saw)]
    }),

  (facts) =>
    facts.requests.flatMap(({ params, where }) =>
      ['id', 'tokenHash', 'widgetId', 'secret'].flatMap((name) => {
        const value = textAt(params, name)
        if (value === undefined || !isPlaceholder(value)) return []
        return [
          found(
            facts,
            where,
            'hash-placeholder',
            'error',
            `${name} is a word for nothing, or a template that nobody filled`,
          ),
        ]
      }),
    ),
]

const READ_ONLY: ReadonlySet<string> = (() => {
  const spec = findClass('KalturaAppToken')
  const properties = spec === undefined ? [] : propertiesOf(spec)
  return new Set(properties.flatMap(({ name, isReadOnly }) => (isReadOnly === true ? [name] : [])))
})()
