import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { joinAsEngineer, moveIn, openTicket, type Cast } from './journey.js';
import { createPerson, PASSWORD, type Persist, type Person, type Problem } from './person.js';

export interface Customer {
  readonly person: Person;
  readonly laptopId: string;
}

export interface Engineer {
  readonly person: Person;
  readonly id: string;
  readonly name: string;
}

/** What was acknowledged of a ticket, as its customer and its engineer have noted it. */
export interface Noted {
  readonly id: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly key: string;
  readonly customer: Customer;
  readonly assetId?: string;
  engineer?: Engineer;
  reply?: string;
  resolution?: string;
}

export interface Crew {
  readonly customers: readonly Customer[];
  readonly engineers: readonly Engineer[];
}

/** Everybody arrives while all is well; from then on they persist. */
export const gather = async (cast: Cast, persist: Persist, customers: number, engineers: readonly string[]): Promise<Crew> => {
  const again = async (email: string): Promise<Person> => {
    const person = createPerson(cast.url, email, PASSWORD, persist);
    await person.logIn();
    return person;
  };
  const staff = engineers.map(async (name) => {
    const { email } = await joinAsEngineer(cast, `${name.toLowerCase()}@example.com`, name);
    const person = await again(email);
    const { user } = await person.get<{ user: { id: string } }>('/auth/me');
    return { person, id: user.id, name };
  });
  const households = Array.from({ length: customers }, async (_, index) => {
    const { customer, laptopId } = await moveIn(cast.url, `customer${index + 1}@example.com`);
    return { person: await again(customer.email), laptopId };
  });
  return { engineers: await Promise.all(staff), customers: await Promise.all(households) };
};

/** Tickets with these titles are begun and stay open. */
const isLong = (title: string): boolean => title.endsWith('takes longer');

/** Step 3: a customer opens tickets one after the other, every second one about the laptop; the last two take longer. */
const openAll = async (customer: Customer, count: number, noted: Map<string, Noted>): Promise<void> => {
  for (let number = 1; number <= count; number++) {
    const title = `Request ${number} of ${customer.person.email}${number > count - 2 ? ' takes longer' : ''}`;
    const key = `request-${number}`;
    const assetId = number % 2 === 0 ? customer.laptopId : undefined;
    const { id, ticketNumber } = await openTicket(customer.person, title, assetId, key);
    noted.set(title, { id, ticketNumber, title, key, customer, ...(assetId === undefined ? {} : { assetId }) });
  }
};

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly assignedTo?: { readonly id: string };
}

const resolve = async ({ person }: Engineer, id: string, resolution: string): Promise<void> => {
  const answer = await person.send<Problem>('PATCH', `/tickets/${id}/status`, { status: 'RESOLVED', resolution });
  if (answer.status === 200) return;
  // Without a key: the repetition of what was done and not acknowledged is a conflict, and the ticket tells.
  expect([answer.status, answer.body.code]).to.deep.equal([409, 'TICKET_TRANSITION_NOT_ALLOWED']);
  expect((await person.get<{ resolution?: string }>(`/tickets/${id}`)).resolution).to.equal(resolution);
};

/** Step 4: accept, reply, resolve. */
const workOn = async (engineer: Engineer, { id, title }: Listed, take: () => Promise<Noted>): Promise<void> => {
  await engineer.person.post(`/tickets/${id}/accept`, {});
  const reply = `${engineer.name} looks into "${title}".`;
  await engineer.person.post(`/tickets/${id}/reply`, { body: reply }, `reply-${id}`);
  const resolution = isLong(title) ? undefined : `${engineer.name} has done "${title}".`;
  if (resolution !== undefined) await resolve(engineer, id, resolution);
  Object.assign(await take(), { engineer, reply, resolution });
};

/** What happened in a shift. */
export interface Shift {
  readonly noted: readonly Noted[];
  /** The most open tickets that an engineer was ever seen to have. */
  readonly highestLoad: number;
}

/** Customers open tickets while engineers work on them, until each is done or, of those that take longer, begun. */
export const workShift = async ({ customers, engineers }: Crew, ticketsPerCustomer: number): Promise<Shift> => {
  const noted = new Map<string, Noted>();
  const begun = new Set<string>();
  let highestLoad = 0;
  const total = customers.length * ticketsPerCustomer;

  const nextOf = (engineer: Engineer): Promise<Listed | 'over'> =>
    eventually(
      async () => {
        if (begun.size === total) return 'over';
        const shown = await engineer.person.get<readonly Listed[]>('/tickets?active=true&pageSize=100');
        const mine = shown.filter(({ assignedTo }) => assignedTo?.id === engineer.id);
        highestLoad = Math.max(highestLoad, mine.length);
        return mine.find(({ id }) => !begun.has(id));
      },
      { withinMs: 100_000, everyMs: 50 },
    );
  // The customer may still wait for the acknowledgement of a ticket that an engineer has before them.
  const noteOf = (title: string): Promise<Noted> => eventually(() => noted.get(title), { withinMs: 60_000 });
  const work = async (engineer: Engineer): Promise<void> => {
    for (;;) {
      const next = await nextOf(engineer);
      if (next === 'over') return;
      begun.add(next.id);
      await workOn(engineer, next, () => noteOf(next.title));
    }
  };

  await Promise.all([...customers.map((customer) => openAll(customer, ticketsPerCustomer, noted)), ...engineers.map(work)]);
  return { noted: [...noted.values()], highestLoad };
};
