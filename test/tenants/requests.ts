import { randomUUID } from 'node:crypto';
import type { Route } from '@riparo/shared/http/route';
import { pathOf } from '@riparo/shared/http/path';
import { kindOfParam, kindOfPlace, titleOf, type Ids, type Kind } from './kinds.js';
import { idPlaces, isRequired, sampleOf, textFields, type Filler, type Place } from './samples.js';

/** Where a request names a thing: `:id`, `?customerId`, or a field of its body. */
export interface Slot {
  readonly part: 'path' | 'query' | 'body';
  readonly path: string;
  readonly kind: Kind;
}

/** One request, ready to be sent. */
export interface Sending {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly upload?: FormData;
}

/** `after` says where a page of an export begins: nothing is looked up by it. */
const isId: Filler['isId'] = ({ path }, isGuid) => (isGuid && path !== 'after') || path === 'ids' || path === 'recipients[]';

/** Values of path parameters that are no ids, the same in every tenant. */
const PARAMETERS: Readonly<Record<string, string>> = { key: 'ticket-opened', locale: 'en' };

export const parametersOf = (route: Route): readonly string[] => [...pathOf(route).matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** Every place where a request of this route names a thing. */
export const slotsOf = (route: Route): readonly Slot[] => {
  const { params, query, body } = route.input;
  const inPath =
    params === undefined ? parametersOf(route).map((path) => ({ part: 'path' as const, path, kind: kindOfParam(route, path) })) : [];
  const inSchema = (part: 'query' | 'body', schema: typeof query): readonly Slot[] =>
    schema === undefined ? [] : idPlaces(schema, isId).map((place) => ({ part, path: place.path, kind: kindOfPlace(route, place) }));
  return [...inPath, ...inSchema('query', query), ...inSchema('body', body)];
};

/** A Wednesday in four weeks, 11:00 or 12:00 on the wall clock of Rome. */
const soon = new Date(Date.now() + 28 * 86_400_000);
soon.setUTCDate(soon.getUTCDate() + 3 - soon.getUTCDay());
const visit = (minutes: string): string => `${soon.toISOString().slice(0, 10)}T10:${minutes}:00Z`;

/** What a field of this name holds where the word of the tenant would not do. */
const TEXTS: Readonly<Record<string, unknown>> = {
  tenantId: undefined,
  phone: '+39059123456',
  contactPhone: '+39059123456',
  password: 'correct-horse-battery-staple',
  currentPassword: 'correct-horse-battery-staple',
  newPassword: 'incorrect-horse-battery-staple',
  country: 'IT',
  state: 'MO',
  amount: 100,
  salePrice: 8_900,
  cost: 4_000,
  unitCost: 4_000,
  unitPrice: 8_900,
  purpose: 'sign:report',
  postalCode: '41121',
  currency: 'EUR',
  timeZone: 'Europe/Rome',
  locale: 'en',
  startDate: '2026-01-01',
  endDate: '2036-01-01',
  scheduledStartAt: visit('00'),
  scheduledEndAt: visit('30'),
  responseTime: '4 hours',
  resolutionTime: '2 days',
  start: '09:00',
  end: '12:00',
  devicePassword: 'tulip-42',
  dedupeKey: 'once',
};

export interface Writer {
  readonly ids: Ids;
  /** A word that no other tenant uses, in every text of this one. */
  readonly word: string;
  readonly tenantId: string;
  /** Staff name the customer, customers must not. */
  readonly isStaff: boolean;
}

const hours = [{ start: '09:00', end: '18:00' }];
export const OPEN = { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours };

const at = (value: unknown): boolean => value !== undefined;
/** Only lines of parts name one. */
const ofParts = ({ lines }: Readonly<Record<string, unknown>>): object =>
  at(lines) ? { lines: (lines as object[]).map((line) => ({ ...line, kind: 'PART' })) } : {};

/** Only visits have a vehicle. */
const ofVisits = ({ vehicleId }: Readonly<Record<string, unknown>>): object => (at(vehicleId) ? { type: 'ONSITE_VISIT' } : {});

/** Goes nowhere: it is switched off. */
const HOOK = { url: 'https://hooks.example.com/', events: ['*'], active: false };

const ofTicket = ({ id }: { readonly id?: string }): object => ({
  kind: 'TICKET',
  ...(id === undefined ? { number: 'TKT-2026-000001' } : { id }),
});

/** What a body needs that its schema's description does not tell: fields that depend on each other. */
const COMPLETE: Readonly<Record<string, (body: Readonly<Record<string, unknown>>, writer: Writer) => object>> = {
  'PUT /api/v1/settings': () => ({ calendar: { weekly: OPEN, exceptions: [] } }),
  'POST /api/v1/webhooks': () => HOOK,
  'PUT /api/v1/webhooks/:id': () => HOOK,
  'POST /api/v1/users': ({ customerId }, { word }) => ({
    email: `somebody@${word}.example.com`,
    role: at(customerId) ? 'CUSTOMER_USER' : 'TECH',
  }),
  'PUT /api/v1/canned-replies/:id': () => ({ isShared: true }),
  'POST /api/v1/tickets/bulk': ({ action }) => ({
    action: at((action as { technicianId?: string }).technicianId)
      ? { ...(action as object), type: 'ASSIGN' }
      : { type: 'PRIORITY', priority: 'LOW' },
  }),
  'POST /api/v1/tickets/:id/reply': ({ cannedReplyId, body = 'A reply' }) => (at(cannedReplyId) ? { body: undefined } : { body }),
  'PATCH /api/v1/tickets/:id/status': () => ({ status: 'IN_PROGRESS' }),
  'POST /api/v1/repairs': ({ assetId }, { word }) => ({
    customer: undefined,
    device: at(assetId) ? undefined : { category: 'LAPTOP', brand: word, model: word, serialNumber: `SN-${word}-DESK` },
  }),
  'POST /api/v1/repairs/:id/complete': () => ({ amount: 100 }),
  'POST /api/v1/schedules/:technicianId/time-off': () => ({ from: '2026-12-28', to: '2026-12-28' }),
  'POST /api/v1/appointments': (body, { ids }) => ({
    ...(at(body.repairId) ? { ticketId: undefined } : { ticketId: ids.ticket }),
    ...ofVisits(body),
  }),
  'POST /api/v1/tickets/:id/appointments': (body) => ofVisits(body),
  'POST /api/v1/repairs/:id/appointments': (body) => ofVisits(body),
  'POST /api/v1/quotes': (body, { ids }) => ({
    ...(at(body.ticketId) ? { repairId: undefined } : { repairId: body.repairId ?? ids.repair }),
    ...ofParts(body),
  }),
  'PUT /api/v1/quotes/:id': (body) => ({ calculationMethod: undefined, ...ofParts(body) }),
  'PATCH /api/v1/work-reports/:id': (body) => ({ solution: undefined, customerRemarks: 'Ring twice.', ...body }),
  'POST /api/v1/work-reports/:id/approve': () => ({ documentHash: 'a'.repeat(64), approvalToken: 'none' }),
  'POST /api/v1/assets/import': (_body, { word }) => ({
    csv: `friendlyName,category,brand,model,serialNumber\n${word},LAPTOP,${word},${word},${word}`,
  }),
  'POST /api/v1/parts': (_body, { word }) => ({ sku: `${word}-${randomUUID()}` }),
  'POST /api/v1/parts/:id/movements': ({ repairId }) => ({ kind: at(repairId) ? 'RETURN' : 'RECEIPT', quantity: 1 }),
  'POST /api/v1/parts/reservations': ({ repairId, workReportId }, { ids }) => ({
    repairId: at(workReportId) ? undefined : (repairId ?? ids.repair),
  }),
  'POST /api/v1/vehicles': (_body, { word }) => ({ brand: word, plate: randomUUID().slice(0, 13) }),
  'POST /api/v1/parts/counts': ({ lines }, { ids }) => ({ lines: [{ partId: ids.part, ...(lines as readonly object[])[0], counted: 9 }] }),
  'POST /api/v1/parts/import': (_body, { word }) => ({ csv: `sku,name,salePrice,cost,vatRate\n${word},${word},89,40,22` }),
  'POST /api/v1/notifications': (_body, { word }) => ({ channel: 'EMAIL', subject: `${word} news`, body: `${word} is closed on Monday.` }),
  'PATCH /api/v1/appointments/:id': (body) => ({ ...body, status: undefined, customerNotes: 'Ring twice.' }),
  'PUT /api/v1/me/notification-preferences': () => ({ colleagues: true }),
  'PUT /api/v1/repairs/:id': () => ({ device: undefined, notes: 'Came without its bag.' }),
  'POST /api/v1/notification-templates/:key/:locale/preview': () => ({}),
  // Staff have the word in their names, too.
  'POST /api/v1/knowledge': (_body, { word }) => ({
    symptom: `the ${word} is stuck`,
    solution: `renewed the ${word} and tested it`,
    notPersonal: [word],
  }),
  'PATCH /api/v1/knowledge/:id': () => ({ symptom: 'the fan is stuck' }),
  'POST /api/v1/knowledge/:id/merge': ({ ids: others }, { ids }) =>
    at(others) ? { intoId: undefined } : { intoId: ids['other knowledge'] },
  // More than is due, so that it is refused however often it is asked.
  'POST /internal/repairs/:id/payments': () => ({ amount: { amount: 999_999, currency: 'EUR' } }),
  'POST /internal/repairs/:id/refunds': () => ({ amount: { amount: 100, currency: 'EUR' }, dryRun: true }),
  'POST /internal/assets': (_body, { word }) => ({
    device: { category: 'LAPTOP', brand: word, model: word, serialNumber: `SN-${randomUUID()}` },
  }),
  'POST /internal/mail-replies': ({ subject }) => ({ subject: ofTicket(subject as { id?: string }) }),
  'POST /internal/notifications': (_body, { word }) => ({ recipients: [`somebody@${word}.example.com`] }),
};

const textOf = (word: string, tenantId: string, { name }: Place): unknown => {
  if (name === 'tenantId') return tenantId;
  if (name in TEXTS) return TEXTS[name];
  return /email|pec/i.test(name) ? `${name}@${word}.example.com`.toLowerCase() : `${word} ${name}`;
};

const without = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));

/** A value for the schema of `part` that names own things, and in `slot` whatever `ids` of the slot say. */
const valueOf = (route: Route, part: 'query' | 'body', writer: Writer, slot: Slot | undefined): object | undefined => {
  const schema = route.input[part];
  if (schema === undefined) return undefined;
  const isOnTheWay = ({ path }: Place): boolean =>
    slot?.part === part && (slot.path === path || slot.path.startsWith(`${path}.`) || slot.path.startsWith(`${path}[]`));
  const made = sampleOf(schema, {
    isId,
    id: (place) => writer.ids[kindOfPlace(route, place)],
    text: (place) => textOf(writer.word, writer.tenantId, place),
    wants: (place) =>
      isOnTheWay(place) ||
      place.name === 'surname' ||
      place.name === 'body' ||
      place.path === 'tenantId' ||
      (part === 'body' && writer.isStaff && place.path === 'customerId'),
  }) as Readonly<Record<string, unknown>>;
  // A query needs what is required and the slot: nothing else narrows a list.
  if (part === 'query') return without(made);
  return without({ ...made, ...COMPLETE[titleOf(route)]?.(made, writer) });
};

const isNeeded = ({ input }: Route, name: string): boolean => input.query !== undefined && isRequired(input.query, name);

/** Puts the id of the slot where `writer` would put its own. */
const placed = (route: Route, writer: Writer, slot: Slot | undefined, id: string | undefined): Sending => {
  const path = pathOf(route).replace(/:(\w+)/g, (_whole, name: string) => {
    if (slot?.part === 'path' && slot.path === name && id !== undefined) return id;
    return route.input.params === undefined ? writer.ids[kindOfParam(route, name)] : (PARAMETERS[name] ?? name);
  });
  const foreign = (part: 'query' | 'body'): Writer =>
    slot?.part === part && id !== undefined ? { ...writer, ids: { ...writer.ids, [slot.kind]: id } } : writer;
  const query = valueOf(route, 'query', foreign('query'), slot?.part === 'query' ? slot : undefined) ?? {};
  const required = Object.entries(query).filter(([name]) => slot?.path === name || name === 'tenantId' || isNeeded(route, name));
  const search = new URLSearchParams(required.map(([name, value]): [string, string] => [name, String(value)])).toString();
  const body = valueOf(route, 'body', foreign('body'), slot?.part === 'body' ? slot : undefined);
  return { method: route.method, path: search === '' ? path : `${path}?${search}`, ...(body === undefined ? {} : { body }) };
};

/** A picture of one pixel. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const uploadFor = ({ upload }: Route, word: string): FormData => {
  const form = new FormData();
  form.append(upload?.field ?? 'file', new Blob([PICTURE]), `${word}.png`);
  return form;
};

/** A request of this route by somebody who names own things, and `id` in `slot`. */
export const requestOf = (route: Route, writer: Writer, slot?: Slot, id?: string): Sending => ({
  ...placed(route, writer, slot, id),
  ...(route.upload === undefined ? {} : { upload: uploadFor(route, writer.word) }),
});

const NO_WORD = ['tenantId', 'from', 'to'];

/** The request of a list; with a word, one for every field of its query that takes text. */
export const searchesOf = (route: Route, { tenantId }: Pick<Writer, 'tenantId'>, word?: string): readonly Sending[] => {
  const path = pathOf(route).replace(/:(\w+)/g, (_whole, name: string) => PARAMETERS[name] ?? name);
  const tenant: [string, string][] = route.access === 'internal' ? [['tenantId', tenantId]] : [];
  const texts = route.input.query === undefined ? [] : textFields(route.input.query).filter((name) => !NO_WORD.includes(name));
  return (word === undefined ? [''] : texts).map((field) => {
    const search = new URLSearchParams([...tenant, ...(word === undefined ? [] : [[field, word] as [string, string]])]).toString();
    return { method: 'GET', path: search === '' ? path : `${path}?${search}` };
  });
};

/** Faults of a generated body: the test would otherwise compare refusals of form and call them equal. */
export const refuseUnfit = (route: Route, { body }: Sending): void => {
  const { error } = route.input.body?.validate(body, { abortEarly: false }) ?? {};
  if (error !== undefined)
    throw new Error(
      `${titleOf(route)}: the test's body does not fit (${error.message}): ${JSON.stringify(body)}. Say in TEXTS of ` +
        `test/tenants/requests.ts what such a field holds, or in COMPLETE which fields belong together.`,
    );
};
