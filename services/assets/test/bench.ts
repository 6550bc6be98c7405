import { randomUUID } from 'node:crypto';
import { CustomerCreated, type PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform, type TestPlatform, type TestPlatformOptions } from '@riparo/shared/testing/test-platform';
import { loadAssetsConfig } from '../src/config.js';
import type { AssetsOptions } from '../src/dependencies.js';
import { createAssetsService, type AssetsService } from '../src/service.js';

export interface Somebody {
  readonly token: string;
  readonly userId: string;
  readonly customerId: string;
}

/** The service under test with people around it. */
export interface Bench {
  readonly world: TestPlatform;
  readonly api: HttpClient;
  readonly url: string;
  /** A customer's account holder; every call makes another customer, known to the service. */
  customer(part?: Partial<Caller>): Promise<Somebody>;
  staff(role?: 'AGENT' | 'TECH' | 'ENGINEER' | 'ADMIN'): Omit<Somebody, 'customerId'>;
  location(by: Somebody, part?: object): Promise<string>;
  asset(by: Somebody, part?: object): Promise<string>;
  /** Does now what the job does: rebuilds that were asked for. */
  rebuild(): Promise<void>;
  /** Does now what the job does: stored words are brought in line. */
  renewWords(): Promise<void>;
  stop(): Promise<void>;
}

export const buildCustomer = (part: Partial<PublishedCustomer> = {}): PublishedCustomer => ({
  id: randomUUID(),
  type: 'BUSINESS',
  name: 'Bakery Rossi',
  contactEmail: 'rossi@example.test',
  status: 'ACTIVE',
  ...part,
});

export const buildLocation = (part: object = {}) => ({
  name: 'Main Office',
  addressLine1: '123 Main St',
  city: 'Flint',
  state: 'MI',
  postalCode: '48382',
  country: 'US',
  ...part,
});

export const buildAsset = (locationId: string, part: object = {}) => ({
  friendlyName: "Joel's Laptop",
  category: 'LAPTOP',
  brand: 'Dell',
  model: 'Latitude 7420',
  serialNumber: `SN-${randomUUID().slice(0, 8)}`,
  locationId,
  ...part,
});

export const buildTicket = (part: Partial<PublishedTicket> = {}): PublishedTicket => ({
  id: randomUUID(),
  ticketNumber: 'TKT-2026-001',
  customerId: randomUUID(),
  createdByUserId: randomUUID(),
  title: "Laptop won't boot",
  category: 'HARDWARE',
  priority: 'HIGH',
  status: 'OPEN',
  stage: 'NEW',
  source: 'PORTAL',
  slaBreached: false,
  createdAt: '2026-03-02T09:00:00.000Z',
  ...part,
});

export interface BenchOptions extends Partial<TestPlatformOptions> {
  readonly parts?: AssetsOptions;
}

export const startBench = async ({ parts, ...options }: BenchOptions = {}): Promise<Bench> => {
  const world = await createTestPlatform({ service: 'assets', now: '2026-03-02T10:00:00.000Z', ...options });
  let service: AssetsService | undefined;
  const { api, url } = await world.startService((platform) => {
    service = createAssetsService(platform, loadAssetsConfig({}), parts);
    return service;
  });
  const must = async (path: string, body: object, token: string): Promise<string> => {
    const answer = await api.post(path, body, { token });
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${answer.text}`);
    return answer.body.data.id;
  };
  return {
    world,
    api,
    url,
    customer: async (part = {}) => {
      const customer = buildCustomer(part.customerId === undefined ? {} : { id: part.customerId });
      await world.publish(CustomerCreated, { customer }, { subject: customer.id });
      const userId = part.userId ?? randomUUID();
      return {
        userId,
        customerId: customer.id,
        token: world.tokenFor({ role: 'CUSTOMER_ADMIN', customerId: customer.id, userId, ...part }),
      };
    },
    staff: (role = 'AGENT') => {
      const userId = randomUUID();
      return { userId, token: world.tokenFor({ role, userId }) };
    },
    location: ({ token }, part) => must('/locations', buildLocation(part), token),
    asset: async (by, part = {}) => {
      const known = (await api.get<{ id: string }[]>('/locations', { token: by.token })).body.data[0]?.id;
      const locationId = 'locationId' in part ? String(part.locationId) : (known ?? (await must('/locations', buildLocation(), by.token)));
      return must('/assets', buildAsset(locationId, part), by.token);
    },
    rebuild: async () => service?.rebuild(),
    renewWords: async () => service?.renewWords(),
    stop: () => world.stop(),
  };
};

export const buildServicePlan = (customerId: string, part: object = {}) => ({
  customerId,
  name: 'Premium Support',
  planType: 'PREMIUM',
  coverageLevel: 'REMOTE_PLUS_ONSITE',
  startDate: '2026-01-01',
  endDate: '2026-12-31',
  termsSummary: 'On site the next working day.',
  ...part,
});
