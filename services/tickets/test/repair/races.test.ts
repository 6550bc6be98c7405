import type { Answer, HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { createTicketsService } from '../../src/service.js';
import { startBench, ticketsConfig, type Bench, type Person } from '../bench.js';
import { CHARGE, startDesk, type Desk, type WholeRepair } from './life.js';

const CONFIG = ticketsConfig();
const ROUNDS = 5;

describe('races for a repair, on two instances over one database', () => {
  let bench: Bench;
  let other: TestPlatform;
  let apis: readonly HttpClient[];
  let desk: Desk;
  let marco: Person;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    const { connection } = bench.test.platform;
    other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    apis = [bench.api, (await other.startService((platform) => createTicketsService(platform, CONFIG))).api];
    desk = await startDesk(bench);
    marco = await bench.technician({ name: 'Marco' });
  });
  after(async () => {
    await other.stop();
    await bench.stop();
  });

  interface Runner {
    readonly what: string;
    readonly by: Person;
    readonly body?: unknown;
  }
  type Judge = (answers: readonly Answer<WholeRepair>[], after: WholeRepair) => void;

  /** Timeline and events tell the same story as the repair, step by step, whoever won. */
  const isSound = async (id: string): Promise<WholeRepair> => {
    await Promise.all([bench.test.idle(), other.idle()]);
    const repair = await desk.read(id);
    const moves = repair.activities.filter(({ metadata }) => metadata?.to !== undefined && metadata.from !== undefined);
    let status = 'PENDING';
    for (const { metadata } of moves.filter(({ type }) => type === 'STATUS_CHANGE' || type === 'RESOLUTION')) {
      expect(metadata?.from, 'a change begins where the last one ended').to.equal(status);
      status = metadata?.to as string;
    }
    expect(status).to.equal(repair.status);
    let holder: unknown;
    for (const { metadata } of repair.activities.filter(({ type }) => type === 'ASSIGNMENT')) {
      expect(metadata?.from).to.equal(holder);
      holder = metadata?.to;
    }
    expect(holder).to.equal(repair.assignedToUserId);
    const told = [...bench.test.published, ...other.published]
      .filter(({ subject, type }) => subject === id && type.includes('repair-status-changed'))
      .sort((a, b) => a.aggregateversion - b.aggregateversion);
    expect((told.at(-1)?.data as { readonly to?: string } | undefined)?.to ?? 'PENDING').to.equal(repair.status);
    const paid = repair.payments.reduce((sum, { amount }) => sum + (amount as { amount: number }).amount, 0);
    expect(repair.amountPaid.amount).to.equal(paid);
    expect(repair.amountLeft.amount).to.be.at.least(0);
    return repair;
  };

  const race = async (prepare: () => Promise<string>, runners: readonly Runner[], judge: Judge): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await prepare();
      const answers = await Promise.all(
        runners.map(({ what, by, body }, index) => {
          const api = apis[(index + round) % 2] as HttpClient;
          return api.post<WholeRepair>(`/repairs/${id}/${what}`, body, by);
        }),
      );
      judge(answers, await isSound(id));
    }
  };
  const statuses = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status);

  it('when two take it at once, then one has it, and the other is told so', () =>
    race(
      () => desk.repairIn('PENDING', { holder: null }),
      [
        { what: 'take', by: desk.elena },
        { what: 'take', by: marco },
      ],
      (answers, { assignedToUserId, status }) => {
        expect(statuses(answers).sort()).to.deep.equal([200, 409]);
        expect(answers.find((answer) => answer.status === 409)?.body.code).to.equal('REPAIR_ALREADY_ASSIGNED');
        expect(assignedToUserId).to.equal((answers[0]?.status === 200 ? desk.elena : marco).caller.userId);
        expect(status).to.equal('IN_PROGRESS');
      },
    ));

  it('when it is taken while it is assigned, then both happened in some order, or the taker came second', () =>
    race(
      () => desk.repairIn('PENDING', { holder: null }),
      [
        { what: 'take', by: desk.elena },
        { what: 'assign', by: desk.agent, body: { technicianId: marco.caller.userId } },
      ],
      (answers, { assignedToUserId, status }) => {
        expect(answers[1]?.status).to.equal(200);
        expect(assignedToUserId).to.equal(marco.caller.userId);
        expect([answers[0]?.status, status]).to.deep.equal(answers[0]?.status === 200 ? [200, 'IN_PROGRESS'] : [409, 'PENDING']);
      },
    ));

  it('when it is paid twice at once, then no more is taken than is due', () =>
    race(
      () => desk.repairIn('READY_FOR_PICKUP'),
      Array.from({ length: 6 }, () => ({ what: 'payment', by: desk.agent, body: { method: 'CASH', amount: 2_000 } })),
      (answers, { amountPaid, amountLeft }) => {
        expect(statuses(answers).filter((status) => status === 200)).to.have.length(2);
        expect(answers.filter(({ body }) => body.code === 'PAYMENT_EXCEEDS_AMOUNT_LEFT')).to.have.length(4);
        expect([amountPaid.amount, amountLeft.amount]).to.deep.equal([4_000, CHARGE - 4_000]);
      },
    ));

  it('when it is paid and waived at once, then nothing is paid that was waived', () =>
    race(
      () => desk.repairIn('READY_FOR_PICKUP'),
      [
        { what: 'payment', by: desk.agent, body: { method: 'CARD', amount: CHARGE } },
        { what: 'waive', by: desk.agent, body: { reason: 'Kind' } },
      ],
      (answers, { amountPaid }) => {
        expect(statuses(answers).sort()).to.deep.equal([200, 409]);
        expect(amountPaid.amount).to.equal(answers[0]?.status === 200 ? CHARGE : 0);
      },
    ));

  it('when it is given back twice at once, then no more than was paid', () =>
    race(
      async () => {
        const id = await desk.repairIn('READY_FOR_PICKUP');
        expect((await desk.act(id, 'payment', desk.agent, { method: 'CASH', amount: CHARGE })).status).to.equal(200);
        return id;
      },
      Array.from({ length: 4 }, () => ({
        what: 'refund',
        by: bench.person('ADMIN'),
        body: { method: 'CASH', amount: 2_000, reason: 'Sorry' },
      })),
      (answers, { amountPaid, amountLeft }) => {
        expect(statuses(answers).filter((status) => status === 200)).to.have.length(2);
        expect(answers.filter(({ body }) => body.code === 'REFUND_EXCEEDS_PAID')).to.have.length(2);
        expect([amountPaid.amount, amountLeft.amount]).to.deep.equal([CHARGE - 4_000, 0]);
      },
    ));

  it('when it is completed while it is called off, then one of the two happened', () =>
    race(
      () => desk.repairIn('IN_PROGRESS'),
      [
        { what: 'complete', by: desk.elena, body: { description: 'Done', amount: 1 } },
        { what: 'cancel', by: desk.agent, body: {} },
      ],
      (answers, { status }) => {
        expect(statuses(answers).sort()).to.deep.equal([200, 409]);
        expect(status).to.equal(answers[0]?.status === 200 ? 'COMPLETED' : 'CANCELED');
      },
    ));

  it('when the customer calls it off while it is taken, then one of the two happened', () =>
    race(
      () => desk.repairIn('PENDING', { holder: null }),
      [
        { what: 'take', by: desk.elena },
        { what: 'cancel', by: desk.rosa, body: { reason: 'It works again' } },
      ],
      (answers, { status }) => {
        expect(statuses(answers).filter((each) => each === 200)).to.have.length(1);
        expect(status).to.equal(answers[0]?.status === 200 ? 'IN_PROGRESS' : 'CANCELED');
      },
    ));

  it('when it is completed twice at once, then once', () =>
    race(
      () => desk.repairIn('IN_PROGRESS'),
      [1, 2].map((amount) => ({ what: 'complete', by: desk.elena, body: { description: `Done ${amount}`, amount } })),
      (answers, { activities }) => {
        expect(statuses(answers).sort()).to.deep.equal([200, 409]);
        expect(activities.filter(({ type }) => type === 'RESOLUTION')).to.have.length(1);
      },
    ));

  it('when it is collected by two at once, then by one', () =>
    race(
      async () => {
        const id = await desk.repairIn('READY_FOR_PICKUP');
        await desk.act(id, 'waive', desk.agent, { reason: 'Kind' });
        return id;
      },
      ['Rosa', 'Carlo'].map((collectedBy) => ({ what: 'collect', by: desk.agent, body: { collectedBy } })),
      (answers, { collectedBy }) => {
        expect(statuses(answers).sort()).to.deep.equal([200, 409]);
        expect(collectedBy).to.equal(answers[0]?.status === 200 ? 'Rosa' : 'Carlo');
      },
    ));
});
