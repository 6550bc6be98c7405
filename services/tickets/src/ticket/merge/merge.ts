import type { TicketStatus } from '@riparo/shared/contracts/enums';

/** The ticket before its merge; the undo restores it. */
export interface BeforeMerge {
  readonly status: TicketStatus;
  readonly closedAt?: Date;
}

/** Announces a merge on its target before the merge is made; see docs/adr. */
export interface MergeSource {
  readonly ticketId: string;
  /** The source's `attempt` when the merge began. */
  readonly attempt: number;
}

/** A ticket's merges, as source and as target. */
export interface MergeRecord {
  /**
   * Grows when this ticket is merged, and when a merge that was announced but not made is called off. A merge is made
   * only if `attempt` is the same as at its beginning.
   */
  readonly attempt: number;
  /** Announced merges into this ticket. Whether one was made is decided by its source's `mergedIntoId` alone. */
  readonly sources: readonly MergeSource[];
  /** All tickets into which this one was ever merged: replies through this ticket may be stored there. */
  readonly targets: readonly string[];
  /** Set while the ticket is merged. */
  readonly before?: BeforeMerge;
}

export const mergeRecordOf = ({ merge }: { readonly merge?: MergeRecord }): MergeRecord =>
  merge ?? { attempt: 0, sources: [], targets: [] };
