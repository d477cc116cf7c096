import type { CauseText } from './cause.ts'

/** Things that happen to a request on its way. */
export const TRANSPORT_CAUSES = {
  'json-charset-ignored': {
    class: 'transport',
    title: 'The body was not read because of its content type',
    symptom: '`MISSING_MANDATORY_PARAMETER` for a parameter that was sent',
    check:
      'The content type is neither application/json, application/x-www-form-urlencoded nor multipart/form-data. The original also ignores application/json with a charset behind it.',
    remedy: ['Send form fields as application/x-www-form-urlencoded, or JSON as application/json.'],
  },
  'session-url-mangled': {
    class: 'transport',
    title: 'The session string was changed on its way',
    symptom: '`INVALID_KS` with the beginning of the session string',
    check: 'It holds blanks where plus signs were, or percent signs.',
    remedy: ['Percent-encode it in URLs and forms, or send it in a JSON body.'],
  },
  'error-inside-http-200': {
    class: 'transport',
    title: 'The answer is an error, though its HTTP status is 200',
    symptom: 'A job that "succeeds" with no rows, or with one odd row',
    check: 'The body has objectType KalturaAPIException, or an element <error>.',
    remedy: [
      'Look into the body of every answer for code and message, not at the status.',
      'Where the server is a Latchkey, send the header X-Latchkey-Status: http.',
    ],
  },
  'xml-where-json-expected': {
    class: 'transport',
    title: 'The answer is XML because no format was asked for',
    symptom: 'The tool finds no ks in the answer',
    check: 'The answer starts with <?xml.',
    remedy: ['Add format=1 to the request.'],
  },
  'https-required': {
    class: 'transport',
    title: 'The account takes calls over HTTPS only',
    symptom: '`SERVICE_ACCESS_CONTROL_RESTRICTED`',
    check: 'The URL starts with http:.',
    remedy: [
      'Use the https address of the service.',
      'Behind a proxy of your own, let the server trust its X-Forwarded-Proto (LATCHKEY_TRUST_PROXY).',
    ],
  },
  'parameter-missing': {
    class: 'transport',
    title: 'A parameter that the action needs did not arrive',
    symptom: '`MISSING_MANDATORY_PARAMETER`',
    check: 'Compare the names that were sent with those of the action, letter by letter.',
    remedy: ['Send it under its exact name, at the place where the action expects it.'],
  },
  'parameter-invalid': {
    class: 'transport',
    title: 'A parameter has a value that its type does not take',
    symptom: '`INVALID_ENUM_VALUE`, `PROPERTY_VALIDATION_…`, `INVALID_FIELD_VALUE` or `INVALID_PARAMETER_CHAR`',
    check: 'The message names the parameter.',
    remedy: ['Send one of the values that the parameter takes; leave it out to get its default.'],
  },
  'request-malformed': {
    class: 'transport',
    title: 'The request could not be read',
    symptom: '`REQUEST_MALFORMED`',
    check: 'It is no HTTP, its multipart body is broken, or its parameters are nested deeper than 32 levels.',
    remedy: ['Let an HTTP library build the request.'],
  },
  'request-too-large': {
    class: 'transport',
    title: 'The request is larger than this server takes',
    symptom: '`REQUEST_TOO_LARGE` or `HEADERS_TOO_LARGE`',
    check: 'The body has more than 1048576 bytes, or the request line and the headers together more than 16384.',
    remedy: [
      'Send less in one request: split lists, and leave files to services that take them.',
      'Send parameters in the body rather than in the URL.',
    ],
  },
  'too-many-steps': {
    class: 'transport',
    title: 'The multirequest asks for more than this server answers at once',
    symptom: '`TOO_MANY_STEPS`, or `RESPONSE_TOO_LARGE` in the place of its later steps',
    check: 'It has more than 50 steps, or the answers to the first of them have more than 8 MiB.',
    remedy: ['Split it into several multirequests.'],
  },
  'request-timeout': {
    class: 'transport',
    title: 'The request took too long to arrive',
    symptom: '`REQUEST_TIMEOUT`, or a closed connection',
    check: 'Headers have 10 seconds to arrive, a whole request 30.',
    remedy: ['Send it in one go; look for a slow proxy in between.'],
  },
} as const satisfies Record<string, CauseText>
