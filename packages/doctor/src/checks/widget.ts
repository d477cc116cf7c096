import { showable } from '@latchkey/core'
import { type Check, found } from '../check.ts'
import type { Exchange } from '../facts.ts'
import { codeOf } from '../rungs.ts'
import { probesOf } from '../view.ts'

/** The account's own widget, from which every login starts. */
export const widget: Check = ({ told, ...facts }) => {
  const odd = probesOf({ told, ...facts }, 'widget').find(isNoSession)
  if (odd !== undefined) {
    const saw = 'session.startWidgetSession answered without an error and without a session: this is no v3 endpoint'
    return [found('wrong-endpoint', 'error', saw, `session.startWidgetSession at ${told.serviceUrl}`)]
  }
  const failed = probesOf({ told, ...facts }, 'widget', 'widget-as-told').filter(
    (exchange) => codeOf(exchange) === 'INVALID_WIDGET_ID',
  )
  return failed.map(({ params }) => {
    const id = String(params.widgetId)
    const evidence = `session.startWidgetSession with widgetId ${showable(id)} answered INVALID_WIDGET_ID`
    if (/^_\d+$/.test(id)) {
      const saw = `this endpoint has no account ${id.slice(1)}`
      return found('wrong-endpoint', 'error', saw, evidence)
    }
    const meant = told.partnerId === undefined ? '' : `; the account's own widget is _${told.partnerId}`
    return found('widget-id-without-underscore', 'error', `widgetId ${showable(id)} is no widget${meant}`, evidence)
  })
}

/** Anything that takes a POST may answer it with JSON. */
function isNoSession({ answer }: Exchange): boolean {
  if (answer.kind === 'none' || answer.form !== 'json' || answer.error !== undefined) return false
  return answer.result?.kind !== 'session' || answer.result.ks.expose().length === 0
}
