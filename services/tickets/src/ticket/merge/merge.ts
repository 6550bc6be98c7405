import type { TicketStatus } from '@riparo/shared/contracts/enums';

/** What a ticket was before it was merged, for the undo. */
export interface BeforeMerge {
  readonly status: TicketStatus;
  readonly closedAt?: Date;
}

/** Announces a merge on the ticket that it goes into, before it is made; see docs/adr. */
export interface MergeSource {
  readonly ticketId: string;
  /** The source's `attempt` when the merge began. */
  readonly attempt: number;
}

/** A ticket's part in merges, on either side. */
export interface MergeRecord {
  /**
   * Grows when this ticket is merged, and when somebody calls off a merge that was announced but not made. A merge is
   * made only if this is still what it was at its beginning.
   */
  readonly attempt: number;
  /** Merges into this ticket that were announced; whether one was made, only its source's `mergedIntoId` says. */
  readonly sources: readonly MergeSource[];
  /** Into what this ticket has ever been merged: replies that came through it may lie there. */
  readonly targets: readonly string[];
  /** There while it is merged. */
  readonly before?: BeforeMerge;
}

export const mergeRecordOf = ({ merge }: { readonly merge?: MergeRecord }): MergeRecord =>
  merge ?? { attempt: 0, sources: [], targets: [] };
