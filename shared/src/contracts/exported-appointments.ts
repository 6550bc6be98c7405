import type { EventEnvelope } from './event.js';

/** `GET /internal/appointments`: an appointment for a service that makes its copies anew. */
export interface ExportedAppointment {
  readonly id: string;
  /** Oldest first, as they were published. */
  readonly events: readonly EventEnvelope[];
}
