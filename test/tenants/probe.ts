import { randomUUID } from 'node:crypto';
import type { Route } from '@riparo/shared/http/route';
import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { eventually } from '@riparo/shared/testing/eventually';
import type { Installation } from './installation.js';
import { titleOf } from './kinds.js';
import { requestOf, slotsOf, type Sending, type Slot } from './requests.js';
import { send, type World } from './world.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g;

/** What tells one answer from another: status and body, without the ids, moments and numbers that are new in each. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly shape: string;
}

/** Somebody of a tenant: a role, and a token for it. */
export interface Someone {
  readonly role: Role;
  readonly token: string;
}

export interface Probe {
  readonly route: Route;
  readonly slot: Slot;
}

/** `PATCH /api/v1/users/:id [path id]` */
export const probeTitle = ({ route, slot }: Probe): string => `${titleOf(route)} [${slot.part} ${slot.path}]`;

/** Every place of every route where somebody could name a thing. */
export const probesOf = (routes: readonly Route[]): readonly Probe[] =>
  routes.flatMap((route) => slotsOf(route).map((slot) => ({ route, slot })));

const shapeOf = (text: string, made: boolean): string => {
  const lasting = text.replace(UUID, '<id>').replace(MOMENT, '<moment>');
  return made ? lasting.replace(/\d+/g, '#') : lasting;
};

/** Sends a request as `who`; a service that does not answer in time, on a machine with much to do, is asked again. */
export const tell = (installation: Installation, { token }: Someone, sending: Sending): Promise<Answered> =>
  eventually(async () => {
    const isInside = sending.path.startsWith('/internal/');
    const { status, text } = await send(installation, isInside ? installation.serviceToken() : token, sending);
    return status !== 503 && { status, text, shape: `${status} ${shapeOf(text, sending.method !== 'GET' && status < 300)}` };
  });

/** The request of a probe by `who` of `world`, who names `id` in its slot. */
export const asked = ({ route, slot }: Probe, { role }: Someone, world: World, id?: string): Sending =>
  requestOf(route, { ids: world.ids, word: world.word, tenantId: world.tenantId, isStaff: !isCustomerRole(role) }, slot, id);

/** Reading first, then what makes, changes, acts and takes away, so that what is asked for is still there. */
const ORDER = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
const placeOf = ({ method, creates, path }: Route): number => {
  // What is in something goes before it.
  const late = method === 'DELETE' ? 9 - path.split('/').length : creates ? 0 : path.endsWith('/cancel') ? 2 : 1;
  return ORDER.indexOf(method) * 10 + late;
};
export const inOrder = (routes: readonly Route[]): readonly Route[] => [...routes].sort((a, b) => placeOf(a) - placeOf(b));

export const nowhere = (): string => randomUUID();

/** Does `work` with each of `items`, some at a time. */
export const inLanes = async <T>(items: readonly T[], work: (item: T) => Promise<void>, lanes = 8): Promise<void> => {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

/** Everything that is stored for a tenant, under `database.collection`, as JSON. */
export const storedFor = async (installation: Installation, tenantId: string): Promise<ReadonlyMap<string, string>> => {
  const stored = new Map<string, string>();
  for (const database of await installation.databases())
    for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray())
      for (const document of await database.collection(name).find({ tenantId }).toArray())
        stored.set(`${database.databaseName}.${name} ${String(document._id)}`, JSON.stringify(document));
  return stored;
};

/** Fields of what is still to be done, for anybody and for one tenant. */
const UNDONE = ['outbox.0', 'tasks.0'];
const UNDONE_FOR_TENANT = ['nextAttemptAt', 'dueAt', 'unsettledSince', 'uncounted', 'open.differences'];

/** As `storedFor`, once nothing is on its way any more. */
export const settled = async (installation: Installation, tenantId: string): Promise<ReadonlyMap<string, string>> => {
  const undone = (fields: readonly string[]) => fields.map((field) => ({ [field]: { $exists: true } }));
  const open = { $or: [...undone(UNDONE), { tenantId, $or: undone(UNDONE_FOR_TENANT) }] };
  await eventually(async () => {
    for (const database of await installation.databases())
      for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
        const found = await database.collection(name).findOne(open);
        if (found !== null) throw new Error(`${database.databaseName}.${name} is not done: ${JSON.stringify(found)}`);
      }
    return true;
  });
  return storedFor(installation, tenantId);
};

/** Documents that differ, each with what it was and is. */
export const changesIn = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key}: ${before.get(key) ?? 'nothing'} became ${after.get(key) ?? 'nothing'}`);
