// What is known of each tool, as data; recipes-page.ts makes a page of each. What is not known is left out or `unknown`: nothing here is
// a guess. The expressions are the console's own, from etl-hash.ts.
import type { HashType } from '@latchkey/core'
import { ETL_HASHES, type EtlHash } from '../packages/console/src/snippets/etl-hash.ts'

export interface Recipe {
  /** The page's name. */
  readonly id: string
  readonly title: string
  /** Whether the tool has OAuth2's client credentials built in. */
  readonly oauth2: 'yes' | 'no' | 'unknown'
  /** Where in the tool that is, or how else its door works. */
  readonly oauth2Note?: string | undefined
  /** Absent where no function is known that hashes. */
  readonly hash?: EtlHash | undefined
  /** Which the token is best made with. */
  readonly hashType: HashType
  /**
   * `tests`: a test runs what the page says, in the tool itself. `expression`: the language of the expression is run, the tool
   * is not. `no`: neither.
   */
  readonly run: 'tests' | 'expression' | 'no'
  /** Which door, where it does not follow from the two. */
  readonly best?: string | undefined
  /** What surprises people; sentences. */
  readonly notes: readonly string[]
  /** The vendor's own words on it. */
  readonly sources: readonly string[]
}

export const RECIPES: readonly Recipe[] = [
  {
    id: 'airbyte',
    title: 'Airbyte, connector builder',
    oauth2: 'yes',
    oauth2Note: 'OAuth with the grant `client_credentials`, in the builder’s authentication.',
    hash: known('Airbyte'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['The builder’s *session token* login takes a session from one request and puts it into the others.'],
    sources: ['https://docs.airbyte.com/platform/connector-development/connector-builder-ui/authentication'],
  },
  {
    id: 'azure-data-explorer',
    title: 'Azure Data Explorer (Kusto)',
    oauth2: 'no',
    hash: known('Azure Data Explorer (Kusto)'),
    hashType: 'SHA256',
    run: 'no',
    notes: [],
    sources: ['https://learn.microsoft.com/en-us/kusto/query/hash-md5-function'],
  },
  {
    id: 'azure-data-factory',
    title: 'Azure Data Factory, Synapse pipelines',
    oauth2: 'yes',
    oauth2Note: 'In the REST connector: authentication type *OAuth2 client credential*.',
    hash: undefined,
    hashType: 'SHA256',
    run: 'no',
    notes: [
      'Expressions of a pipeline have no function that hashes. With a SQL Server at hand, a Lookup activity hashes: see [its page](sql-server.md).',
      'Others put the digest into an Azure Function; with OAuth2 that is not needed.',
    ],
    sources: ['https://learn.microsoft.com/en-us/azure/data-factory/connector-rest'],
  },
  {
    id: 'boomi',
    title: 'Boomi',
    oauth2: 'yes',
    oauth2Note: 'In the connection of the HTTP Client connector: grant type *Client Credentials*.',
    hash: known('Talend (tJavaRow), Boomi (Groovy), any tool with Java'),
    hashType: 'SHA256',
    run: 'expression',
    notes: ['The expression is for a Groovy script of a Data Process step.'],
    sources: ['https://help.boomi.com/'],
  },
  {
    id: 'celigo',
    title: 'Celigo',
    oauth2: 'unknown',
    hash: undefined,
    hashType: 'SHA256',
    run: 'no',
    notes: ['Its handlebars helper `hmac` makes an HMAC, which is another thing than a hash and is refused.'],
    sources: ['https://docs.celigo.com/hc/en-us/articles/39750612198299-hmac-helper'],
  },
  {
    id: 'digibee',
    title: 'Digibee',
    oauth2: 'unknown',
    hash: known('Digibee'),
    hashType: 'SHA512',
    run: 'no',
    notes: [],
    sources: ['https://docs.digibee.com/documentation/'],
  },
  {
    id: 'informatica',
    title: 'Informatica PowerCenter, IICS',
    oauth2: 'unknown',
    hash: known('Informatica'),
    hashType: 'MD5',
    run: 'no',
    notes: [
      'MD5 is weak, and the only one that its language is known to have: prefer OAuth2, or a Java transformation with [Java’s expression](talend.md).',
    ],
    sources: [
      'https://docs.informatica.com/data-integration/powercenter/10-4-0/transformation-language-reference/functions/md5.html',
    ],
  },
  {
    id: 'jitterbit',
    title: 'Jitterbit',
    oauth2: 'unknown',
    hash: undefined,
    hashType: 'SHA256',
    run: 'no',
    notes: ['Its plugin for HMAC-SHA256 makes an HMAC, which is another thing than a hash and is refused.'],
    sources: ['https://success.jitterbit.com/agent/plugins/hmac-sha256-generator'],
  },
  {
    id: 'jq',
    title: 'jq',
    oauth2: 'no',
    hash: undefined,
    hashType: 'SHA256',
    run: 'tests',
    best: 'The shell hashes, and jq reads: [the recipe of the shell](shell.md) has the rest.',
    notes: [
      'jq reads answers, and hashes nothing: take the hash from [the shell](shell.md).',
      'The session out of an answer, or an end with the reason: `jq -er \'if .objectType == "KalturaAPIException" then error(.code + ": " + .message) else .ks end\'`.',
    ],
    sources: ['https://jqlang.org/manual/'],
  },
  {
    id: 'make',
    title: 'Make',
    oauth2: 'no',
    oauth2Note:
      'Its OAuth 2.0 module has no client credentials; two HTTP modules do: one gets the access token, the other calls.',
    hash: known('Make'),
    hashType: 'SHA256',
    run: 'no',
    notes: [],
    sources: [
      'https://www.make.com/en/help/tutorials/adding-an-oauth-2-0-connection-with-the-client-credentials-grant-type-via-http',
    ],
  },
  {
    id: 'marketing-cloud',
    title: 'Salesforce Marketing Cloud (AMPscript)',
    oauth2: 'no',
    hash: known('Marketing Cloud (AMPscript)'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['The second argument matters: UTF-16 gives another digest. Query activities hash `nvarchar` as UTF-16.'],
    sources: [
      'https://developer.salesforce.com/docs/atlas.en-us.noversion.mc-programmatic-content.meta/mc-programmatic-content/SHA256.htm',
    ],
  },
  {
    id: 'mulesoft',
    title: 'MuleSoft (DataWeave)',
    oauth2: 'unknown',
    hash: known('MuleSoft'),
    hashType: 'SHA256',
    run: 'no',
    notes: [
      '`hashWith` gives Binary, hence `toHex`; the functions `MD5` and `SHA1` of the same module give lower-case hex by themselves.',
    ],
    sources: ['https://docs.mulesoft.com/dataweave/latest/dw-crypto'],
  },
  {
    id: 'n8n',
    title: 'n8n',
    oauth2: 'unknown',
    hash: known('n8n'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['The original makes app tokens of SHA1 unless told otherwise; say SHA256 when making one.'],
    sources: ['https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.crypto/'],
  },
  {
    id: 'nifi',
    title: 'Apache NiFi',
    oauth2: 'yes',
    oauth2Note: 'The controller service `StandardOauth2AccessTokenProvider`, in InvokeHTTP’s property for it.',
    hash: known('Apache NiFi'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['`SHA` is its name of SHA-1.'],
    sources: ['https://nifi.apache.org/docs/nifi-docs/html/expression-language-guide.html'],
  },
  {
    id: 'okta-workflows',
    title: 'Okta Workflows',
    oauth2: 'unknown',
    hash: known('Okta Workflows'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['The Hash card offers base64, hex and binary: hex is the one.'],
    sources: [
      'https://help.okta.com/en/prod/Content/Topics/Workflows/function-reference/Encryption/encryption_hash.htm',
    ],
  },
  {
    id: 'oracle',
    title: 'Oracle Database',
    oauth2: 'no',
    hash: known('Oracle'),
    hashType: 'SHA256',
    run: 'no',
    notes: [
      'What it returns is RAW and shows in capitals. The conversion makes bytes of UTF-8 whatever the database is in.',
    ],
    sources: ['https://docs.oracle.com/en/database/oracle/oracle-database/19/sqlrf/STANDARD_HASH.html'],
  },
  {
    id: 'postgresql',
    title: 'PostgreSQL',
    oauth2: 'no',
    hash: known('PostgreSQL'),
    hashType: 'SHA256',
    run: 'tests',
    notes: [
      '`sha256` and `sha512` are there from version 11 on. SHA1 needs the extension, which our tests do not have.',
    ],
    sources: ['https://www.postgresql.org/docs/current/functions-binarystring.html'],
  },
  {
    id: 'postman',
    title: 'Postman, newman',
    oauth2: 'unknown',
    hash: known('Postman (pre-request script)'),
    hashType: 'SHA256',
    run: 'tests',
    notes: [
      'A collection with the three calls lies in [examples/postman](../../examples/postman/latchkey.postman_collection.json): import it, and fill in its four variables.',
      'Each request of a run that logs in needs a hash of its own: the session that is hashed is another one each time.',
    ],
    sources: ['https://learning.postman.com/docs/tests-and-scripts/write-scripts/postman-sandbox-reference/overview/'],
  },
  {
    id: 'power-automate',
    title: 'Power Automate, Logic Apps',
    oauth2: 'unknown',
    hash: undefined,
    hashType: 'SHA256',
    run: 'no',
    notes: [
      'An action of a third party, *Create HMAC*, makes an HMAC, which is another thing than a hash and is refused.',
    ],
    sources: ['https://support.encodian.com/hc/en-gb/articles/360012782058-Create-HMAC'],
  },
  {
    id: 'power-query',
    title: 'Power Query, Power BI',
    oauth2: 'unknown',
    hash: undefined,
    hashType: 'SHA256',
    run: 'no',
    notes: ['No function that hashes is known outside of connectors of one’s own.'],
    sources: [],
  },
  {
    id: 'powerhome',
    title: 'PowerHome',
    oauth2: 'no',
    hash: {
      tool: 'PowerHome',
      expressions: { SHA256: 'ph_getsha256hash(ks + token, 1), then made lower-case' },
      note: 'Type 1 is UTF-8. What it returns is in capitals.',
    },
    hashType: 'SHA256',
    run: 'no',
    notes: [],
    sources: ['http://www.power-home.com/Web%20Help/topics/html/ff_ph_getsha256hash.htm'],
  },
  {
    id: 'powershell',
    title: 'PowerShell',
    oauth2: 'no',
    oauth2Note: 'It has none of its own; `Invoke-RestMethod` can call `/oauth2/token` as any other address.',
    hash: {
      tool: 'PowerShell',
      expressions: {
        MD5: digestOfDotNet('MD5'),
        SHA1: digestOfDotNet('SHA1'),
        SHA256: digestOfDotNet('SHA256'),
        SHA512: digestOfDotNet('SHA512'),
      },
      note: 'In Windows PowerShell 5.1 as well as in PowerShell 7.',
    },
    hashType: 'SHA256',
    run: 'no',
    notes: [
      'Not `Get-FileHash`: it hashes a file, to which saving adds a line end, and it prints capitals.',
      'The whole program is in [examples/powershell](../../examples/powershell/login.ps1).',
    ],
    sources: ['https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.utility/get-filehash'],
  },
  {
    id: 'redshift',
    title: 'Amazon Redshift',
    oauth2: 'no',
    hash: known('MySQL, Snowflake, Redshift'),
    hashType: 'SHA256',
    run: 'no',
    notes: [],
    sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_MD5.html'],
  },
  {
    id: 'shell',
    title: 'A shell: sh, bash, dash, zsh',
    oauth2: 'no',
    oauth2Note: 'It has none of its own; `curl -u "$id:$value"` can call `/oauth2/token` as any other address.',
    hash: {
      tool: 'sh',
      expressions: {
        MD5: 'printf %s "$ks$token" | md5sum | cut -d " " -f 1',
        SHA1: 'printf %s "$ks$token" | sha1sum | cut -d " " -f 1',
        SHA256: 'printf %s "$ks$token" | sha256sum | cut -d " " -f 1',
        SHA512: 'printf %s "$ks$token" | sha512sum | cut -d " " -f 1',
      },
      note: 'Not `echo`, which adds a line end. Without these programs, as on some Macs: `openssl dgst -sha256 -r`.',
    },
    hashType: 'SHA256',
    run: 'tests',
    notes: ['The whole program is in [examples/sh](../../examples/sh/login.sh).'],
    sources: [],
  },
  {
    id: 'snowflake',
    title: 'Snowflake',
    oauth2: 'no',
    hash: known('MySQL, Snowflake, Redshift'),
    hashType: 'SHA256',
    run: 'no',
    notes: [],
    sources: ['https://docs.snowflake.com/en/sql-reference/functions/md5'],
  },
  {
    id: 'sql-server',
    title: 'SQL Server, SSIS',
    oauth2: 'no',
    hash: known('SQL Server, SSIS, a Lookup of Data Factory'),
    hashType: 'SHA256',
    run: 'no',
    notes: [
      'Keep both texts in `varchar`: an `N` in front of a literal makes UTF-16 of it, and the digest another one.',
      'Up to SQL Server 2014 no more than 8000 bytes are hashed, which a session string never has.',
    ],
    sources: ['https://learn.microsoft.com/en-us/sql/t-sql/functions/hashbytes-transact-sql'],
  },
  {
    id: 'sqlite',
    title: 'SQLite',
    oauth2: 'no',
    hash: undefined,
    hashType: 'SHA256',
    run: 'tests',
    notes: [
      'SQLite has no function for any of the four digests, in Node’s `node:sqlite` either; the `sha3` of its own shell is another digest. Hash in the program around it.',
    ],
    sources: ['https://www.sqlite.org/lang_corefunc.html'],
  },
  {
    id: 'tableau-hyper',
    title: 'Tableau Hyper, Salesforce Data 360',
    oauth2: 'no',
    hash: known('Tableau Hyper, Salesforce Data 360'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['`sha256` gives bytes, hence `encode`.'],
    sources: [
      'https://developer.salesforce.com/docs/data/data-cloud-query-guide/references/dc-sql-reference/sha256.html',
    ],
  },
  {
    id: 'talend',
    title: 'Talend',
    oauth2: 'unknown',
    hash: known('Talend (tJavaRow), Boomi (Groovy), any tool with Java'),
    hashType: 'SHA256',
    run: 'expression',
    notes: ['In a tJavaRow, with `ks` and `token` in place of columns of the row.'],
    sources: ['https://github.com/cimt-ag/talendcomp_tHashRow'],
  },
  {
    id: 'tines',
    title: 'Tines',
    oauth2: 'unknown',
    hash: known('Tines'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['`MD5_BASE64` is another function, and not the one.'],
    sources: ['https://www.tines.com/docs/formulas/functions/sha256/'],
  },
  {
    id: 'tray-ai',
    title: 'tray.ai',
    oauth2: 'no',
    oauth2Note:
      'It has a connector of its own for the service that Latchkey speaks like; it takes partner id, token id and token value and hashes by itself.',
    hash: undefined,
    hashType: 'SHA256',
    run: 'no',
    best: 'Use its own connector; without it, a program has to hash, as [the examples](../../examples/README.md) do.',
    notes: ['Whether that connector can be pointed at another address is not known here.'],
    sources: ['https://docs.tray.ai/connectors/service/kaltura'],
  },
  {
    id: 'zapier',
    title: 'Zapier',
    oauth2: 'unknown',
    hash: known('Zapier (Code step, JavaScript)'),
    hashType: 'SHA256',
    run: 'expression',
    notes: ['No action that hashes is known: a Code step can fetch, hash and fetch in one.'],
    sources: ['https://help.zapier.com/hc/en-us/articles/8496197098253-JavaScript-code-examples-in-Zaps'],
  },
  {
    id: 'zoho-deluge',
    title: 'Zoho Deluge',
    oauth2: 'unknown',
    hash: known('Zoho Deluge'),
    hashType: 'SHA256',
    run: 'no',
    notes: ['It gives hex unless told otherwise.'],
    sources: ['https://www.zoho.com/deluge/help/encryption/sha256.html'],
  },
]

function known(tool: string): EtlHash {
  const found = ETL_HASHES.find((hash) => hash.tool === tool)
  if (found === undefined) throw new Error(`no expression of ${tool} in etl-hash.ts`)
  return found
}

function digestOfDotNet(name: HashType): string {
  return `-join ([Security.Cryptography.${name}]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($ks + $token)) | ForEach-Object { $_.ToString('x2') })`
}
