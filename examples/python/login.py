import hashlib
import json
import os
import urllib.request

SERVICE_URL = os.environ['LATCHKEY_URL']
TOKEN_VALUE = os.environ['LATCHKEY_TOKEN_VALUE']


def call(service, action, params):
    request = urllib.request.Request(
        f'{SERVICE_URL}/api_v3/service/{service}/action/{action}',
        data=json.dumps({**params, 'format': 1}).encode(),
        headers={'Content-Type': 'application/json'},
    )
    with urllib.request.urlopen(request) as reply:
        answer = json.load(reply)
    # An error comes with status 200: only the answer tells.
    if isinstance(answer, dict) and answer.get('objectType') == 'KalturaAPIException':
        raise SystemExit(f"{answer['code']}: {answer['message']}")
    return answer


widget = call('session', 'startWidgetSession', {'widgetId': '_' + os.environ['LATCHKEY_PARTNER_ID']})['ks']
token_hash = hashlib.sha256((widget + TOKEN_VALUE).encode()).hexdigest()
session = call('appToken', 'startSession', {
    'ks': widget,
    'id': os.environ['LATCHKEY_TOKEN_ID'],
    'tokenHash': token_hash,
})['ks']
answer = call('media', 'list', {'ks': session, 'pager': {'pageSize': 3}})
print(json.dumps(answer, indent=2))
