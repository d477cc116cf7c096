/** Of these pages, as a report of the doctor's names it. */
export const VERSION = '0.1.0'
