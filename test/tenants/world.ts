import { randomUUID } from 'node:crypto';
import type { Caller } from '@riparo/shared/contracts/caller';
import { isCustomerRole, isTechnician, type Role } from '@riparo/shared/contracts/roles';
import type { Route } from '@riparo/shared/http/route';
import { eventually } from '@riparo/shared/testing/eventually';
import type { Installation } from './installation.js';
import { KINDS, titleOf, type Ids } from './kinds.js';
import { OPEN, refuseUnfit, requestOf, type Sending } from './requests.js';

/** A tenant with one thing of every kind, made through the routes that make them. */
export interface World {
  readonly tenantId: string;
  readonly word: string;
  readonly ids: Ids;
  /** What a request would be told beside ids: numbers, keys of calendars. */
  readonly secrets: readonly string[];
  readonly ticketNumber: string;
  readonly repairNumber: string;
  readonly calendarUrl: string;
}

type Draft = { -readonly [K in keyof Ids]?: string };
interface Made {
  readonly id: string;
  readonly [field: string]: unknown;
}

export const callerOf = (
  { tenantId, word, ids }: Pick<World, 'tenantId' | 'word'> & { ids: Partial<Ids> },
  role: Role,
): Omit<Caller, 'sessionId'> => {
  const userId = isTechnician(role) ? ids.technician : isCustomerRole(role) ? ids.person : role === 'ADMIN' ? ids.user : undefined;
  const customer = isCustomerRole(role) ? { customerId: ids.customer ?? randomUUID() } : {};
  return {
    tenantId,
    userId: userId ?? randomUUID(),
    role,
    name: `${word} ${role}`,
    email: `${role.toLowerCase()}@${word}.example.com`,
    ...customer,
  };
};

export const routesOf = ({ services }: Pick<Installation, 'services'>): readonly Route[] => services.flatMap(({ routes }) => routes);

/** Sends a request with this token, through the gateway or, to `/internal`, past it. */
export const send = async ({ api, inside }: Pick<Installation, 'api' | 'inside'>, token: string, sending: Sending, headers = {}) => {
  const { method, path, body, upload } = sending;
  const door = path.startsWith('/internal/') ? inside : api;
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const raw = upload ?? (body === undefined ? undefined : JSON.stringify(body));
  return door.request(method, path, raw, { token, root: true, headers: { ...json, ...headers } });
};

/** Makes the tenant of this word; `word` is in every text that it writes. */
export const furnish = async (installation: Installation, tenantId: string, word: string): Promise<World> => {
  const ids: Draft = {};
  const routes = routesOf(installation);
  const [auth, , , notifications] = await installation.databases();
  const admin = { ...callerOf({ tenantId, word, ids: {} }, 'SUPER_ADMIN') };
  const tokenOf = (role: Role): string => installation.tokenOf(role === 'SUPER_ADMIN' ? admin : callerOf({ tenantId, word, ids }, role));

  const tell = async <T = Made>(title: string, fields: object = {}, role: Role = 'SUPER_ADMIN', params: Ids = ids as Ids): Promise<T> => {
    const route = routes.find((each) => titleOf(each) === title.replace(' ', ' /api/v1'));
    if (route === undefined) throw new Error(`there is no route ${title}`);
    const writer = { ids: params, word, tenantId, isStaff: !isCustomerRole(role) };
    const { body, ...rest } = requestOf(route, writer);
    const sending = body === undefined ? rest : { ...rest, body: { ...(body as object), ...fields } };
    refuseUnfit(route, sending);
    const answer = await send(installation, tokenOf(role), sending);
    if (answer.status >= 300) throw new Error(`${title} answered ${answer.status}: ${answer.text}`);
    return answer.body.data as T;
  };
  const make = async (kind: keyof Ids, title: string, fields: object = {}, role?: Role): Promise<Made> => {
    const made = await eventually(() => tell(title, fields, role), { withinMs: 5_000 });
    ids[kind] ??= made.id;
    return made;
  };
  /** Nobody of a second tenant can accept an invitation, since public routes serve one company; so the account is made active here. */
  const activate = async (kind: keyof Ids, set: object): Promise<void> => {
    await auth?.collection<{ _id: string }>('users').updateOne({ _id: ids[kind] ?? '' }, { $set: set });
  };

  await tell('PUT /settings');
  await make('customer', 'POST /customers');
  const invite = (kind: keyof Ids, fields: object) =>
    make(kind, 'POST /users', { email: `${kind}@${word}.example.com`, customerId: undefined, ...fields });
  await invite('technician', { role: 'ENGINEER', skills: ['HARDWARE', 'SOFTWARE', 'NETWORK'], availability: OPEN });
  await invite('user', { role: 'ADMIN' });
  await invite('registration', { role: 'TECH' });
  await invite('person', { role: 'CUSTOMER_ADMIN', customerId: ids.customer });
  await activate('registration', { status: 'PENDING', registration: { status: 'PENDING', requestedAt: new Date() } });
  for (const kind of ['technician', 'person', 'user'] as const) {
    await activate(kind, { status: 'ACTIVE', passwordHash: 'none' });
    // Tells the other services.
    await tell('PATCH /users/:id', { name: `${word} ${kind} again` }, 'SUPER_ADMIN', { ...ids, user: ids[kind] } as Ids);
  }

  await make('location', 'POST /locations');
  await make('asset', 'POST /assets', { locationId: ids.location });
  await make('photo', 'POST /assets/:id/photos');
  await make('service plan', 'POST /service-plans');
  await tell('POST /service-plans/:id/assets', { assetIds: [ids.asset] });
  await make('canned reply', 'POST /canned-replies', { isShared: true });
  await make('attachment', 'POST /attachments', {}, 'CUSTOMER_ADMIN');
  const ticket = await make('ticket', 'POST /tickets', { assetId: ids.asset }, 'CUSTOMER_ADMIN');
  await make('other ticket', 'POST /tickets', {}, 'CUSTOMER_ADMIN');
  await tell('POST /tickets/:id/notes', { isInternal: true });
  await tell('POST /tickets/:id/reply', {}, 'CUSTOMER_ADMIN');
  const repair = await make('repair', 'POST /repairs', { assetId: ids.asset, device: undefined, devicePassword: `${word}-42` });
  await tell('POST /repairs/:id/assign');
  await make('payment', 'POST /payments/announcements', { amount: 100 }, 'CUSTOMER_ADMIN');
  await make('part', 'POST /parts', { supplier: `${word} parts` });
  await tell('POST /parts/:id/movements');
  await make('reservation', 'POST /parts/reservations', { quantity: 2 });
  const order = await make('purchase order', 'POST /purchase-orders', { lines: [{ partId: ids.part, quantity: 3 }] });
  ids['order line'] = (order.lines as readonly Made[])[0]?.id;
  await tell('POST /purchase-orders/:id/order');
  await make('count', 'POST /parts/counts');
  await make('vehicle', 'POST /vehicles');
  await tell('POST /tickets/:id/assign');
  const lines = [{ kind: 'LABOUR', description: word, unitPrice: 100, vatRate: 22 }];
  await make('quote', 'POST /quotes', { lines });
  await tell('POST /quotes', { lines, repairId: undefined, ticketId: ids.ticket });
  await tell('POST /quotes/:id/send');
  // A document is issued for work that has ended; the other things need a repair that goes on.
  const ended = await make('ended repair', 'POST /repairs', { assetId: undefined });
  const ofEnded = { ...ids, repair: ended.id } as Ids;
  await tell('POST /repairs/:id/assign', {}, 'SUPER_ADMIN', ofEnded);
  await tell('PATCH /repairs/:id/status', { status: 'IN_PROGRESS' }, 'ENGINEER', ofEnded);
  await tell('POST /repairs/:id/complete', {}, 'ENGINEER', ofEnded);
  const invoice = await make('invoice', 'POST /invoices', { repairId: ended.id, ticketId: undefined });
  // Now, or a job prints it while a test looks at what has changed.
  await send(installation, tokenOf('SUPER_ADMIN'), { method: 'GET', path: `/api/v1/invoices/${invoice.id}/invoice.pdf` });
  await make('appointment', 'POST /appointments', { type: 'ONSITE_VISIT', vehicleId: ids.vehicle });
  await make('repair appointment', 'POST /repairs/:id/appointments', { type: 'DROP_OFF' });
  // Parts are reserved for the repair.
  await make('work report', 'POST /repairs/:id/work-reports', { technicianIds: [ids.technician] });
  const ofTicket = await make('ticket report', 'POST /tickets/:id/work-reports', { technicianIds: [ids.technician] });
  await tell('POST /parts/reservations', { workReportId: ofTicket.id, repairId: undefined });
  await make('knowledge', 'POST /knowledge');
  await make('other knowledge', 'POST /knowledge');
  await tell('POST /knowledge/:id/publish', { public: true });
  await make('schedule', 'POST /reports/schedules', { active: false });
  await make('time off', 'POST /schedules/:technicianId/time-off');
  const { url } = await tell<{ url: string }>('POST /schedules/:technicianId/calendar-feed');
  await make('notification', 'POST /notifications', { recipients: [`person@${word}.example.com`] });
  await make('announcement', 'POST /announcements');
  await tell('PUT /notification-templates/:key/:locale');
  ids['inbox item'] = await eventually(async () => (await tell<readonly Made[]>('GET /me/notifications', {}, 'ENGINEER'))[0]?.id);
  // Mails come in for the first tenant alone.
  const keep = async (kind: keyof Ids, collection: string, state: object): Promise<void> => {
    const [at, id] = [new Date(), randomUUID()];
    const entity = { _id: id, tenantId, version: 1, createdAt: at, updatedAt: at, outbox: [], ...state };
    await notifications?.collection<{ _id: string }>(collection).insertOne(entity);
    ids[kind] = id;
  };
  const text = { text: word, shownText: word, mailSubject: word, files: [] };
  await keep('inbound mail', 'inbound_mails', {
    dedupeKey: word,
    byteCount: 1,
    status: 'QUARANTINED',
    kind: 'MESSAGE',
    attempts: 1,
    ...text,
  });
  const failure = { address: `gone@${word}.example.com`, source: 'BOUNCE', reason: word, failedAt: new Date() };
  await keep('failed address', 'failed_addresses', failure);
  // Switched off: nothing is to be sent anywhere.
  const webhook = await make('webhook', 'POST /webhooks', { url: 'https://hooks.example.com/', events: ['*'], active: false });
  await keep('webhook delivery', 'webhook_deliveries', {
    ...{ webhookId: webhook.id, eventId: randomUUID(), type: 'riparo.tickets.ticket-opened.v1', payload: JSON.stringify({ type: word }) },
    ...{ status: 'DELIVERED', tries: 1, attempts: [] },
  });
  const missing = KINDS.filter((kind) => ids[kind] === undefined);
  if (missing.length > 0) throw new Error(`test/tenants/world.ts makes no ${missing.join(', ')}`);
  const [ticketNumber, repairNumber] = [String(ticket.ticketNumber), String(repair.number)];
  return {
    tenantId,
    word,
    ids: ids as Ids,
    ticketNumber,
    repairNumber,
    calendarUrl: url,
    secrets: [word, new URL(url).pathname.split('/').at(-1) ?? url],
  };
};
