import type { CauseText } from './cause.ts'

const SYMPTOM = '`INVALID_APP_TOKEN_HASH`'

/** What went into the hash, or came out of it. */
export const HASH_CAUSES = {
  'hash-upper-case': {
    class: 'hash',
    title: 'The hash is in capital letters',
    symptom: SYMPTOM,
    check: 'It holds A to F instead of a to f.',
    remedy: [
      'Lower-case the digest as the last step: LOWER(…) in SQL, .toLowerCase() in JavaScript, .lower() in Python.',
    ],
  },
  'hash-wrong-algorithm': {
    class: 'hash',
    title: 'The hash was made with another algorithm than the app token asks for',
    symptom: SYMPTOM,
    check:
      'Count the characters: MD5 gives 32, SHA1 40, SHA256 64, SHA512 128. The app token has SHA1 unless it was made with another hashType.',
    remedy: [
      "Look up the app token's hashType (appToken.get) and use exactly that.",
      'If the tool cannot do it, make a new app token with a hashType that it can.',
    ],
  },
  'hash-token-value-sent': {
    class: 'hash',
    title: "The app token's value was sent where its hash belongs",
    symptom: SYMPTOM,
    check: 'tokenHash is the value itself, or 32 hex characters where the app token asks for a longer digest.',
    remedy: [
      'Get a widget session.',
      'Put the session string and the value together, with nothing between, and hash that.',
      'Send the lower-case hex digest as tokenHash. Since the value has travelled, consider a new app token.',
    ],
  },
  'hash-base64': {
    class: 'hash',
    title: 'The hash is written in Base64',
    symptom: SYMPTOM,
    check: 'It has capitals, digits and perhaps + or /, and ends in =; SHA256 gives 44 characters.',
    remedy: ['Choose hex output in the hash function, in lower case.'],
  },
  'hash-decorated': {
    class: 'hash',
    title: 'Something besides the digest was sent with it',
    symptom: SYMPTOM,
    check: 'There is a prefix such as 0x or sha256:, there are dashes or blanks, or a file name follows.',
    remedy: ['Send the hex digits only, in lower case.'],
  },
  'hash-zeros-dropped': {
    class: 'hash',
    title: 'Zeros were lost when the digest was turned into hex',
    symptom: `${SYMPTOM}, now and then`,
    check: 'It is hex, but a little shorter than the algorithm gives.',
    remedy: ['Write each byte as two digits, with a leading zero where it has one.'],
  },
  'hash-placeholder': {
    class: 'hash',
    title: 'A placeholder was sent, or hashed, instead of a value',
    symptom: SYMPTOM,
    check: 'The text holds braces, null or undefined.',
    remedy: ['Check that the step before delivers the value, and that the mapping names it.'],
  },
  'hash-unexplained': {
    class: 'hash',
    title: 'The hash is not the one that session string and value give',
    symptom: SYMPTOM,
    check:
      'Its length and letters fit the algorithm, so that something else was hashed; or it looks like no digest at all.',
    remedy: [
      "Hash the session string of this very request, exactly as it is sent as ks, then the app token's value (not its id), with nothing between and no line end.",
      'Compare byte by byte: print both inputs with their lengths.',
      'Read the value anew where the app token was made; it may have been copied wrongly.',
    ],
  },
} as const satisfies Record<string, CauseText>
