# Ruby 3, nothing to install
require 'digest'
require 'json'
require 'net/http'

SERVICE_URL = ENV.fetch('LATCHKEY_URL')
TOKEN_VALUE = ENV.fetch('LATCHKEY_TOKEN_VALUE')

def call(service, action, params)
  reply = Net::HTTP.post(
    URI("#{SERVICE_URL}/api_v3/service/#{service}/action/#{action}"),
    params.merge('format' => 1).to_json,
    'Content-Type' => 'application/json'
  )
  answer = JSON.parse(reply.body)
  # An error comes with status 200: only the answer tells.
  if answer.is_a?(Hash) && answer['objectType'] == 'KalturaAPIException'
    abort "#{answer['code']}: #{answer['message']}"
  end
  answer
end

widget = call('session', 'startWidgetSession', { 'widgetId' => '_' + ENV.fetch('LATCHKEY_PARTNER_ID') })['ks']
token_hash = Digest::SHA256.hexdigest(widget + TOKEN_VALUE)
session = call('appToken', 'startSession', {
  'ks' => widget,
  'id' => ENV.fetch('LATCHKEY_TOKEN_ID'),
  'tokenHash' => token_hash
})['ks']
answer = call('media', 'list', { 'ks' => session, 'pager' => { 'pageSize' => 3 } })
puts JSON.pretty_generate(answer)
