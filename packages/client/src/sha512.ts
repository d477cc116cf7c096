/** In a file of its own, also as it is published: few programs ever load it. */
export { sha512 } from '@latchkey/core/noble/sha512'
