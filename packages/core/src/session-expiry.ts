import type { EpochSeconds } from './time.ts'

const WINDOW_SECONDS = 300

/**
 * When a session with these privileges ends: where the text `downloadasset` occurs anywhere in them, on the next
 * multiple of 300 seconds, so that links made in the same window live as long as each other.
 */
export function roundExpiry(expiresAt: EpochSeconds, privileges: string): EpochSeconds {
  if (!privileges.includes('downloadasset')) return expiresAt
  const rounded = Math.ceil(expiresAt / WINDOW_SECONDS) * WINDOW_SECONDS
  return Number.isSafeInteger(rounded) ? rounded : expiresAt
}
