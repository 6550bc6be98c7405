import type { Caller } from '@riparo/shared/contracts/caller';

/**
 * Gives the planned visits of a ticket the vehicle that was said for it, or takes it off. The wing of appointments lies
 * above tickets, so this function is passed to them like `BookPreferred`.
 */
export type VisitsFollow<S> = (caller: Caller, ticket: S, now: Date) => Promise<void>;
