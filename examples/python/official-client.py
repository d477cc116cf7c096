# Python 3: pip install KalturaApiClient
import hashlib
import json
import os

from KalturaClient import KalturaClient, KalturaConfiguration
from KalturaClient.exceptions import KalturaException
from KalturaClient.Plugins.Core import KalturaFilterPager

TOKEN_VALUE = os.environ['LATCHKEY_TOKEN_VALUE']

config = KalturaConfiguration()
config.serviceUrl = os.environ['LATCHKEY_URL']
client = KalturaClient(config)
pager = KalturaFilterPager()
pager.pageSize = 3

try:
    widget = client.session.startWidgetSession('_' + os.environ['LATCHKEY_PARTNER_ID']).ks
    client.setKs(widget)
    token_hash = hashlib.sha256((widget + TOKEN_VALUE).encode()).hexdigest()
    client.setKs(client.appToken.startSession(os.environ['LATCHKEY_TOKEN_ID'], token_hash).ks)
    answer = client.media.list(pager=pager)
except KalturaException as refusal:
    raise SystemExit(f'{refusal.code}: {refusal.message}')

objects = [{'id': entry.id, 'name': entry.name} for entry in answer.objects]
print(json.dumps({'totalCount': answer.totalCount, 'objects': objects}, indent=2))
