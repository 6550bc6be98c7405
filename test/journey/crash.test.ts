import { randomInt } from 'node:crypto';
import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { filledQueues, parkedInDatabase, placesTaken, unpublished } from '../systems/leftovers.js';
import { eachMode } from '../systems/modes.js';
import type { OpenDatabase } from '../systems/system.js';
import { createKills, planKills } from './kills.js';
import { devicesAgree, mailsAreSingle, mailsArrive, reportAgrees, ticketsAreComplete } from './recount.js';
import { gather, workShift } from './shift.js';

const CUSTOMERS = 3;
const TICKETS_EACH = 8;
const CAPACITY = 5;
const KILLS = 3;
/** Each ticket is opened, accepted, replied to and, but for two of each customer, resolved. */
const REQUESTS = CUSTOMERS * (TICKETS_EACH * 4 - 2);

const ENVIRONMENT = {
  TECHNICIAN_CAPACITY: String(CAPACITY),
  // How soon a mail is taken over that a killed process had under way follows from it.
  SMTP_TIMEOUT_MS: '2500',
};

const outboxesEmpty = (database: OpenDatabase, withinMs: number): Promise<boolean> =>
  eventually(
    async () => {
      expect(await unpublished(database)).to.deep.equal([]);
      return true;
    },
    { withinMs },
  );

/** `CRASH_SEED=123` repeats the kills of a run. */
const seed = Number(process.env.CRASH_SEED ?? randomInt(1_000_000));

eachMode('kill -9 of everything', (begin) => {
  it(`when it comes at random points of steps 3 and 4 (CRASH_SEED=${seed}), then nothing is lost or done twice`, async () => {
    const { system, cast, broker } = await begin(ENVIRONMENT);
    const kills = createKills(system, planKills(seed, KILLS, REQUESTS));
    const crew = await gather(cast, kills.persist, CUSTOMERS, ['Edith', 'Emil']);
    kills.arm();

    const { noted, highestLoad } = await workShift(crew, TICKETS_EACH);
    expect(kills.done()).to.equal(KILLS);
    expect(highestLoad).to.be.within(1, CAPACITY);

    await ticketsAreComplete(cast.admin, noted);
    await mailsArrive(cast.mailbox, noted);
    await devicesAgree(cast.admin, crew);
    await reportAgrees(cast, crew);

    // The broker and, with separate processes, the database can be looked into while all goes on.
    if (broker) await eventually(async () => (await filledQueues(broker)).length === 0);
    else expect(await system.stop()).to.equal(0);
    const database = await system.openDatabase();
    try {
      await outboxesEmpty(database, broker === undefined ? 0 : 30_000);
      expect(await parkedInDatabase(database)).to.deep.equal([]);
      expect(Math.max(...(await placesTaken(database)))).to.be.within(1, CAPACITY);
    } finally {
      await database.close();
    }
    mailsAreSingle(cast.mailbox, noted, KILLS);
  });
});
