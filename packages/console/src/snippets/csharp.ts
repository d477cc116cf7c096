import { type Brackets, type Syntax, writeCall, writeLiteral } from './literals.ts'
import { code, type Piece } from './parts.ts'
import { quoteCSharp } from './quoting.ts'
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

const TOKEN_VALUE = `Environment.GetEnvironmentVariable("${TOKEN_VALUE_ENV}") ?? throw new Exception("${TOKEN_VALUE_ENV} is not set")`

const ENVIRONMENT: Environment = {
  read: (name) => `Env("${name}")`,
  widgetId: (partnerId) => `"_" + ${partnerId}`,
  tokenValue: TOKEN_VALUE,
}

export const csharp: Writer = {
  widget: (values) => single('widget', values, 'Console.WriteLine(result.GetProperty("ks"));'),
  hash: (values) => code`
    // .NET 8: dotnet new console, and this as Program.cs
    using System.Security.Cryptography;
    using System.Text;

    string ks = ${writeLiteral(SYNTAX, knownSources(values).widget)};
    string token = ${writeLiteral(SYNTAX, tokenValueOr(values, TOKEN_VALUE))};
    byte[] digest = ${values.hashType}.HashData(Encoding.UTF8.GetBytes(ks + token));
    Console.WriteLine(Convert.ToHexString(digest).ToLowerInvariant());
  `,
  session: (values) => single('session', values, 'Console.WriteLine(result);'),
  call: (values) => single('call', values, 'Console.WriteLine(result);'),
  whole(values) {
    const given = givenOf(values, ENVIRONMENT)
    const known = { widget: variable('widget'), hash: variable('tokenHash'), session: variable('session') }
    const sources = { ...known, widgetId: given.widgetId, tokenId: given.tokenId }
    return code`
      // .NET 8: dotnet new console, and this as Program.cs
      using System.Security.Cryptography;
      using System.Text;
      using System.Text.Json;

      ${values.readsEnvironment ? '' : 'const '}string serviceUrl = ${writeLiteral(SYNTAX, given.serviceUrl)};
      string tokenValue = ${writeLiteral(SYNTAX, given.tokenValue)};
      using var http = new HttpClient();

      string widget = Ks(${call('widget', values, sources)});
      byte[] digest = ${values.hashType}.HashData(Encoding.UTF8.GetBytes(widget + tokenValue));
      string tokenHash = Convert.ToHexString(digest).ToLowerInvariant();
      string session = Ks(${call('session', values, sources)});
      Console.WriteLine(${call('call', values, sources)});

      ${CALL}

      string Ks(JsonElement answer) => answer.GetProperty("ks").GetString()!;${values.readsEnvironment ? ['\n\n', ENV] : ''}
    `
  },
}

const CALL = code`
  async Task<JsonElement> Call(string service, string action, Dictionary<string, string> fields)
  {
      fields["format"] = "1";
      using var form = new FormUrlEncodedContent(fields!);
      using var reply = await http.PostAsync($"{serviceUrl}/api_v3/service/{service}/action/{action}", form);
      JsonElement answer = JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
      // An error comes with status 200: only the answer tells.
      if (answer.ValueKind == JsonValueKind.Object
          && answer.TryGetProperty("objectType", out JsonElement type)
          && type.GetString() == "KalturaAPIException")
      {
          throw new Exception($"{answer.GetProperty("code")}: {answer.GetProperty("message")}");
      }
      return answer;
  }
`

const ENV =
  'string Env(string name) => Environment.GetEnvironmentVariable(name) ?? throw new Exception($"{name} is not set");'

const TABLE: Brackets = {
  open: 'new() {',
  close: '}',
  inline: ', ',
  line: ',',
  last: ',',
  padding: ' ',
  step: '    ',
}

const SYNTAX: Syntax = {
  quote: quoteCSharp,
  bare: String,
  list: TABLE,
  record: TABLE,
  entry: (name, value) => ['[', quoteCSharp(name), '] = ', value],
}

function single(step: RequestStep, values: SnippetValues, print: string): Piece {
  return code`
    // .NET 8: dotnet new console, and this as Program.cs
    using System.Text.Json;

    const string serviceUrl = ${quoteCSharp(serviceUrlOf(values))};
    using var http = new HttpClient();

    JsonElement result = ${call(step, values)};
    ${print}

    ${CALL}
  `
}

function call(step: RequestStep, values: SnippetValues, sources = knownSources(values)): Piece {
  const { service, action, entries } = stepRequest(step, values, sources)
  const head = ['await Call(', quoteCSharp(service), ', ', quoteCSharp(action), ', ']
  return [writeCall(SYNTAX, head, formFields(entries)), ')']
}
