import type { ParkedEvent } from './bus.js';

/** A parked event as a lot keeps it. */
export interface ParkedRecord extends ParkedEvent {
  /** How often this event was parked on this queue. */
  readonly revision: number;
}

/** Where the in-process bus keeps the events that a consumer gave up on. An event is kept once per queue, by its id. */
export interface ParkingLot {
  park(event: ParkedEvent): Promise<void>;
  /** Oldest first; only those of `ids` when given. */
  list(queue: string, limit: number, ids?: readonly string[]): Promise<readonly ParkedRecord[]>;
  /** Takes the record out, unless the event was parked again since it was listed. */
  take(record: ParkedRecord): Promise<void>;
}
