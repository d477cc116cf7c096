# Perl 5.14 or newer, nothing to install; for an address with https, IO::Socket::SSL
use strict;
use warnings;
use utf8;
use Digest::SHA 'sha256_hex';
use Encode 'encode';
use HTTP::Tiny;
use JSON::PP;

my $service_url = env('LATCHKEY_URL');
my $token_value = env('LATCHKEY_TOKEN_VALUE');

sub env {
    my ($name) = @_;
    return $ENV{$name} // die "$name is not set\n";
}

sub call {
    my ($service, $action, %fields) = @_;
    my $url = "$service_url/api_v3/service/$service/action/$action";
    my $reply = HTTP::Tiny->new->post_form($url, { %fields, format => 1 });
    my $answer = eval { JSON::PP->new->utf8->allow_nonref->decode($reply->{content}) };
    die "$reply->{status}: $reply->{content}\n" if $@;
    # An error comes with status 200: only the answer tells.
    if (ref $answer eq 'HASH' && ($answer->{objectType} // '') eq 'KalturaAPIException') {
        die "$answer->{code}: $answer->{message}\n";
    }
    return $answer;
}

my $widget = call('session', 'startWidgetSession', widgetId => '_' . env('LATCHKEY_PARTNER_ID'))->{ks};
my $token_hash = sha256_hex(encode('UTF-8', $widget . $token_value));
my $session = call('appToken', 'startSession', 
    ks => $widget,
    id => env('LATCHKEY_TOKEN_ID'),
    tokenHash => $token_hash,
)->{ks};
my $answer = call('media', 'list', ks => $session, 'pager:pageSize' => '3');
print JSON::PP->new->utf8->pretty->allow_nonref->encode($answer);
