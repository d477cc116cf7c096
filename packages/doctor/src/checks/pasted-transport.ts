import { nearestName, showable } from '@latchkey/core'
import { findActionSpec } from '@latchkey/wire'
import { type Check, type DoctorFinding, found } from '../check.ts'
import type { Exchange, Facts } from '../facts.ts'
import { codeOf } from '../rungs.ts'
import { nameOf, pasted } from '../view.ts'

/** How a tool's request went out and its answer came back, whatever they say. */
export const pastedTransport: Check = (facts) => pasted(facts).flatMap((exchange) => judge(facts, exchange))

function judge(facts: Facts, exchange: Exchange): readonly DoctorFinding[] {
  const findings: DoctorFinding[] = []
  const code = codeOf(exchange)
  const { answer, contentType = '' } = exchange
  const evidence = `what was pasted of ${nameOf(exchange)}`
  if (answer.kind === 'reply' && answer.form === 'xml' && exchange.params.format === undefined) {
    const saw = 'the answer is XML, and the request has no format=1'
    findings.push(found('xml-where-json-expected', 'error', saw, evidence))
  }
  if (answer.kind === 'reply' && code !== undefined && facts.told.tookErrorForData === true && answer.status === 200) {
    const saw = `the status is 200, and the body is the error ${code}`
    findings.push(found('error-inside-http-200', 'error', saw, evidence))
  }
  const isUnread = /^application\/json\s*;/i.test(contentType)
  if (isUnread && ['MISSING_MANDATORY_PARAMETER', 'SERVICE_FORBIDDEN', 'SERVICE_NOT_SPECIFIED'].includes(code ?? '')) {
    const saw = `the content type is ${showable(contentType)}: the original reads a body only of application/json, bare`
    findings.push(found('json-charset-ignored', 'error', saw, `${evidence}; it answered ${code}`))
  } else if (code === 'MISSING_MANDATORY_PARAMETER') findings.push(missing(exchange, evidence))
  return [...findings, ...invalid(exchange, code, evidence)]
}

function missing(exchange: Exchange, evidence: string): DoctorFinding {
  const error = exchange.answer.kind === 'reply' ? exchange.answer.error : undefined
  const name = error?.args.PARAM_NAME ?? /"([^"]+)"/.exec(error?.message ?? '')?.[1] ?? ''
  const sent = Object.keys(exchange.params)
  const near = nearestName(name, sent)
  const close =
    near === undefined ? `; ${sent.length} others were sent` : `; ${showable(near)} was sent, which is close`
  return found('parameter-missing', 'error', `${showable(name)} is missing${close}`, evidence)
}

function invalid(exchange: Exchange, code: string | undefined, evidence: string): readonly DoctorFinding[] {
  const error = exchange.answer.kind === 'reply' ? exchange.answer.error : undefined
  if (error === undefined || code === undefined) return []
  const name = error.args.PARAM_NAME ?? error.args.PROP_NAME ?? error.args.XML_FIELD ?? error.args.OBJ_TYPE ?? ''
  if (code === 'PROPERTY_VALIDATION_NOT_UPDATABLE') {
    return [found('field-not-writable', 'error', `${showable(name)} can only be read`, evidence)]
  }
  if (
    code === 'INVALID_ENUM_VALUE' ||
    code === 'INVALID_PARAMETER_CHAR' ||
    code === 'OBJECT_TYPE_ABSTRACT' ||
    code.startsWith('PROPERTY_VALIDATION')
  ) {
    const spec = findActionSpec(exchange.service, exchange.action)
    const about = spec?.parameters.find((parameter) => parameter.name === name)?.about
    const help = about === undefined ? '' : `; ${about}`
    return [
      found('parameter-invalid', 'error', `${showable(name)} has a value that does not fit (${code})${help}`, evidence),
    ]
  }
  return []
}
