import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import type { PublishedVehicle } from '@riparo/shared/contracts/vehicles.events';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { Address, CustomerData } from '@riparo/shared/http/customer-schema';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { ReservedPart } from '../../src/repair/parts/find-reserved.js';
import { randomUUID } from 'node:crypto';

/** Auth and assets as far as the repair desk asks them: they find by what tells things apart, or make. */
export interface Neighbours {
  readonly auth: InternalClient;
  readonly assets: InternalClient;
  readonly customers: (PublishedCustomer & { readonly billingAddress?: Address; readonly fiscalCode?: string })[];
  readonly devices: PublishedAsset[];
  /** Those that assets knows, whether their events have arrived or not. */
  readonly vehicles: PublishedVehicle[];
  /** Open reservations of parts, by repair or work report. */
  readonly reservations: Map<string, readonly ReservedPart[]>;
  /** Customers without a location: a device of theirs has a place only with an address. */
  readonly homeless: Set<string>;
  readonly away: Set<'auth' | 'assets'>;
  /** Bodies and paths of everything that was asked. */
  readonly asked: { readonly path: string; readonly body?: unknown; readonly key?: string }[];
  /** What the next question to auth is refused with. */
  refusal?: DomainError;
}

interface DeviceQuestion {
  readonly customerId: string;
  readonly device: Pick<PublishedAsset, 'category' | 'brand' | 'model' | 'serialNumber' | 'warrantyEndDate'>;
  readonly locationId?: string;
  readonly address?: Address;
}

const makeCustomer = (data: CustomerData) => ({ ...data, id: randomUUID(), status: 'ACTIVE' as const });

const findOrMakeDevice = ({ devices, homeless }: Neighbours, question: DeviceQuestion): PublishedAsset => {
  const { customerId, device, address } = question;
  const known = devices.find((each) => each.customerId === customerId && each.serialNumber === device.serialNumber);
  if (known !== undefined) return known;
  if (homeless.has(customerId) && address === undefined) throw new DomainError('conflict', 'ASSET_WITHOUT_PLACE', 'no place');
  const locationId = question.locationId ?? randomUUID();
  const made = { ...device, id: randomUUID(), customerId, locationId, friendlyName: device.model, status: 'ACTIVE' as const };
  devices.push(made);
  return made;
};

const findCustomer = ({ customers }: Neighbours, path: string) => {
  const found = customers.find(({ id }) => path.includes(id));
  if (found === undefined) throw notFound('customer');
  return found;
};

const findVehicle = ({ vehicles }: Neighbours, path: string) => {
  const found = vehicles.find(({ id }) => path.includes(id));
  if (found === undefined) throw notFound('vehicle');
  return found;
};

const findOrMakeCustomer = ({ customers }: Neighbours, data: CustomerData) => {
  const known = customers.find(({ fiscalCode, contactEmail }) => fiscalCode === data.fiscalCode && contactEmail === data.contactEmail);
  if (known !== undefined) return { ...known, isNew: false };
  const made = makeCustomer(data);
  customers.push(made);
  return { ...made, isNew: true };
};

export const createNeighbours = (): Neighbours => {
  const refuseWhileAway = (name: 'auth' | 'assets'): void => {
    if (neighbours.away.has(name)) throw unavailable(`The ${name} service`);
  };
  const answer = <T>(value: object): T => ({ ...value, version: 1 }) as T;
  const auth: InternalClient = {
    get: async <T>(path: string): Promise<T> => {
      neighbours.asked.push({ path });
      refuseWhileAway('auth');
      return answer<T>(findCustomer(neighbours, path));
    },
    post: async <T>(path: string, body: unknown, key: string): Promise<T> => {
      neighbours.asked.push({ path, body, key });
      refuseWhileAway('auth');
      if (neighbours.refusal !== undefined) throw neighbours.refusal;
      const { billingAddress: _, ...customer } = findOrMakeCustomer(neighbours, body as CustomerData);
      return answer<T>(customer);
    },
  };
  const assets: InternalClient = {
    get: async <T>(path: string): Promise<T> => {
      neighbours.asked.push({ path });
      refuseWhileAway('assets');
      if (path.startsWith('/internal/vehicles/')) return answer<T>(findVehicle(neighbours, path));
      const forWhat = /^\/internal\/reservations\?.*(?:repairId|workReportId)=(.+)$/.exec(path)?.[1];
      if (forWhat === undefined) throw unavailable('The assets service');
      return (neighbours.reservations.get(forWhat) ?? []) as T;
    },
    post: async <T>(path: string, body: unknown, key: string): Promise<T> => {
      neighbours.asked.push({ path, body, key });
      refuseWhileAway('assets');
      return answer<T>(findOrMakeDevice(neighbours, body as DeviceQuestion));
    },
  };
  const neighbours: Neighbours = {
    auth,
    assets,
    customers: [],
    devices: [],
    vehicles: [],
    reservations: new Map(),
    homeless: new Set(),
    away: new Set(),
    asked: [],
  };
  return neighbours;
};
