/** How a step of the workflow stands. `stale`: its result is there, but not for what stands in its fields now. */
export type StepState = 'waiting' | 'running' | 'done' | 'refused' | 'stale'
