import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { changeServiceUrl } from '../src/connection/connection.ts'
import {
  missing,
  runCall,
  runSession,
  runs,
  runWidget,
  session,
  takeWidgetSession,
  typed,
  widgetEndsAt,
  widgetSession,
} from '../src/pages/workflow/flow.ts'

/** Nothing listens there: a call that is made all the same leaves its trace in `runs`. */
const NOWHERE = 'http://127.0.0.1:9'

describe('a step of the workflow that lacks something', () => {
  beforeEach(() => {
    changeServiceUrl(NOWHERE)
    typed.partner.value = '102'
    typed.widgetId.value = ''
    typed.tokenId.value = '0_abcdefgh'
    typed.tokenValue.value = 'x'
    typed.expiry.value = ''
    typed.action.value = 'media.list'
    typed.params.value = ''
    widgetSession.value = 'w'
    session.value = 's'
    for (const run of Object.values(runs)) run.value = undefined
  })

  const cases = {
    'a partner id that is no number': [() => (typed.partner.value = '4o2'), 'widget', runWidget],
    'no partner id': [() => (typed.partner.value = ' '), 'widget', runWidget],
    'no widget session': [() => (widgetSession.value = ''), 'session', runSession],
    'no token id': [() => (typed.tokenId.value = ' '), 'session', runSession],
    'no token value': [() => (typed.tokenValue.value = ''), 'session', runSession],
    'a life that is no number': [() => (typed.expiry.value = '1h'), 'session', runSession],
    'no session': [() => (session.value = ''), 'call', runCall],
    'an action without a service': [() => (typed.action.value = 'list'), 'call', runCall],
    'parameters that are no JSON': [() => (typed.params.value = '{a}'), 'call', runCall],
    'parameters with a number that would be another': [
      () => (typed.params.value = '{"id":12345678901234567890}'),
      'call',
      runCall,
    ],
  } as const
  for (const [name, [spoil, step, run]] of Object.entries(cases)) {
    test(`${name}: says so, and sends nothing, by whichever key it is started`, async () => {
      assert.equal(missing[step].value, undefined)
      spoil()
      assert.match(missing[step].value ?? '', /\w/)
      assert.equal(await run(), false)
      assert.equal(runs[step].value, undefined)
    })
  }

  test('a partner id does not matter where the widget has an id of its own', () => {
    typed.widgetId.value = '_102'
    typed.partner.value = 'any'
    assert.equal(missing.widget.value, undefined)
  })

  test('a widget session from elsewhere is not told to end when the one before it does', () => {
    takeWidgetSession('another')
    assert.equal(widgetEndsAt.value, undefined)
    assert.equal(runs.widget.value, undefined)
  })
})
