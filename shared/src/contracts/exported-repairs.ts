import type { RepairStatus } from './enums.js';
import type { PublishedRepair } from './repairs.events.js';

interface Step {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
}

/** One step of a repair from its timeline. It holds the same facts as the event that was published for this step. */
export type RepairStep =
  | (Step & { readonly kind: 'ASSIGNED'; readonly technicianId: string; readonly from?: never; readonly to?: never })
  | (Step & { readonly kind: 'STATUS_CHANGED'; readonly from: RepairStatus; readonly to: RepairStatus; readonly technicianId?: never });

/** `GET /internal/repairs`: a repair for a service that rebuilds its replicas. */
export interface ExportedRepair {
  readonly repair: PublishedRepair;
  readonly version: number;
  /** Oldest first. Intake, outcome and collection are no steps: they can be read from `repair`. */
  readonly steps: readonly RepairStep[];
}
