import { expect } from 'chai';
import { createPerson, type Problem } from './person.js';
import * as journey from './journey.js';
import { mailTo, repeated } from './mailbox.js';
import { eachSharedMode, type Scene } from '../systems/modes.js';

const define = (scene: () => Scene): void => {
  it('when people open a ticket and work on it, then everybody sees and is told every step', async () => {
    const { system, cast } = scene();
    const { url, mailbox, admin } = cast;
    const household = await journey.moveIn(url, 'carla@example.com');
    const waiting = await journey.openTicket(household.customer, 'Waits for an engineer');
    expect(waiting.assignedTo).to.equal(undefined);
    expect(waiting.stage).to.equal('NEW');

    const engineer = await journey.joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    await journey.rejectRegistration(cast, 'nemo@example.com');
    expect((await journey.assigned(household.customer, waiting.id)).assignedTo?.name).to.equal('Edith Engineer');

    const ticket = await journey.openTicket(household.customer, "Laptop won't boot", household.laptopId);
    expect(ticket.ticketNumber).to.match(/^TKT-\d{4}-002$/);
    expect((await journey.assigned(household.customer, ticket.id)).assignedTo?.name).to.equal('Edith Engineer');
    await mailTo(mailbox, 'carla@example.com', new RegExp(ticket.ticketNumber));
    await mailTo(mailbox, 'edith@example.com', new RegExp(ticket.ticketNumber));
    await journey.laptopShows(household.customer, household.laptopId, 1, 1);

    await journey.workOn(engineer, household.customer, ticket.id);
    await mailTo(mailbox, 'carla@example.com', new RegExp(`${ticket.ticketNumber}.*resolved|resolved.*${ticket.ticketNumber}`, 'i'));
    const figures = await journey.laptopShows(household.customer, household.laptopId, 0, 1);
    expect(figures.lastTicketAt).to.be.a('string');
    expect(figures.lastServiceAt).to.be.a('string');

    await journey.announce(cast, ['carla@example.com', 'edith@example.com']);
    await journey.reportShows(admin, 'Edith Engineer', 1);
    expect(repeated(mailbox.mails()), system.output()).to.deep.equal([]);
  });

  it('when somebody else asks for a ticket, then it does not exist for them', async () => {
    const { cast } = scene();
    const owner = await journey.moveIn(cast.url, 'carlo@example.com');
    const stranger = await journey.moveIn(cast.url, 'stranger@example.com');
    const ticket = await journey.openTicket(owner.customer, 'Private matter', owner.laptopId);
    const answers = await Promise.all([
      stranger.customer.send<Problem>('GET', `/tickets/${ticket.id}`),
      stranger.customer.send<Problem>('POST', `/tickets/${ticket.id}/reply`, { body: 'Hello?' }),
      stranger.customer.send<Problem>('GET', `/assets/${owner.laptopId}`),
      stranger.customer.send<Problem>('POST', '/tickets', {
        title: 'Mine?',
        description: 'Not my device.',
        category: 'HARDWARE',
        priority: 'LOW',
        assetId: owner.laptopId,
      }),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    const nobody = await createPerson(cast.url, 'nobody@example.com').send<Problem>('GET', '/tickets');
    expect(nobody.status).to.equal(401);
  });
};

// With the cost that real passwords have, unlike the other journeys.
eachSharedMode('the main job, from registration to report', define, { BCRYPT_COST: '12' });
