import type { EventContract, EventEnvelope } from '@riparo/shared/contracts/event';
import { kindNamed, type Kind } from './kinds.js';
import { sampleOf, type Place } from './samples.js';
import type { World } from './world.js';

/** Newer than anything that a tenant has. */
const VERSION = 1_000_000;

/** Texts of events that have a form of their own. */
const TEXTS: Readonly<Record<string, string>> = {
  date: '2026-12-25',
  until: '2036-01-01',
  start: '09:00',
  end: '13:00',
  startDate: '2026-01-01',
  endDate: '2036-01-01',
  validUntil: '2036-01-01',
  readyOn: '2026-11-01',
  issuedOn: '2026-11-01',
  dueOn: '2026-12-01',
  givenUpAfter: '2036-01-01',
  currency: 'EUR',
  timeZone: 'Europe/Rome',
  locale: 'en',
};
const MOMENT = '2026-11-29T10:00:00.000Z';

/** `ticket.id` is the id of a ticket, `into.id` too. */
const kindOf = ({ name, path }: Place): Kind | undefined => {
  if (name !== 'id') return kindNamed(name);
  const around = path.split('.').at(-2) ?? '';
  return around === 'into' || around === 'other' ? 'other ticket' : kindNamed(around);
};

/** The kind that an event is about: `riparo.assets.service-plan-created.v1` is about a service plan. */
const KINDS: readonly (readonly [string, Kind | undefined])[] = [
  ['service-plan', 'service plan'],
  ['appointment', 'appointment'],
  ['location', 'location'],
  ['asset', 'asset'],
  ['part', 'part'],
  ['stock', 'part'],
  ['reservation', 'part'],
  ['customer', 'customer'],
  ['ticket', 'ticket'],
  ['repair', 'repair'],
  ['user', 'user'],
  ['registration', 'registration'],
  ['invoice', 'invoice'],
  ['sessions', 'user'],
  ['vehicle', 'vehicle'],
  ['work-report', 'work report'],
];

/** An appointment and a report are about a ticket or a repair, a reservation is for a repair or a report: the second is left out. */
const OTHERWISE = ['appointment.repairId', 'workReport.repairId', 'reservation.workReportId', 'movement.workReportId'];

const subjectOf = (type: string, { ids, tenantId }: World): string => {
  const kind = KINDS.find(([word]) => type.split('.')[2]?.startsWith(word))?.[1];
  // Settings are the tenant's own.
  return kind === undefined ? tenantId : ids[kind];
};

/** An event as its publisher would send it, of another tenant, about what this world has; `order` counts events. */
export const ourEvent = (contract: EventContract<unknown>, world: World, tenantid: string, order: number): EventEnvelope => {
  const data = sampleOf(contract.schema, {
    isId: ({ name }) => name === 'id' || name.endsWith('Id'),
    id: (place) => {
      const kind = kindOf(place);
      return kind === undefined ? subjectOf(contract.type, world) : world.ids[kind];
    },
    text: ({ name }) => TEXTS[name] ?? (/At$|^at$|until|from|to/i.test(name) ? MOMENT : `forged ${name}`),
    wants: ({ name, path }) => /(Id|ticketNumber)$/.test(name) && !OTHERWISE.includes(path),
  });
  const { error } = contract.schema.validate(data);
  if (error !== undefined)
    throw new Error(
      `${contract.type}: the test's data does not fit (${error.message}): say in TEXTS of test/tenants/events.ts what it holds.`,
    );
  const subject = subjectOf(contract.type, world);
  return {
    specversion: '1.0',
    id: `${subject}.${VERSION + order}.0`,
    source: `/riparo/${contract.type.split('.')[1] ?? ''}`,
    type: contract.type,
    subject,
    time: MOMENT,
    datacontenttype: 'application/json',
    tenantid,
    aggregateversion: VERSION + order,
    data,
  };
};
