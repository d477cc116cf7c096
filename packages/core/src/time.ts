/** Whole seconds since 1970-01-01T00:00:00Z. The only unit of time in core. */
export type EpochSeconds = number
