import type { EventEnvelope } from './event.js';

/** `GET /internal/appointments`: an appointment for a service that rebuilds its replicas. */
export interface ExportedAppointment {
  readonly id: string;
  /** The published events of the appointment, oldest first. */
  readonly events: readonly EventEnvelope[];
}
