import type { RepairStatus } from './enums.js';
import type { PublishedRepair } from './repairs.events.js';

interface Step {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
}

/** One step of a repair as its timeline has it: the same that its event told when it was taken. */
export type RepairStep =
  | (Step & { readonly kind: 'ASSIGNED'; readonly technicianId: string; readonly from?: never; readonly to?: never })
  | (Step & { readonly kind: 'STATUS_CHANGED'; readonly from: RepairStatus; readonly to: RepairStatus; readonly technicianId?: never });

/** `GET /internal/repairs`: a repair for a service that makes its copies anew. */
export interface ExportedRepair {
  readonly repair: PublishedRepair;
  readonly version: number;
  /** Oldest first; intake, outcome and collection are told by the repair itself. */
  readonly steps: readonly RepairStep[];
}
