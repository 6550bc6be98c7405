import { createPerson, PASSWORD, type Person } from '@riparo/system-tests/journey/person';
import { moveIn, registerStaff, openTicket } from '@riparo/system-tests/journey/journey';

/** Who uses the installation while it is measured. */
export interface Population {
  readonly customer: Person;
  readonly customerToken: string;
  readonly laptopId: string;
  /** Tickets with ten replies each. */
  readonly ticketIds: readonly string[];
}

const TECHNICIANS = 20;
const TICKETS = 200;
const REPLIES = 10;

const tokenOf = async (person: Person): Promise<string> =>
  (await person.post<{ token: string }>('/auth/login', { email: person.email, password: PASSWORD })).token;

const hire = async (url: string, admin: Person, email: string): Promise<void> => {
  await registerStaff(url, email, email);
  const pending = await admin.get<readonly { id: string; email: string }[]>('/registrations?status=PENDING&pageSize=100');
  const found = pending.find((one) => one.email === email);
  if (found) await admin.post(`/registrations/${found.id}/approve`, {});
};

const openTalkedOver = async (customer: Person, laptopId: string): Promise<string> => {
  const { id } = await openTicket(customer, 'Laptop makes a noise', laptopId);
  for (let index = 0; index < REPLIES; index++) await customer.post(`/tickets/${id}/reply`, { body: `It is louder now (${index}).` });
  return id;
};

/** Twenty technicians, a customer with a laptop, and tickets through the public API. */
export const populate = async (url: string, adminEmail: string, adminPassword: string): Promise<Population> => {
  const admin = createPerson(url, adminEmail, adminPassword);
  await admin.logIn();
  for (let index = 0; index < TECHNICIANS; index++) await hire(url, admin, `tech-${index}@example.com`);
  const { customer, laptopId } = await moveIn(url, 'bench@example.com');
  const ticketIds = await Promise.all(Array.from({ length: TICKETS }, () => openTalkedOver(customer, laptopId)));
  return { customer, customerToken: await tokenOf(customer), laptopId, ticketIds };
};
