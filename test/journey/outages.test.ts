import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { filledQueues, unpublished } from '../systems/leftovers.js';
import { inOneProcess, withBrokerOfItsOwn } from '../systems/modes.js';
import * as journey from './journey.js';
import { mailTo, repeated } from './mailbox.js';
import { createPerson, PASSWORD, type Person } from './person.js';
import { allTickets } from './recount.js';

const LATER = { everyMs: 100 };

const statusOf = async (url: string, path: string): Promise<number> => {
  const response = await fetch(`${url}${path}`);
  await response.body?.cancel();
  return response.status;
};

const becomes = (url: string, path: string, status: number): Promise<boolean> =>
  eventually(async () => {
    expect(await statusOf(url, path)).to.equal(status);
    return true;
  }, LATER);

withBrokerOfItsOwn('the broker is killed', (begin) => {
  it('when tickets are worked on during an outage, then everything arrives once it is back', async () => {
    const { system, cast, broker } = await begin();
    const { url, mailbox, admin } = cast;
    const engineer = await journey.joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    const { customer, laptopId } = await journey.moveIn(url, 'carla@example.com');
    const before = await journey.openTicket(customer, 'Before', laptopId);
    await mailTo(mailbox, engineer.email, new RegExp(before.ticketNumber));

    await broker.sync();
    await broker.kill();
    await becomes(url, '/health/ready', 503);
    expect(await statusOf(url, '/health/live')).to.equal(200);
    const during = await journey.openTicket(customer, 'Meanwhile', laptopId);
    expect((await journey.assigned(customer, during.id)).assignedTo?.name).to.equal('Edith Engineer');
    await journey.workOn(engineer, customer, during.id);
    expect(await statusOf(url, '/health/live')).to.equal(200);
    expect(mailbox.mails().filter(({ subject }) => subject.includes(during.ticketNumber))).to.deep.equal([]);

    await broker.restart();
    await becomes(url, '/health/ready', 200);
    for (const subject of ['received', 'takes care', 'in progress', 'New reply', 'Resolved'])
      await eventually(() => mailTo(mailbox, customer.email, new RegExp(`${during.ticketNumber}.*${subject}`)), LATER);
    await eventually(() => mailTo(mailbox, engineer.email, new RegExp(`${during.ticketNumber}.*Assigned`)), LATER);
    await eventually(() => journey.laptopShows(customer, laptopId, 1, 2), LATER);
    await eventually(() => journey.reportShows(admin, 'Edith Engineer', 1).then(() => true), LATER);
    await eventually(async () => (await filledQueues(broker)).length === 0, LATER);
    const database = await system.openDatabase();
    await eventually(async () => (await unpublished(database)).length === 0, LATER);
    expect(repeated(mailbox.mails())).to.deep.equal([]);
  });
});

interface Notification {
  readonly template?: string;
  readonly lastError?: string;
}

inOneProcess('the mail server refuses for now', (begin) => {
  it('when mails are due meanwhile, then they wait, say why, and arrive once later', async () => {
    const { cast, sink } = await begin();
    const { url, mailbox, admin } = cast;
    const engineer = await journey.joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    const { customer, laptopId } = await journey.moveIn(url, 'carla@example.com');

    sink.behave({ kind: 'refuse', code: 451, message: 'Too busy, come back later' });
    const ticket = await journey.openTicket(customer, 'Nobody hears of it', laptopId);
    await eventually(async () => {
      const waiting = await admin.get<readonly Notification[]>('/notifications?status=PENDING');
      expect(waiting.map(({ template }) => template)).to.have.members([
        'ticket-opened',
        'ticket-assigned-customer',
        'ticket-assigned-technician',
      ]);
      for (const { lastError } of waiting) expect(lastError).to.contain('come back later');
      return true;
    }, LATER);

    sink.behave({ kind: 'accept' });
    for (const subject of ['received', 'takes care'])
      await eventually(() => mailTo(mailbox, customer.email, new RegExp(`${ticket.ticketNumber}.*${subject}`)), LATER);
    await eventually(() => mailTo(mailbox, engineer.email, new RegExp(`${ticket.ticketNumber}.*Assigned`)), LATER);
    expect(await admin.get('/notifications?status=PENDING')).to.deep.equal([]);
    expect(repeated(mailbox.mails())).to.deep.equal([]);
  });
});

interface Load {
  readonly opened: readonly string[];
  readonly refused: readonly unknown[];
}

/** Opens tickets one after the other until the door is closed; `onOpened` is told of each acknowledged one. */
const openUntilClosed = async (customer: Person, name: string, onOpened: () => void): Promise<Load> => {
  const opened: string[] = [];
  for (;;) {
    try {
      const { id } = await journey.openTicket(customer, `Ticket ${opened.length + 1} of ${name}`);
      opened.push(id);
      onOpened();
    } catch (error) {
      return { opened, refused: [error instanceof TypeError ? (error.cause as NodeJS.ErrnoException).code : error] };
    }
  }
};

inOneProcess('SIGTERM under load', (begin) => {
  it('when requests are running, then each is answered and new ones are refused at the door', async () => {
    const { system, cast } = await begin();
    await journey.moveIn(cast.url, 'carla@example.com');
    const customer = createPerson(cast.url, 'carla@example.com', PASSWORD);
    await customer.logIn();

    let acknowledged = 0;
    let stopped: Promise<number | null> | undefined;
    const onOpened = (): void => {
      if (++acknowledged === 60) stopped = system.stop();
    };
    const loads = await Promise.all(Array.from({ length: 8 }, (_, index) => openUntilClosed(customer, `client ${index}`, onOpened)));
    // A connection that the process had not taken up yet when its door closed is reset by the kernel; that nothing was done for
    // it is seen below, where what is there equals what was acknowledged.
    for (const { refused } of loads) expect(refused[0]).to.be.oneOf(['ECONNREFUSED', 'ECONNRESET']);
    expect(await stopped).to.equal(0);

    await system.start();
    const { body } = await cast.admin.send<{ pagination: { totalCount: number } }>('GET', '/tickets');
    expect(body.pagination.totalCount).to.equal(acknowledged);
    const known = (await allTickets(cast.admin)).map(({ id }) => id);
    expect(loads.flatMap(({ opened }) => opened)).to.include.members(known);
  });
});
