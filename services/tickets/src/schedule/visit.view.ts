import type { Caller } from '@riparo/shared/contracts/caller';
import type { Appointment } from '../appointment/appointment.js';
import { viewAppointments } from '../appointment/appointment.view.js';
import { customerName } from '../replica/replicas.js';
import { compact } from '../compact.js';
import type { ScheduleDeps } from './deps.js';
import type { TravelLeg } from './legs.js';

type Deps = Pick<ScheduleDeps, 'replicas' | 'estate' | 'tickets'>;

const idsOf = <K extends keyof Appointment>(visits: readonly Appointment[], field: K): readonly Appointment[K][] =>
  visits.map((visit) => visit[field]);

/** Everything that visits point to, read at once. */
const readAround = async ({ replicas, estate, tickets }: Deps, tenantId: string, visits: readonly Appointment[]) => {
  const places = visits.flatMap(({ location }) => (location === undefined ? [] : [location.id]));
  const subjects = [...new Set(visits.map(({ subject }) => subject.id))];
  const [customers, contacts, devices, found, access] = await Promise.all([
    replicas.customers.findMany(tenantId, idsOf(visits, 'customerId')),
    replicas.users.findMany(tenantId, idsOf(visits, 'contactUserId')),
    replicas.assets.findMany(tenantId, idsOf(visits, 'assetId')),
    tickets.in(tenantId).list({ id: { $in: subjects } }, { limit: Math.max(1, subjects.length) }),
    estate.access(tenantId, places),
  ]);
  return { customers, contacts, devices, access, tickets: new Map(found.map((ticket) => [ticket.id, ticket])) };
};
type Around = Awaited<ReturnType<typeof readAround>>;

/** Whom to ask for: the person who booked, reached by their own number or else their customer's. */
const contactOf = ({ customers, contacts }: Around, { customerId, contactUserId }: Appointment) => {
  const [customer, person] = [customers.get(customerId), contacts.get(contactUserId)];
  // What somebody of the centre has booked names nobody to ask for.
  const theirs = person?.customerId === customerId ? person : undefined;
  return compact({
    name: theirs?.name ?? (customer === undefined ? '' : customerName(customer)),
    phone: theirs?.phone ?? customer?.contactPhone,
    email: theirs?.email ?? customer?.contactEmail,
  });
};

const deviceOf = ({ devices }: Around, { assetId }: Appointment) => {
  const device = assetId === undefined ? undefined : devices.get(assetId);
  if (device === undefined) return undefined;
  const { id, friendlyName, category, brand, model, serialNumber } = device;
  return { id, friendlyName, category, brand, model, serialNumber };
};

/** Appointments as who does them needs them: where, how to get in, whom to ask for, what it is about. */
export const viewVisits = async (deps: Deps, caller: Caller, visits: readonly Appointment[], legs: ReadonlyMap<string, TravelLeg>) => {
  const [views, around] = await Promise.all([viewAppointments(deps.replicas, caller, visits), readAround(deps, caller.tenantId, visits)]);
  return visits.map((visit, index) => {
    const ticket = around.tickets.get(visit.subject.id);
    const access = visit.location === undefined ? undefined : around.access?.get(visit.location.id);
    return compact({
      ...views[index],
      ticket: compact({ id: visit.subject.id, ticketNumber: visit.subject.number, title: ticket?.title, category: ticket?.category }),
      contact: contactOf(around, visit),
      device: deviceOf(around, visit),
      access,
      // Nobody should believe that there is nothing to know when it could only not be asked for.
      accessUnknown: visit.location !== undefined && around.access === undefined ? true : undefined,
      travelFromPrevious: legs.get(visit.id),
    });
  });
};
