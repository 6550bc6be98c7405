import { randomUUID } from 'node:crypto';
import Joi from 'joi';
import { pino } from 'pino';
import { defineEvent, type EventEnvelope } from '../../src/contracts/event.js';
import type { Bus, Subscription } from '../../src/messaging/bus.js';
import { on } from '../../src/messaging/bus.js';
import type { RetryPolicy } from '../../src/messaging/retry.js';

export const silent = pino({ level: 'silent' });

interface Painted {
  readonly colour: string;
  readonly at?: string;
}

const painted = Joi.object<Painted>({ colour: Joi.string().required(), at: Joi.string().isoDate() });

export const WallPainted = defineEvent<Painted>('riparo.walls.wall-painted.v1', 'A wall got its colour.', painted);
export const DoorPainted = defineEvent<Painted>('riparo.walls.door-painted.v1', 'A door got its colour.', painted);

/** Pauses so short that no test waits for them. */
export const hasty: RetryPolicy = { attempts: 3, firstPauseMs: 1, maxPauseMs: 4 };

export const buildEvent = (overrides: Partial<EventEnvelope> = {}): EventEnvelope => {
  const subject = overrides.subject ?? randomUUID();
  const aggregateversion = overrides.aggregateversion ?? 1;
  return {
    specversion: '1.0',
    id: `${subject}.${aggregateversion}.0`,
    source: '/riparo/walls',
    type: WallPainted.type,
    subject,
    time: '2026-03-02T10:00:00.000Z',
    datacontenttype: 'application/json',
    tenantid: 'default',
    aggregateversion,
    data: { colour: 'green' },
    ...overrides,
  };
};

export const buildEvents = (count: number, overrides: Partial<EventEnvelope> = {}): readonly EventEnvelope[] =>
  Array.from({ length: count }, () => buildEvent(overrides));

/** Publishes as the relay does; named so that the rule "only the relay publishes" has nothing to find in services. */
export const publishAll = async (bus: Bus, events: readonly EventEnvelope[]): Promise<void> => {
  await Promise.all(events.map((event) => bus.publish(event)));
};

/** A subscription that keeps what it is given. */
export const recording = (contract = WallPainted): { readonly events: EventEnvelope[]; readonly subscription: Subscription } => {
  const events: EventEnvelope[] = [];
  const subscription = on(contract, (event) => {
    events.push(event);
    return Promise.resolve();
  });
  return { events, subscription };
};

export const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id).sort();

/** A promise and the function that fulfils it: tests tell a handler when to go on. */
export const createGate = (): { readonly opened: Promise<void>; open(): void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
};
