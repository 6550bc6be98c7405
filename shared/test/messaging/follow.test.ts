import { expect } from 'chai';
import type { EventEnvelope } from '../../src/contracts/event.js';
import { follow, type Followed } from '../../src/messaging/follow.js';
import { buildEvent } from './messaging.builder.js';

interface Painted {
  readonly colour: string;
}

describe('follow', () => {
  let kept: unknown[][];
  const walls: Followed<{ readonly paint: string }> = {
    in: (tenantId) => ({
      keep: async (...told) => {
        kept.push([tenantId, ...told]);
        return true;
      },
    }),
  };
  beforeEach(() => (kept = []));

  const delivery = { redelivered: false, attempt: 1 };
  const event = buildEvent({ tenantid: 't', subject: 'wall', aggregateversion: 7 }) as EventEnvelope<Painted>;

  it('when an event comes, then what is picked is kept under its subject with its version', async () => {
    await follow(walls, ({ colour }: Painted) => ({ paint: colour }))(event, delivery);
    expect(kept).to.deep.equal([['t', 'wall', 7, { paint: 'green' }]]);
  });

  it('when the copy has an id of its own, then it is kept under that', async () => {
    await follow(
      walls,
      ({ colour }: Painted) => ({ paint: colour }),
      ({ tenantid, data }) => `${tenantid}/${data.colour}`,
    )(event, delivery);
    expect(kept).to.deep.equal([['t', 't/green', 7, { paint: 'green' }]]);
  });

  it('when the copy cannot be kept, then the event has failed', async () => {
    const away: Followed<Painted> = { in: () => ({ keep: () => Promise.reject(new Error('away')) }) };
    const [handled] = await Promise.allSettled([follow(away, (data: Painted) => data)(event, delivery)]);
    expect(handled.status).to.equal('rejected');
  });
});
