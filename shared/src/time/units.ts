/** Lengths of time in milliseconds. A day has 24 hours here. Calendar days, which may have 23 or 25 hours, are counted with luxon. */
export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
