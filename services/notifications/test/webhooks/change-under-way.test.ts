import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { CustomerUpdated } from '@riparo/shared/contracts/auth.events';
import { HOUR_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import type { Bench } from '../bench.js';
import { admin, answering, makeHook, startHooks, startReceiver, tell, until, verified, type Made, type Receiver } from './receiver.js';

/** Answers only when the test says so. */
const holding = () => {
  const held: ServerResponse[] = [];
  let most = 0;
  return {
    behaviour: (response: ServerResponse): void => {
      held.push(response);
      most = Math.max(most, held.length);
    },
    held,
    /** The most that were open at once. */
    most: (): number => most,
    answerOne: (status: number): void => {
      held.shift()?.writeHead(status).end();
    },
  };
};

describe('webhooks that are changed while attempts are under way', () => {
  let bench: Bench;
  let receiver: Receiver;
  let other: Receiver;
  beforeEach(async () => {
    bench = await startHooks({ config: { WEBHOOK_TIMEOUT_MS: 20_000 } });
    [receiver, other] = [await startReceiver(), await startReceiver()];
  });
  afterEach(async () => {
    for (const each of [receiver, other]) await each.stop();
    await bench.stop();
  });

  const happen = async (times: number): Promise<void> => {
    const customer = { type: 'BUSINESS', name: 'Studio Verdi', contactEmail: 'verdi@example.test', status: 'ACTIVE' } as const;
    const subjects = Array.from({ length: times }, () => randomUUID());
    await Promise.all(subjects.map((id) => bench.publish(CustomerUpdated, { customer: { ...customer, id } }, { subject: id })));
  };
  const queued = (webhookId: string) =>
    bench.platform.connection.collection('webhook_deliveries').countDocuments({ webhookId, nextAttemptAt: { $exists: true } });
  const put = (id: string, url: string) =>
    bench.api.put(`/webhooks/${id}`, { url, events: ['customers.*'], active: true }, { token: admin(bench) });

  it('when many events come at once, then four attempts of one webhook are under way, never five', async () => {
    const gate = holding();
    receiver.behave(gate.behaviour);
    await makeHook(bench, receiver.url);
    await happen(12);
    for (let done = 0; done < 12; done++) {
      const open = Math.min(4, 12 - done);
      await until(() => gate.held.length === open);
      const looks = Array.from({ length: 5 }, () => bench.service.deliverWebhooks());
      gate.answerOne(204);
      if (done === 11) await Promise.all(looks);
    }
    expect([receiver.got.length, gate.most()]).to.deep.equal([12, 4]);
  });

  it('when the address is changed meanwhile, then what failed there is tried at the new one alone', async () => {
    const gate = holding();
    receiver.behave(gate.behaviour);
    const { id } = await makeHook(bench, receiver.url);
    await happen(6);
    await until(() => gate.held.length === 4);
    expect((await put(id, other.url)).status).to.equal(200);
    for (let count = 0; count < 4; count++) gate.answerOne(500);
    await bench.service.deliverWebhooks();
    bench.clock.advance(HOUR_MS);
    await bench.service.deliverWebhooks();
    expect([receiver.got.length, other.got.length]).to.deep.equal([4, 6]);
  });

  it('when the secret is rotated and its day is over, then no attempt has a signature of the old one', async () => {
    const gate = holding();
    receiver.behave(gate.behaviour);
    const { id, secret } = await makeHook(bench, receiver.url);
    await happen(1);
    await until(() => gate.held.length === 1);
    const rotated = await bench.api.post<Made>(`/webhooks/${id}/rotate-secret`, undefined, { token: admin(bench) });
    receiver.behave(answering(204));
    gate.answerOne(500);
    await bench.service.deliverWebhooks();
    verified(secret, receiver.got[0]!);
    bench.clock.advance(25 * HOUR_MS);
    await bench.service.deliverWebhooks();
    const [, again] = receiver.got;
    expect(String(again!.headers['webhook-signature']).split(' ')).to.have.length(1);
    expect(again!.headers['webhook-id']).to.equal(receiver.got[0]!.headers['webhook-id']);
    expect(rotated.body.data.secret).to.not.equal(secret);
  });

  it('when it is deleted meanwhile, then nothing is left in its queue, and nothing more is sent', async () => {
    const gate = holding();
    receiver.behave(gate.behaviour);
    const { id } = await makeHook(bench, receiver.url);
    const { id: kept } = await makeHook(bench, other.url);
    other.behave(answering(500));
    await happen(6);
    await until(() => gate.held.length === 4);
    expect(await queued(id)).to.equal(6);
    expect((await bench.api.delete(`/webhooks/${id}`, { token: admin(bench) })).status).to.equal(204);
    expect(await queued(id)).to.equal(0);
    for (let count = 0; count < 4; count++) gate.answerOne(500);
    await bench.service.deliverWebhooks();
    bench.clock.advance(100 * HOUR_MS);
    await bench.service.deliverWebhooks();
    expect([await queued(id), receiver.got.length, await queued(kept)]).to.deep.equal([0, 4, 6]);
  });

  it('when events come while it is deleted, then nothing of them stays', async () => {
    receiver.behave(answering(500));
    const made = await Promise.all(Array.from({ length: 5 }, () => makeHook(bench, receiver.url)));
    const remove = ({ id }: Made) => bench.api.delete(`/webhooks/${id}`, { token: admin(bench) });
    await Promise.all([happen(10), ...made.map(remove), happen(10)]);
    await bench.service.deliverWebhooks();
    await tell(bench);
    for (const { id } of made) expect(await queued(id)).to.equal(0);
  });
});
