/** What an account may call its users. */
const USER_ID = /^[A-Za-z0-9,!#$%&'*+?^_`{|}~.@-]{1,320}$/

/** Ids are cut to what the original's column holds. */
const LONGEST = 100

export function isUserId(text: string): boolean {
  return USER_ID.test(text)
}

export function cutUserId(text: string): string {
  return text.slice(0, LONGEST)
}
