// Recipes of databases, shells and whatever else is told what to do in a language of its own.
import type { HashType } from '@latchkey/core'
import { known, type Recipe } from './recipe.ts'

export const LANGUAGE_RECIPES: readonly Recipe[] = [
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
]

function digestOfDotNet(name: HashType): string {
  return `-join ([Security.Cryptography.${name}]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($ks + $token)) | ForEach-Object { $_.ToString('x2') })`
}
