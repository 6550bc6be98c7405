import type { TicketText } from './content/ticket-texts.js';
import { later } from './days.js';
import type { Person } from './person.js';
import type { Story } from './play.js';
import { anybodyAtDesk, byId, staffMember, type Client, type World } from './world.js';

export interface TicketPlan {
  readonly client: Client;
  readonly text: TicketText;
  readonly openedAt: Date;
  /** Working minutes until somebody takes it, and until it is resolved after that. */
  readonly takenAfter: number;
  readonly resolvedAfter: number;
  readonly waits: boolean;
  readonly rating?: readonly [score: number, comment: string];
  /** The desk closes it; else it closes itself. */
  readonly isClosed: boolean;
}

interface Ticket {
  readonly id: string;
  readonly assignedToUserId?: string;
  readonly status: string;
}

/** A technician of the right skill, where none was free when the ticket came. */
const FALLBACK: Readonly<Record<string, string>> = { NETWORK: 'engineer2', ACCOUNT: 'engineer2', SOFTWARE: 'bench2', HARDWARE: 'bench3' };

const open = async (world: World, { client, text }: TicketPlan): Promise<Ticket> => {
  const { title, description, category, priority } = text;
  const device = category === 'HARDWARE' && client.devices.length > 0 ? { assetId: world.dice.one(client.devices).id } : {};
  const ticket = { title, description, category, priority, locationId: client.locationId, ...device };
  const asker = client.colleague !== undefined && world.dice.chance(0.4) ? client.colleague : client.portal;
  if (asker !== undefined) return asker.post<Ticket>('/tickets', ticket);
  return anybodyAtDesk(world).post<Ticket>('/tickets', { ...ticket, customerId: client.id, source: world.dice.one(['PHONE', 'EMAIL']) });
};

/** Whoever works on it now; the desk gives it to somebody when nobody does. */
const workerOf = async (world: World, id: string, { text }: TicketPlan): Promise<Person> => {
  const desk = anybodyAtDesk(world);
  const { assignedToUserId } = await desk.get<Ticket>(`/tickets/${id}`);
  const worker = byId(world, assignedToUserId);
  if (worker !== undefined) return worker;
  const chosen = staffMember(world, FALLBACK[text.category] ?? 'engineer3');
  await desk.post(`/tickets/${id}/assign`, { technicianId: chosen.id });
  await world.settle();
  return chosen;
};

/** From the request to the rating, as everyday tickets go. */
export const ticketStory = async function* (world: World, plan: TicketPlan): Story {
  const { client, text, takenAfter, resolvedAfter, waits, rating, isClosed } = plan;
  yield plan.openedAt;
  const { id } = await open(world, plan);
  yield later(plan.openedAt, takenAfter);
  const worker = await workerOf(world, id, plan);
  await worker.post(`/tickets/${id}/accept`);
  await worker.post(`/tickets/${id}/reply`, { body: text.reply });
  if (waits) await worker.patch(`/tickets/${id}/status`, { status: 'WAITING_CUSTOMER' });
  yield later(world.now(), Math.round(resolvedAfter / 2));
  if (client.portal !== undefined) await client.portal.post(`/tickets/${id}/reply`, { body: text.answer });
  else await anybodyAtDesk(world).post(`/tickets/${id}/notes`, { body: `Al telefono: ${text.answer}`, isInternal: true });
  yield later(world.now(), Math.round(resolvedAfter / 2));
  const { status } = await worker.get<Ticket>(`/tickets/${id}`);
  if (status === 'WAITING_CUSTOMER') await worker.patch(`/tickets/${id}/status`, { status: 'IN_PROGRESS' });
  await worker.patch(`/tickets/${id}/status`, { status: 'RESOLVED', resolution: text.resolution });
  if (!isClosed) return;
  yield later(world.now(), 400);
  await anybodyAtDesk(world).patch(`/tickets/${id}/status`, { status: 'CLOSED' });
  if (rating === undefined || client.portal === undefined) return;
  yield later(world.now(), 60);
  const [score, comment] = rating;
  await client.portal.post(`/tickets/${id}/rating`, { score, comment });
};
