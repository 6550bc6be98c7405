import type { PublishedAsset, PublishedLocation } from '@riparo/shared/contracts/assets.events';
import { AssetRegistered, LocationAdded } from '@riparo/shared/contracts/assets.events';
import {
  CustomerCreated,
  SettingsChanged,
  UserUpdated,
  type PublishedCustomer,
  type PublishedSettings,
  type PublishedUser,
} from '@riparo/shared/contracts/auth.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import type { Role } from '@riparo/shared/contracts/roles';
import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform, type TestPlatform, type TestPlatformOptions } from '@riparo/shared/testing/test-platform';
import { randomUUID } from 'node:crypto';
import { loadTicketsConfig, type TicketsConfig } from '../src/config.js';
import type { TicketsOptions } from '../src/dependencies.js';
import { createTicketsService } from '../src/service.js';
import { createNeighbours, type Neighbours } from './appointment/neighbours.js';

/** A ticket as tests read it from answers. */
export interface TicketView {
  readonly id: string;
  readonly version: number;
  readonly ticketNumber: string;
  readonly status: string;
  readonly stage: string;
  readonly assignedToUserId?: string;
  readonly assignedTo?: { readonly id: string; readonly name: string };
  readonly activities: readonly ActivityView[];
  readonly [field: string]: unknown;
}

export interface ActivityView {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly isInternal: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export const buildUser = (overrides: Partial<PublishedUser> = {}): PublishedUser => ({
  id: randomUUID(),
  email: 'person@example.test',
  name: 'A Person',
  role: 'TECH',
  status: 'ACTIVE',
  skills: [],
  removed: false,
  ...overrides,
});

export const buildCustomer = (overrides: Partial<PublishedCustomer> = {}): PublishedCustomer => ({
  id: randomUUID(),
  type: 'INDIVIDUAL',
  name: 'Rosa',
  surname: 'Bianchi',
  contactEmail: 'rosa@example.test',
  status: 'ACTIVE',
  ...overrides,
});

export const buildAsset = (overrides: Partial<PublishedAsset> & { readonly customerId: string }): PublishedAsset => ({
  id: randomUUID(),
  locationId: randomUUID(),
  friendlyName: "Rosa's laptop",
  category: 'LAPTOP',
  brand: 'Dell',
  model: 'Latitude 7420',
  serialNumber: 'ABC123',
  status: 'ACTIVE',
  ...overrides,
});

export const buildLocation = (overrides: Partial<PublishedLocation> & { readonly customerId: string }): PublishedLocation => ({
  id: randomUUID(),
  name: 'Home',
  addressLine1: 'Via Roma 1',
  city: 'Modena',
  state: 'MO',
  postalCode: '41121',
  country: 'IT',
  isPrimary: true,
  removed: false,
  ...overrides,
});

/** A configuration as a start would have it; other services are away. */
export const ticketsConfig = (env: Readonly<Record<string, string>> = {}): TicketsConfig =>
  loadTicketsConfig({ ASSETS_URL: 'http://127.0.0.1:1', DEVICE_PASSWORD_KEY: 'c3'.repeat(32), ...env });

/** Tests turn the clock by weeks; tokens must not expire under them. */
const FAR_AWAY = 4_102_444_800;

const NINE_TO_SIX = [{ start: '09:00', end: '18:00' }];

export const buildSettings = (overrides: Partial<PublishedSettings> = {}): PublishedSettings => ({
  companyName: 'Riparo',
  timeZone: 'Europe/Rome',
  locale: 'en',
  currency: 'EUR',
  calendar: {
    timeZone: 'Europe/Rome',
    weekly: { monday: NINE_TO_SIX, tuesday: NINE_TO_SIX, wednesday: NINE_TO_SIX, thursday: NINE_TO_SIX, friday: NINE_TO_SIX },
    exceptions: [],
  },
  ...overrides,
});

export const buildTicket = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  title: "Laptop won't boot",
  description: 'The screen stays black.',
  category: 'HARDWARE',
  priority: 'HIGH',
  ...overrides,
});

export interface Person {
  readonly caller: Caller;
  readonly token: string;
}

/** The service on a real database, with people to call it. */
export interface Bench {
  readonly test: TestPlatform;
  /** Auth and assets, unless `parts` say otherwise. */
  readonly neighbours: Neighbours;
  readonly api: HttpClient;
  readonly baseUrl: string;
  person(role: Role, part?: Partial<Caller>): Person;
  /** A customer that the service has heard of, and somebody of theirs. */
  customer(overrides?: Partial<PublishedCustomer>): Promise<Person & { readonly customer: PublishedCustomer }>;
  /** A technician that the service has heard of. */
  technician(overrides?: Partial<PublishedUser>): Promise<Person & { readonly user: PublishedUser }>;
  asset(overrides: Partial<PublishedAsset> & { readonly customerId: string }): Promise<PublishedAsset>;
  location(overrides: Partial<PublishedLocation> & { readonly customerId: string }): Promise<PublishedLocation>;
  settings(overrides?: Partial<PublishedSettings>): Promise<void>;
  /** Opens a ticket and waits until what follows from it has happened. */
  open(by: Person, overrides?: Readonly<Record<string, unknown>>): Promise<TicketView>;
  read(by: Person, id: string): Promise<TicketView>;
  events(): Promise<readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[]>;
  stop(): Promise<void>;
}

export interface BenchOptions extends Partial<TestPlatformOptions> {
  readonly env?: Readonly<Record<string, string>>;
  readonly parts?: TicketsOptions;
}

export const startBench = async ({ env = {}, parts = {}, ...options }: BenchOptions = {}): Promise<Bench> => {
  const test = await createTestPlatform({ service: 'tickets', ...options });
  const config = ticketsConfig(env);
  const neighbours = createNeighbours();
  const { api, url } = await test.startService((platform) => createTicketsService(platform, config, { ...neighbours, ...parts }));
  const person = (role: Role, part: Partial<Caller> = {}): Person => {
    const caller = test.callerOf({ role, ...part });
    return { caller, token: test.tokenFor(caller, { exp: FAR_AWAY }) };
  };
  const read = async (by: Person, id: string): Promise<TicketView> => (await api.get<TicketView>(`/tickets/${id}`, by)).body.data;
  return {
    test,
    neighbours,
    api,
    baseUrl: url,
    person,
    read,
    customer: async (overrides) => {
      const customer = buildCustomer(overrides);
      await test.publish(CustomerCreated, { customer }, { subject: customer.id });
      return { ...person('CUSTOMER_USER', { customerId: customer.id }), customer };
    },
    technician: async (overrides) => {
      const user = buildUser(overrides);
      await test.publish(UserUpdated, { user }, { subject: user.id });
      return { ...person(user.role, { userId: user.id, name: user.name }), user };
    },
    asset: async (overrides) => {
      const asset = buildAsset(overrides);
      await test.publish(AssetRegistered, { asset }, { subject: asset.id });
      return asset;
    },
    location: async (overrides) => {
      const location = buildLocation(overrides);
      await test.publish(LocationAdded, { location }, { subject: location.id });
      return location;
    },
    settings: (overrides) => test.publish(SettingsChanged, { settings: buildSettings(overrides) }, { subject: randomUUID() }),
    open: async (by, overrides) => {
      const { status, body, text } = await api.post<TicketView>('/tickets', buildTicket(overrides), by);
      if (status !== 201) throw new Error(`could not open a ticket: ${status} ${text}`);
      return body.data;
    },
    events: async () => {
      await test.idle();
      return test.published.map(({ type, data }) => ({
        type: type.replace(/^riparo\.tickets\.|\.v1$/g, ''),
        data: data as Readonly<Record<string, unknown>>,
      }));
    },
    stop: () => test.stop(),
  };
};
