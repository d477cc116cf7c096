import { type Brackets, type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteJava } from './quoting.ts'
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

const ALGORITHMS = { MD5: 'MD5', SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' } as const
const TOKEN_VALUE = `Objects.requireNonNull(System.getenv("${TOKEN_VALUE_ENV}"), "${TOKEN_VALUE_ENV} is not set")`

const ENVIRONMENT: Environment = {
  read: (name) => `env("${name}")`,
  widgetId: (partnerId) => `"_" + ${partnerId}`,
  tokenValue: TOKEN_VALUE,
}

export const java: Writer = {
  widget: (values) => single('widget', values, 'System.out.println(ks(answer));'),
  hash: (values) => code`
    import java.nio.charset.StandardCharsets;
    import java.security.MessageDigest;
    import java.util.HexFormat;
    ${values.tokenValue ? '' : 'import java.util.Objects;\n'}
    // Java 17 or newer: java Hash.java
    public class Hash {
        public static void main(String[] args) throws Exception {
            String ks = ${writeLiteral(SYNTAX, knownSources(values).widget)};
            String token = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))};
            byte[] both = (ks + token).getBytes(StandardCharsets.UTF_8);
            System.out.println(HexFormat.of().formatHex(MessageDigest.getInstance("${ALGORITHMS[values.hashType]}").digest(both)));
        }
    }
  `,
  session: (values) => single('session', values, 'System.out.println(answer);'),
  call: (values) => single('call', values, 'System.out.println(answer);'),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('widget'), hash: variable('tokenHash'), session: variable('session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    const needsObjects = !values.tokenValue && !values.readsEnvironment
    return code`
      ${CALL_IMPORTS}
      import java.security.MessageDigest;
      import java.util.HexFormat;
      import java.util.Map;
      ${needsObjects ? 'import java.util.Objects;\n' : ''}${KS_IMPORTS}
      import java.util.stream.Collectors;

      // Java 17 or newer: java Login.java
      public class Login {
          static final String SERVICE_URL = ${writeLiteral(SYNTAX, given.serviceUrl)};
          static final String TOKEN_VALUE = ${writeLiteral(SYNTAX, given.tokenValue)};

          public static void main(String[] args) throws Exception {
              String widget = ks(${call('widget', values, sources)});
              byte[] both = (widget + TOKEN_VALUE).getBytes(StandardCharsets.UTF_8);
              String tokenHash = HexFormat.of().formatHex(MessageDigest.getInstance("${ALGORITHMS[values.hashType]}").digest(both));
              String session = ks(${call('session', values, sources)});
              System.out.println(${call('call', values, sources)});
          }

      ${CALL}

      ${KS}
      ${values.readsEnvironment ? ['\n', ENV, '\n'] : ''}}
    `
  },
}

const CALL_IMPORTS = code`
  import java.io.IOException;
  import java.net.URI;
  import java.net.URLEncoder;
  import java.net.http.HttpClient;
  import java.net.http.HttpRequest;
  import java.net.http.HttpResponse.BodyHandlers;
  import java.nio.charset.StandardCharsets;
`

const KS_IMPORTS = code`
  import java.util.regex.Matcher;
  import java.util.regex.Pattern;
`

const CALL: Piece = `    static String call(String service, String action, Map<String, String> fields) throws Exception {
        String form = fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&", "format=1&", ""));
        String url = SERVICE_URL + "/api_v3/service/" + service + "/action/" + action;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        // An error comes with status 200: only the answer tells.
        if (answer.contains("\\"objectType\\":\\"KalturaAPIException\\"")) throw new IOException(answer);
        return answer;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }`

const KS: Piece = `    // The JDK reads no JSON; for this one field a pattern is enough.
    static String ks(String answer) {
        Matcher matcher = Pattern.compile("\\"ks\\":\\"([^\\"]+)\\"").matcher(answer);
        if (!matcher.find()) throw new IllegalStateException(answer);
        return matcher.group(1).replace("\\\\/", "/");
    }`

const ENV: Piece = `    static String env(String name) {
        String value = System.getenv(name);
        if (value == null) throw new IllegalStateException(name + " is not set");
        return value;
    }`

const MAP: Brackets = {
  open: 'Map.of(',
  close: ')',
  inline: ', ',
  line: ',',
  last: '',
  padding: '',
  step: '    ',
}
/** What `Map.of` takes. */
const MOST_PAIRS = 10

const SYNTAX: Syntax = {
  quote: quoteJava,
  bare: String,
  list: MAP,
  record: MAP,
  entry: (name, value) => [quoteJava(name), ', ', value],
}

const MANY: Syntax = {
  ...SYNTAX,
  record: { ...MAP, open: 'Map.ofEntries(' },
  entry: (name, value) => ['Map.entry(', quoteJava(name), ', ', value, ')'],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  const readsSession = step === 'widget'
  return code`
    ${CALL_IMPORTS}
    import java.util.Map;
    ${readsSession ? [KS_IMPORTS, '\n'] : ''}import java.util.stream.Collectors;

    // Java 17 or newer: java Step.java
    public class Step {
        static final String SERVICE_URL = ${quoteJava(serviceUrlOf(values))};

        public static void main(String[] args) throws Exception {
            String answer = ${call(step, values)};
            ${print}
        }

    ${CALL}
    ${readsSession ? ['\n', KS, '\n'] : ''}}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const fields = formFields(entries)
  const head = ['call(', quoteJava(service), ', ', quoteJava(action), ', ']
  return [writeCall(fields.length > MOST_PAIRS ? MANY : SYNTAX, head, fields, '        '), ')']
}
