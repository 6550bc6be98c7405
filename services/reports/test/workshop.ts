import type { PublishedOutcome } from '@riparo/shared/contracts/repair-outcome';
import {
  RepairAssigned,
  RepairCompleted,
  RepairPaid,
  RepairPaymentWaived,
  RepairReceived,
  RepairRefused,
  RepairStatusChanged,
  type PublishedRepair,
} from '@riparo/shared/contracts/repairs.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import type { Bench } from './bench.js';

export const euro = (amount: number) => ({ amount, currency: 'EUR' });

/** A repair's life as its events tell it, each step with the next version. */
export interface RepairLife {
  readonly id: string;
  received(): Promise<void>;
  taken(by: string): Promise<void>;
  completed(at: string, by: string, part?: Partial<PublishedOutcome>): Promise<void>;
  refused(at: string, by: string, part?: Partial<PublishedOutcome>): Promise<void>;
  paid(at: string, amount: number): Promise<void>;
  waived(at: string): Promise<void>;
  canceled(at: string): Promise<void>;
  /** What was told so far, to be told again in any order. */
  readonly told: readonly (() => Promise<void>)[];
}

/** A quiet one tells nothing until its `told` are called. */
export const repairIn = ({ world }: Pick<Bench, 'world'>, part: Partial<PublishedRepair> = {}, quiet = false): RepairLife => {
  let [now, version] = [buildPublishedRepair(part), 0];
  const told: (() => Promise<void>)[] = [];
  type Tell = (repair: PublishedRepair, origin: { subject: string; version: number }) => Promise<void>;
  const step = (change: Partial<PublishedRepair>, tell: Tell): Promise<void> => {
    now = { ...now, ...change };
    const [repair, origin] = [now, { subject: now.id, version: ++version }];
    const send = () => tell(repair, origin);
    told.push(send);
    return quiet ? Promise.resolve() : send();
  };
  const decided = (type: 'COMPLETED' | 'REFUSED', at: string, by: string, part: Partial<PublishedOutcome>): Partial<PublishedRepair> => {
    const outcome = { type, description: 'New mainboard', amount: euro(10_000), decidedAt: at, decidedByUserId: by, ...part };
    return { status: type, outcome, amountDue: outcome.amount };
  };
  return {
    id: now.id,
    received: () => step({}, (repair, origin) => world.publish(RepairReceived, { repair, at: repair.createdAt }, origin)),
    taken: (by) =>
      step({ assignedToUserId: by, status: 'IN_PROGRESS' }, (repair, origin) =>
        world.publish(RepairAssigned, { repair, at: repair.createdAt }, origin),
      ),
    completed: (at, by, more = {}) =>
      step(decided('COMPLETED', at, by, more), (repair, origin) => world.publish(RepairCompleted, { repair, at }, origin)),
    refused: (at, by, more = {}) =>
      step(decided('REFUSED', at, by, more), (repair, origin) => world.publish(RepairRefused, { repair, at }, origin)),
    paid: (at, amount) =>
      step({ amountPaid: { ...now.amountDue, amount: now.amountPaid.amount + amount } }, (repair, origin) => {
        const payment = { id: repair.id, method: 'CASH' as const, amount: { ...repair.amountDue, amount } };
        return world.publish(RepairPaid, { repair, at, payment }, origin);
      }),
    waived: (at) =>
      step({ waived: true, paidAt: at }, (repair, origin) =>
        world.publish(RepairPaymentWaived, { repair, at, amount: euro(1), reason: 'Goodwill' }, origin),
      ),
    canceled: (at) =>
      step({ status: 'CANCELED' }, (repair, origin) =>
        world.publish(RepairStatusChanged, { repair, at, from: 'PENDING', to: 'CANCELED' }, origin),
      ),
    told,
  };
};
