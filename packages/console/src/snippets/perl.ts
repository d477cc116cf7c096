import { HASH_TYPES } from '@latchkey/core'
import { type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quotePerl } from './quoting.ts'
import {
  type Environment,
  formFields,
  givenOf,
  knownSources,
  type RequestStep,
  serviceUrlOf,
  stepRequest,
  tokenValueOr,
  variable,
} from './requests.ts'
import type { SnippetValues } from './types.ts'
import { TOKEN_VALUE_ENV, type Writer } from './writer.ts'

const ENVIRONMENT: Environment = {
  read: (name) => `env('${name}')`,
  widgetId: (partnerId) => `'_' . ${partnerId}`,
  tokenValue: `env('${TOKEN_VALUE_ENV}')`,
}

/** Perl 5.14; its own modules are all that is needed. */
export const perl: Writer = {
  widget: (values) => single('widget', values, 'print "$answer->{ks}\\n";'),
  hash: (values) => code`
    use strict;
    use warnings;
    use utf8;
    use ${MODULES[values.hashType]} '${HASH_TYPES[values.hashType]}_hex';
    use Encode 'encode';
    ${values.tokenValue ? '' : ['\n', ENV, '\n']}
    my $ks = ${writeLiteral(SYNTAX, knownSources(values).widget)};
    my $token = ${writeLiteral(SYNTAX, tokenValueOr(values, ENVIRONMENT.tokenValue))};
    print ${digest(values, '$ks . $token')}, "\\n";
  `,
  session: (values) => single('session', values, PRINT),
  call: (values) => single('call', values, PRINT),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('$widget'), hash: variable('$token_hash'), session: variable('$session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    return code`
      # Perl 5.14 or newer, nothing to install; for an address with https, IO::Socket::SSL
      use strict;
      use warnings;
      use utf8;
      use ${MODULES[values.hashType]} '${HASH_TYPES[values.hashType]}_hex';
      use Encode 'encode';
      use HTTP::Tiny;
      use JSON::PP;

      my $service_url = ${writeLiteral(SYNTAX, given.serviceUrl)};
      my $token_value = ${writeLiteral(SYNTAX, given.tokenValue)};

      ${values.tokenValue ? '' : [ENV, '\n\n']}${CALL}

      my $widget = ${call('widget', values, sources)}->{ks};
      my $token_hash = ${digest(values, '$widget . $token_value')};
      my $session = ${call('session', values, sources)}->{ks};
      my $answer = ${call('call', values, sources)};
      ${PRINT}
    `
  },
}

const MODULES = { MD5: 'Digest::MD5', SHA1: 'Digest::SHA', SHA256: 'Digest::SHA', SHA512: 'Digest::SHA' } as const

const PRINT = 'print JSON::PP->new->utf8->pretty->allow_nonref->encode($answer);'

const ENV = code`
  sub env {
      my ($name) = @_;
      return $ENV{$name} // die "$name is not set\\n";
  }
`

const CALL = code`
  sub call {
      my ($service, $action, %fields) = @_;
      my $url = "$service_url/api_v3/service/$service/action/$action";
      my $reply = HTTP::Tiny->new->post_form($url, { %fields, format => 1 });
      my $answer = eval { JSON::PP->new->utf8->allow_nonref->decode($reply->{content}) };
      die "$reply->{status}: $reply->{content}\\n" if $@;
      # An error comes with status 200: only the answer tells.
      if (ref $answer eq 'HASH' && ($answer->{objectType} // '') eq 'KalturaAPIException') {
          die "$answer->{code}: $answer->{message}\\n";
      }
      return $answer;
  }
`

const SYNTAX: Syntax = {
  quote: quotePerl,
  bare: String,
  list: { open: '(', close: ')', inline: ', ', line: ',', last: ',', padding: '', step: '    ' },
  record: { open: '', close: '', inline: ', ', line: ',', last: ',', padding: '', step: '    ' },
  entry: (name, value) => [/^[A-Za-z_]\w*$/.test(name) ? name : quotePerl(name), ' => ', value],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    # Perl 5.14 or newer, nothing to install; for an address with https, IO::Socket::SSL
    use strict;
    use warnings;
    use utf8;
    use HTTP::Tiny;
    use JSON::PP;

    my $service_url = ${quotePerl(serviceUrlOf(values))};

    ${CALL}

    my $answer = ${call(step, values)};
    ${print}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const fields = formFields(entries)
  const head = ['call(', quotePerl(service), ', ', quotePerl(action), fields.length > 0 ? ', ' : '']
  return [writeCall(SYNTAX, head, fields), ')']
}

/** Digests take bytes. */
function digest({ hashType }: SnippetValues, both: string): string {
  return `${HASH_TYPES[hashType]}_hex(encode('UTF-8', ${both}))`
}
