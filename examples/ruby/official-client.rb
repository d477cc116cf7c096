# Ruby 3: gem install kaltura-client
require 'digest'
require 'json'
require 'kaltura'

TOKEN_VALUE = ENV.fetch('LATCHKEY_TOKEN_VALUE')

config = Kaltura::KalturaConfiguration.new
config.service_url = ENV.fetch('LATCHKEY_URL')
client = Kaltura::KalturaClient.new(config)
pager = Kaltura::KalturaFilterPager.new
pager.page_size = 3

begin
  widget = client.session_service.start_widget_session("_#{ENV.fetch('LATCHKEY_PARTNER_ID')}").ks
  client.ks = widget
  token_hash = Digest::SHA256.hexdigest(widget + TOKEN_VALUE)
  client.ks = client.app_token_service.start_session(ENV.fetch('LATCHKEY_TOKEN_ID'), token_hash).ks
  answer = client.media_service.list(Kaltura::KalturaMediaEntryFilter.new, pager)
rescue Kaltura::KalturaAPIError => refusal
  abort "#{refusal.code}: #{refusal.message}"
end

objects = answer.objects.map { |entry| { id: entry.id, name: entry.name } }
puts JSON.pretty_generate(totalCount: answer.total_count, objects: objects)
