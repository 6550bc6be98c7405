import type { ParkedEvent } from './bus.js';

/** A parked event as a parking lot stores it. */
export interface ParkedRecord extends ParkedEvent {
  /** How often this event was parked on this queue. */
  readonly revision: number;
}

/** Where the in-process bus keeps parked events. Each event is stored once per queue, by its id. */
export interface ParkingLot {
  park(event: ParkedEvent): Promise<void>;
  /** Oldest first; with `ids`, only those events. */
  list(queue: string, limit: number, ids?: readonly string[]): Promise<readonly ParkedRecord[]>;
  /** Removes the record, unless the event was parked again since it was listed (its `revision` has grown). */
  take(record: ParkedRecord): Promise<void>;
}
