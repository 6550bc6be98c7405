import type { SubjectKind } from '@riparo/shared/contracts/appointments.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { Appointment } from '../appointment.js';
import { viewAppointments } from '../appointment.view.js';
import { customerName } from '../../replica/replicas.js';
import { compact } from '@riparo/shared/json/compact';
import type { ScheduleDeps } from './dependencies.js';
import type { Legs } from './legs.js';

type Deps = Pick<ScheduleDeps, 'replicas' | 'assetLookup' | 'tickets' | 'repairs'>;

const idsOf = <K extends keyof Appointment>(visits: readonly Appointment[], field: K): readonly Appointment[K][] =>
  visits.map((visit) => visit[field]);

/** Reads everything that the appointments refer to, at once. */
const readAround = async ({ replicas, assetLookup, tickets, repairs }: Deps, tenantId: string, visits: readonly Appointment[]) => {
  const places = visits.flatMap(({ location }) => (location === undefined ? [] : [location.id]));
  const idsOfKind = (kind: SubjectKind): readonly string[] => [
    ...new Set(visits.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.id)),
  ];
  const [ticketIds, repairIds] = [idsOfKind('TICKET'), idsOfKind('REPAIR')];
  const [customers, contacts, devices, foundTickets, foundRepairs, access] = await Promise.all([
    replicas.customers.findMany(tenantId, idsOf(visits, 'customerId')),
    replicas.users.findMany(tenantId, idsOf(visits, 'contactUserId')),
    replicas.assets.findMany(tenantId, idsOf(visits, 'assetId')),
    ticketIds.length === 0 ? [] : tickets.in(tenantId).list({ id: { $in: ticketIds } }, { limit: ticketIds.length }),
    repairIds.length === 0 ? [] : repairs.in(tenantId).list({ id: { $in: repairIds } }, { limit: repairIds.length }),
    assetLookup.access(tenantId, places),
  ]);
  const byId = <T extends { readonly id: string }>(found: readonly T[]): ReadonlyMap<string, T> =>
    new Map(found.map((each) => [each.id, each]));
  return { customers, contacts, devices, access, tickets: byId(foundTickets), repairs: byId(foundRepairs) };
};
type Around = Awaited<ReturnType<typeof readAround>>;

/** The person to ask for: the contact of the appointment, with their own phone and mail, or else the customer's. */
const contactOf = ({ customers, contacts }: Around, { customerId, contactUserId }: Appointment) => {
  const [customer, person] = [customers.get(customerId), contacts.get(contactUserId ?? '')];
  // A contact of the centre's own staff is nobody to ask for at the customer's.
  const theirs = person?.customerId === customerId ? person : undefined;
  return compact({
    name: theirs?.name ?? (customer === undefined ? '' : customerName(customer)),
    phone: theirs?.phone ?? customer?.contactPhone,
    email: theirs?.email ?? customer?.contactEmail,
  });
};

/** The registered device, or else the device as the repair sheet describes it. */
const deviceOf = ({ devices, repairs }: Around, { assetId, subject }: Appointment) => {
  const device = assetId === undefined ? undefined : devices.get(assetId);
  if (device === undefined) return repairs.get(subject.id)?.device;
  const { id, friendlyName, category, brand, model, serialNumber } = device;
  return { id, friendlyName, category, brand, model, serialNumber };
};

/** The ticket with its title, or the repair with its problem. */
const aboutOf = (around: Around, { subject: { kind, id, number } }: Appointment) => {
  if (kind === 'TICKET') {
    const ticket = around.tickets.get(id);
    return { ticket: compact({ id, ticketNumber: number, title: ticket?.title, category: ticket?.category }) };
  }
  const repair = around.repairs.get(id);
  return { repair: compact({ id, number, problemDescription: repair?.problemDescription, status: repair?.status }) };
};

/** Appointments as the technician needs them: address, access, contact person, device, and the ticket or repair. */
export const viewBookings = async (deps: Deps, caller: Caller, visits: readonly Appointment[], legs: Pick<Legs, 'legs' | 'firstLegs'>) => {
  const [views, around] = await Promise.all([viewAppointments(deps.replicas, caller, visits), readAround(deps, caller.tenantId, visits)]);
  return visits.map((visit, index) => {
    const access = visit.location === undefined ? undefined : around.access?.get(visit.location.id);
    return compact({
      ...views[index],
      ...aboutOf(around, visit),
      contact: contactOf(around, visit),
      device: deviceOf(around, visit),
      access,
      // The assets service could not be asked. Without this field the technician would believe that there is no access note.
      accessUnknown: visit.location !== undefined && around.access === undefined ? true : undefined,
      travelFromPrevious: legs.legs.get(visit.id),
      travelFromHomeBase: legs.firstLegs.get(visit.id),
    });
  });
};
