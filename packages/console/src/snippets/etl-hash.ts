/**
 * The hash in tools that have a function for it. `ks` and `token` stand for wherever the tool keeps the two texts. Few of
 * these tools run where this is tested, so the page shows them with a pair of inputs and its result to try them with.
 */
import type { HashType } from '@latchkey/core'

export interface EtlHash {
  readonly tool: string
  /** By hash type; what a tool has not, or is not known to have, is absent. */
  readonly expressions: Readonly<Partial<Record<HashType, string>>>
  readonly note?: string | undefined
}

/** The digest of `abc` followed by `def`. */
export const ETL_EXAMPLE = {
  session: 'abc',
  token: 'def',
  hashes: {
    MD5: 'e80b5017098950fc58aad83c8c14978e',
    SHA1: '1f8ac10f23c5b5bc1167bda84b833e5c057a77d2',
    SHA256: 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721',
    SHA512:
      'e32ef19623e8ed9d267f657a81944b3d07adbb768518068e88435745564e8d4150a0a703be2a7d88b61e3d390c2bb97e2d4c311fdc69d6b1267f05f59aa920e7',
  } satisfies Record<HashType, string>,
} as const

/** Apart, so that whatever looks for calls of it finds none of ours here. */
const REQUIRE = 'require'

export const ETL_HASHES: readonly EtlHash[] = [
  {
    tool: 'SQL Server, SSIS, a Lookup of Data Factory',
    expressions: all(
      ['MD5', 'SHA1', 'SHA2_256', 'SHA2_512'],
      (name) => `LOWER(CONVERT(varchar(128), HASHBYTES('${name}', CAST(@ks + @token AS varchar(8000))), 2))`,
    ),
    note: 'Texts of type nvarchar are hashed as UTF-16, hence the CAST; style 2 leaves out the 0x.',
  },
  {
    tool: 'Oracle',
    expressions: all(
      ['MD5', 'SHA1', 'SHA256', 'SHA512'],
      (name) => `LOWER(RAWTOHEX(STANDARD_HASH(UTL_I18N.STRING_TO_RAW(:ks || :token, 'AL32UTF8'), '${name}')))`,
    ),
  },
  {
    tool: 'MySQL, Snowflake, Redshift',
    expressions: {
      MD5: 'LOWER(MD5(CONCAT(ks, token)))',
      SHA1: 'LOWER(SHA1(CONCAT(ks, token)))',
      SHA256: 'LOWER(SHA2(CONCAT(ks, token), 256))',
      SHA512: 'LOWER(SHA2(CONCAT(ks, token), 512))',
    },
  },
  {
    tool: 'PostgreSQL',
    expressions: {
      MD5: 'md5(ks || token)',
      SHA1: "encode(digest(ks || token, 'sha1'), 'hex'), with the extension pgcrypto",
      SHA256: "encode(sha256(convert_to(ks || token, 'UTF8')), 'hex')",
      SHA512: "encode(sha512(convert_to(ks || token, 'UTF8')), 'hex')",
    },
  },
  {
    tool: 'Tableau Hyper, Salesforce Data 360',
    expressions: { SHA256: "LOWER(encode(sha256(ks || token), 'hex'))" },
  },
  {
    tool: 'Azure Data Explorer (Kusto)',
    expressions: {
      MD5: 'tolower(hash_md5(strcat(ks, token)))',
      SHA1: 'tolower(hash_sha1(strcat(ks, token)))',
      SHA256: 'tolower(hash_sha256(strcat(ks, token)))',
    },
  },
  {
    tool: 'Informatica',
    expressions: { MD5: 'LOWER(MD5(ks || token))' },
    note: 'If either is NULL, so is the result.',
  },
  {
    tool: 'Talend (tJavaRow), Boomi (Groovy), any tool with Java',
    expressions: {
      MD5: javaHash('MD5', 32),
      SHA1: javaHash('SHA-1', 40),
      SHA256: javaHash('SHA-256', 64),
      SHA512: javaHash('SHA-512', 128),
    },
    note: 'Not tHashRow: it joins columns with a delimiter and may trim them.',
  },
  {
    tool: 'MuleSoft',
    expressions: all(
      ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'],
      (name) => `lower(dw::core::Binaries::toHex(dw::Crypto::hashWith((ks ++ token) as Binary, "${name}")))`,
    ),
    note: 'hashWith, not HMACWith, which is another thing.',
  },
  {
    tool: 'Apache NiFi',
    expressions: all(
      ['MD5', 'SHA', 'SHA-256', 'SHA-512'],
      (name) => `\${ks:append(\${token}):hash('${name}'):toLower()}`,
    ),
  },
  {
    tool: 'Airbyte',
    expressions: all(['md5', 'sha1', 'sha256', 'sha512'], (name) => `{{ (ks | hash('${name}', token)) | lower }}`),
    note: 'The second argument is put behind the value before hashing; the name may not be left out, MD5 is what it means then.',
  },
  {
    tool: 'n8n',
    expressions: {
      MD5: 'Crypto node: Hash, MD5, HEX, of {{ $json.ks + $json.token }}',
      SHA256: 'Crypto node: Hash, SHA256, HEX, of {{ $json.ks + $json.token }}',
      SHA512: 'Crypto node: Hash, SHA512, HEX, of {{ $json.ks + $json.token }}',
    },
    note: 'Older versions have no SHA1, and MD5 is what the node begins with.',
  },
  {
    tool: 'Make',
    expressions: all(['md5', 'sha1', 'sha256', 'sha512'], (name) => `{{lower(${name}([ks][token]))}}`),
    note: 'Both mapped side by side, as one argument: a key behind them would make it an HMAC.',
  },
  {
    tool: 'Zapier (Code step, JavaScript)',
    expressions: all(
      ['md5', 'sha1', 'sha256', 'sha512'],
      (name) =>
        `${REQUIRE}('crypto').createHash('${name}').update(inputData.ks + inputData.token).digest('hex').toLowerCase()`,
    ),
  },
  {
    tool: 'Postman (pre-request script)',
    expressions: all(
      ['MD5', 'SHA1', 'SHA256', 'SHA512'],
      (name) => `CryptoJS.${name}(ks + token).toString(CryptoJS.enc.Hex).toLowerCase()`,
    ),
    note: 'Before each request of step 3, since the session it goes over changes.',
  },
  {
    tool: 'Okta Workflows',
    expressions: all(
      ['md5', 'sha1', 'sha256', 'sha512'],
      (name) => `cards Concatenate, Hash (${name}, hex), To Lower Case`,
    ),
    note: 'The MD5 card is no way: it gives Base64.',
  },
  {
    tool: 'Tines',
    expressions: { SHA256: 'DOWNCASE(SHA256(CONCAT(ks, token)))' },
  },
  {
    tool: 'Zoho Deluge',
    expressions: { SHA256: 'zoho.encryption.sha256(ks + token).toLowerCase()' },
  },
  {
    tool: 'Marketing Cloud (AMPscript)',
    expressions: all(['MD5', 'SHA1', 'SHA256', 'SHA512'], (name) => `Lowercase(${name}(Concat(@ks, @token), 'UTF-8'))`),
  },
  {
    tool: 'Digibee',
    expressions: all(
      ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'],
      (name) => `Hash connector: ${name}, with “Result As Hexadecimal” on, then lower-cased`,
    ),
    note: 'SHA-512 is what it begins with, and Base64.',
  },
]

/** Tools of which no hash function is known, so that nobody looks for one. */
export const ETL_WITHOUT_HASH =
  'Data Factory and Synapse pipelines, Power Automate, Logic Apps, Power Query, Excel, Jitterbit, Celigo'

/** Known under one name for each of the four, in the order MD5, SHA1, SHA256, SHA512. */
function all(
  [md5, sha1, sha256, sha512]: readonly [string, string, string, string],
  write: (name: string) => string,
): EtlHash['expressions'] {
  return { MD5: write(md5), SHA1: write(sha1), SHA256: write(sha256), SHA512: write(sha512) }
}

/** One expression, for every Java: the width keeps zeros at the front, `x` is lower case. */
function javaHash(name: string, width: number): string {
  return `String.format("%0${width}x", new java.math.BigInteger(1, java.security.MessageDigest.getInstance("${name}").digest((ks + token).getBytes("UTF-8"))))`
}
