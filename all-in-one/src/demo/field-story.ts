import { later } from './days.js';
import { at, plusDays } from './days.js';
import type { Story } from './play.js';
import { staffMember, type Client, type World } from './world.js';

interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}
interface Made {
  readonly id: string;
}

type Ending = 'APPROVED' | 'DISPUTED' | 'DRAFT';

const SOLUTION = 'Sostituito lo switch di piano e rifatte le terminazioni; provate tutte le prese.';

/** A visit on site, from its ticket to the report of the work. */
const visit = async function* (world: World, client: Client, index: number, ending: Ending): Story {
  const [desk, engineer] = [staffMember(world, 'desk1'), staffMember(world, index % 2 === 0 ? 'engineer1' : 'engineer2')];
  const day = world.days.work.at(index) as string;
  yield at(day, '09:20');
  const title = 'Prese di rete morte al primo piano';
  const description = 'Da quando hanno spostato le scrivanie quattro prese non funzionano più.';
  const ticket = { customerId: client.id, title, description, category: 'NETWORK', priority: 'MEDIUM', locationId: client.locationId };
  const { id } = await desk.post<Made>('/tickets', { ...ticket, source: 'PHONE' });
  await world.settle();
  await desk.post(`/tickets/${id}/assign`, { technicianId: engineer.id, vehicleId: world.vehicles[index % 2] });
  await world.settle();
  const query = `type=ONSITE_VISIT&durationMinutes=60&from=${plusDays(day, 1)}&to=${plusDays(day, 8)}&technicianId=${engineer.id}`;
  const [slot] = await desk.get<readonly Slot[]>(`/appointments/slots?${query}`);
  if (slot === undefined) return;
  const times = { scheduledStartAt: slot.startAt, scheduledEndAt: slot.endAt };
  const where = { type: 'ONSITE_VISIT', technicianId: engineer.id, locationId: client.locationId };
  const { id: visitId } = await desk.post<Made>('/appointments', { ticketId: id, ...where, ...times });
  yield new Date(slot.startAt);
  await engineer.post(`/tickets/${id}/accept`);
  for (const status of ['IN_TRANSIT', 'IN_PROGRESS']) await engineer.post(`/appointments/${visitId}/status`, { status });
  yield new Date(slot.endAt);
  const report = await engineer.post<Made>(`/tickets/${id}/work-reports`, { appointmentId: visitId });
  const malfunctions = [{ component: 'Switch', symptom: 'Porte senza link', cause: 'Alimentatore guasto' }];
  const work = { startedAt: slot.startAt, endedAt: slot.endAt, labourMinutes: 50, travel: { distanceKm: 14.5, minutes: 25 } };
  await engineer.patch(`/work-reports/${report.id}`, { malfunctions, solution: SOLUTION, ...work });
  if (ending === 'DRAFT') return;
  const { documentHash } = await engineer.post<{ documentHash: string }>(`/work-reports/${report.id}/close`);
  yield later(world.now(), 45);
  if (ending === 'DISPUTED') {
    await desk.post(`/work-reports/${report.id}/dispute`, { reason: 'Il cliente dice che il lavoro è durato mezz’ora.' });
    return;
  }
  await desk.post(`/work-reports/${report.id}/approve`, { documentHash, counter: { name: client.portal?.name ?? client.data.name } });
  await world.settle();
  await engineer.post(`/appointments/${visitId}/status`, { status: 'COMPLETED', completionSummary: SOLUTION });
  await engineer.patch(`/tickets/${id}/status`, { status: 'RESOLVED', resolution: SOLUTION });
};

/** Visits all over the history; the last ones are still to come. */
export const fieldStories = (world: World): readonly Story[] => {
  const companies = world.clients.filter(({ data }) => data.type === 'BUSINESS');
  const plan: readonly (readonly [day: number, ending: Ending])[] = [
    [6, 'APPROVED'],
    [17, 'APPROVED'],
    [33, 'APPROVED'],
    [52, 'DISPUTED'],
    [-5, 'DRAFT'],
    [-1, 'APPROVED'],
    [-2, 'APPROVED'],
  ];
  return plan.map(([day, ending], index) => visit(world, companies[index % companies.length] as Client, day, ending));
};
