import { expect } from 'chai';
import type { Answer } from '@riparo/shared/testing/http-client';
import type { Bench, Person, TicketView } from '../bench.js';

/** An appointment as tests read it from answers. */
export interface AppointmentView {
  readonly id: string;
  readonly version: number;
  readonly ticketId?: string;
  readonly repairId?: string;
  readonly type: string;
  readonly status: string;
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
  readonly technicianId?: string;
  readonly technician?: { readonly id: string; readonly name: string };
  readonly [field: string]: unknown;
}

export interface OfferView {
  readonly startAt: string;
  readonly endAt: string;
}

/** A Monday, eleven o'clock in Rome. */
export const MONDAY = '2026-03-02T10:00:00Z';

/** `2026-03-03` at `10:00` in Rome's winter time, for an hour unless it says otherwise. */
export const at = (day: string, time: string, minutes = 60) => {
  const start = new Date(`${day}T${time}:00+01:00`);
  return { scheduledStartAt: start.toISOString(), scheduledEndAt: new Date(start.getTime() + minutes * 60_000).toISOString() };
};

export const buildBooking = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  type: 'REMOTE_SESSION',
  ...at('2026-03-03', '10:00'),
  ...overrides,
});

export const post = (
  bench: Bench,
  by: Person,
  ticketId: string,
  overrides?: Readonly<Record<string, unknown>>,
): Promise<Answer<AppointmentView>> => bench.api.post<AppointmentView>(`/tickets/${ticketId}/appointments`, buildBooking(overrides), by);

/** Books and expects it to succeed. */
export const booked = async (
  bench: Bench,
  by: Person,
  ticket: Pick<TicketView, 'id'>,
  overrides?: Readonly<Record<string, unknown>>,
): Promise<AppointmentView> => {
  const { status, body, text } = await post(bench, by, ticket.id, overrides);
  expect(status, text).to.equal(201);
  return body.data;
};

export const readAppointment = async (bench: Bench, by: Person, id: string): Promise<AppointmentView> =>
  (await bench.api.get<AppointmentView>(`/appointments/${id}`, by)).body.data;
