import type { FingerprintVector } from './fingerprints.ts'

/** Made-up inputs to try a tool with, the same as in `vectors/fingerprints.json`. The sessions are no longer than real ones. */
export const TEST_VECTORS: readonly (Omit<FingerprintVector, 'hashType'> & { readonly name: string })[] = [
  {
    name: 'a session string of version 2 that ends in one =',
    sessionString:
      'djJ8NzEwMnxtR0AqWSEx38538YR2LtDIkBkCg-ieEu7eP8HFv6Xhq8zRD9sY4UOPc1c3SVE2pWYxpVCZhSs0XzXfWqaL_L8WrsJnmeEZaYdZkbj3sqobOTgbTVFwnJWrck3jiCd-CBhcJo8kjwkTj_y_GfUkn3IkoDn-FYXwTF7KGTlG5zwnwjsLCLAWHfQLNhTyEdRJd9g=',
    tokenValue: 'c4a1f07e5b2d4938a6e0731d9f8b25ce',
    tokenId: '0_k7v2m9qx',
  },
  {
    name: 'a session string of version 2 that ends in two =',
    sessionString:
      'djJ8NzEwMnyIwRwMRMuzZrm6lV9EBD17Xbw_ARSYvrrBRtrurqGvYDaRiOyhzqOnf2AEIYiMipsWPAGW2KFFMxl0KxBW7TCd6ir-y4Gs4TwtyHtTWniVzw==',
    tokenValue: '09e3b7d25f604c1ab8d7f6e2409c5a13',
    tokenId: '1_w4t8zr2n',
  },
  {
    name: 'a session string of version 1 with + and /',
    sessionString:
      'YTM4ZjAyNjEyYTJjOGZjM2IxMmUyY2E1MWU1NzQ4NzU1ZmZhYzc4N3w3MTAyOzcxMDI7MTg5MzQ1NjAwMDswOzE3MDAwMDAwMDAuMjU7bm5kZXB0Pjd+bmlnaHQ/c2hpZnQ7bGlzdDoqLHN2aWV3OmE+Yj9jfmQ7Ow==',
    tokenValue: '5be20d8c7a914fe3b06d2f8e1c49a7d0',
    tokenId: '0_b6n3yc8h',
  },
]
