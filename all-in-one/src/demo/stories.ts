import { REPAIRS } from './content/repair-texts.js';
import { ENGLISH_TICKETS, ITALIAN_TICKETS } from './content/ticket-texts.js';
import { at } from './days.js';
import type { Story } from './play.js';
import { repairStory, type RepairEnd, type RepairMoney } from './repair-story.js';
import { ticketStory } from './ticket-story.js';
import type { World } from './world.js';

const MINUTES_OF_A_DAY = 540;
/** Working days, from the first one, in which the centre is nearly empty, and in which too much comes at once. */
const LULL = { from: 24, to: 31 };
const BAD_WEEK = { from: 44, to: 49 };

const isWithin = (day: number, { from, to }: typeof LULL): boolean => day >= from && day < to;

/** How many of something begin on a day that would usually see `usual` of them. */
const countOn = ({ dice }: World, day: number, usual: number): number => {
  const factor = isWithin(day, LULL) ? 0.3 : isWithin(day, BAD_WEEK) ? 1.8 : 1;
  const expected = usual * factor * (0.5 + dice.next());
  return Math.floor(expected) + (dice.chance(expected % 1) ? 1 : 0);
};

const momentOn = ({ dice, days }: World, day: number): Date =>
  at(days.work[day] as string, `${String(dice.between(9, 16)).padStart(2, '0')}:${String(dice.between(0, 59)).padStart(2, '0')}`);

const RATINGS: readonly (readonly [number, string])[] = [
  [5, 'Veloci e gentili, grazie.'],
  [5, 'Sorted within the hour. Excellent.'],
  [4, 'Bene, ma ho dovuto spiegare due volte il problema.'],
  [4, 'Good work, friendly people.'],
  [3, 'Risolto, ma con calma.'],
  [1, 'Two days without an answer. Not what we pay for.'],
  [2, 'Ho aspettato troppo.'],
];

const ticketOn = (world: World, day: number): Story => {
  const { dice, clients } = world;
  // Companies ask more often than people at home.
  const companies = clients.filter(({ data }) => data.type !== 'INDIVIDUAL');
  const client = dice.one(dice.chance(0.65) ? companies : clients);
  const isBad = isWithin(day, BAD_WEEK);
  const rating = dice.chance(0.7)
    ? { rating: isBad ? (RATINGS.at(dice.between(-2, -1)) as (typeof RATINGS)[number]) : dice.one(RATINGS.slice(0, 5)) }
    : {};
  return ticketStory(world, {
    client,
    text: dice.one(client.data.locale === 'en' || /bennett|clarke|brooks/.test(client.data.email) ? ENGLISH_TICKETS : ITALIAN_TICKETS),
    openedAt: momentOn(world, day),
    takenAfter: isBad ? dice.between(MINUTES_OF_A_DAY, 3 * MINUTES_OF_A_DAY) : dice.between(5, 110),
    resolvedAfter: isBad ? dice.between(2, 6) * MINUTES_OF_A_DAY : dice.between(30, 2 * MINUTES_OF_A_DAY),
    waits: dice.chance(0.25),
    isClosed: dice.chance(0.75),
    ...rating,
  });
};

/** In turn, so that there is one of each whatever the dice say. */
const ENDS: readonly RepairEnd[] = [
  ...(['COLLECTED', 'LEFT_BEHIND', 'COLLECTED', 'OPEN_AMOUNT', 'COLLECTED', 'COLLECTED', 'REFUSED', 'COLLECTED'] as const),
  ...(['COLLECTED', 'DECLINED', 'COLLECTED', 'COLLECTED', 'COLLECTED', 'CANCELED', 'COLLECTED', 'COLLECTED'] as const),
];
/** Of the last days, whose devices are still here. */
const LAST_ENDS = ['WAITS_FOR_PART', 'UNANSWERED', 'COLLECTED'] as const;
const MONEY: readonly RepairMoney[] = [
  'CASH',
  'CASH',
  'CARD',
  'CARD',
  'CARD',
  'TRANSFER',
  'TRANSFER',
  'REJECTED_TRANSFER',
  'WAIVED',
  'REFUNDED',
];
const BENCHES = ['bench1', 'bench2', 'bench3', 'engineer1', 'engineer3'] as const;

const devicesOnBench = ({ clients }: World) =>
  clients.flatMap((client) =>
    client.devices.flatMap((device) => {
      const text = REPAIRS.find(({ model }) => model === device.model.model);
      return text === undefined ? [] : [{ client, device, text }];
    }),
  );

interface Bench {
  readonly devices: ReturnType<typeof devicesOnBench>;
  /** Until which day a device is not at home. */
  readonly busy: Map<string, number>;
  /** Repairs so far, and those of the last days. */
  readonly count: { all: number; last: number };
}

const inTurn = <T>(values: readonly T[], turn: number): T => values[turn % values.length] as T;

const repairOn = (world: World, day: number, { devices, busy, count }: Bench): readonly Story[] => {
  const { dice } = world;
  const free = devices.filter(({ device }) => (busy.get(device.id) ?? -1) < day);
  if (free.length === 0) return [];
  const { client, device, text } = dice.one(free);
  const isLast = day > world.days.work.length - 8;
  const turn = isLast ? count.last++ : count.all++;
  const end = inTurn<RepairEnd>(isLast ? LAST_ENDS : ENDS, turn);
  // A device that is left behind or waits stays on the shelf.
  busy.set(device.id, ['COLLECTED', 'CANCELED'].includes(end) ? day + 35 : Infinity);
  const isShort = text.sku === 'LCD-IPAD9' && end !== 'REFUSED' && end !== 'CANCELED';
  const plan = {
    client,
    device,
    text,
    technician: dice.one(BENCHES),
    takenInAt: momentOn(world, day),
    takenAfter: dice.between(30, 900),
    doneAfter: dice.between(60, 3 * MINUTES_OF_A_DAY),
    isQuoted: ['DECLINED', 'UNANSWERED'].includes(end) || (end !== 'REFUSED' && dice.chance(0.4)),
    end: isShort ? ('WAITS_FOR_PART' as const) : end,
    money: inTurn(MONEY, turn),
    comesBack: end === 'COLLECTED' && day < 40 && turn % 8 === 0,
  };
  return [repairStory(world, isShort ? { ...plan, isQuoted: false } : plan)];
};

/** Everything that begins in the history, besides what there is one of. */
export const storiesOf = (world: World): readonly Story[] => {
  const bench: Bench = { devices: devicesOnBench(world), busy: new Map(), count: { all: 0, last: 0 } };
  return world.days.work.flatMap((_, day) => {
    // The first days are for moving in.
    if (day < 2) return [];
    const tickets = Array.from({ length: countOn(world, day, 0.7) }, () => ticketOn(world, day));
    const repairs = Array.from({ length: countOn(world, day, 0.45) }, () => repairOn(world, day, bench)).flat();
    return [...tickets, ...repairs];
  });
};
