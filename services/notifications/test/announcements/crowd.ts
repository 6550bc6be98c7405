import { randomUUID } from 'node:crypto';
import { CustomerCreated, type PublishedCustomer } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { startBench, knowCompany, type Bench, type BenchOptions } from '../bench.js';

export interface Result {
  readonly notificationId: string;
  readonly channel: string;
  readonly userId?: string;
  readonly customerId?: string;
  readonly name?: string;
  readonly result: string;
  readonly reason?: string;
  readonly collectedIn?: string;
}

export interface Details {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly results: Readonly<Record<'WAITING' | 'SENT' | 'FAILED' | 'LEFT_OUT', number>>;
}

interface Listed {
  readonly status: string;
  readonly sendAt: string;
}

export const NEWS = { subject: 'Closed on Monday', body: 'Dear customers,\n\nwe are closed on Monday.' };

export interface Announced {
  readonly audience?: string;
  readonly filter?: object;
  readonly channels?: readonly string[];
  readonly sendAt?: string;
}

/** A centre with somebody of every kind. */
export const startCrowd = async (options: BenchOptions = {}) => {
  const bench: Bench = await startBench({ now: '2026-03-02T10:00:00Z', ...options });
  if (options.connection === undefined) await knowCompany(bench);
  const userId = randomUUID();
  const admin = { token: bench.tokenFor({ role: 'ADMIN', userId }) };
  const post = <T>(path: string, told: Announced, more = {}) =>
    bench.api.post<T>(path, { audience: 'CUSTOMERS', channels: ['EMAIL'], ...NEWS, ...told }, { ...admin, ...more });
  /** The job, which runs by the clock of the machine, may hold the lease: then it is asked once more. */
  const spread = () =>
    eventually(async () => {
      await bench.service.sendAnnouncements();
      const { data } = (await bench.api.get<readonly Listed[]>('/announcements?pageSize=100', admin)).body;
      return data.every(({ status, sendAt }) => status === 'SENT' || status === 'CANCELLED' || new Date(sendAt) > bench.clock.now());
    });
  const pass = async (): Promise<void> => {
    await spread();
    await bench.deliver();
  };
  return {
    bench,
    admin,
    adminId: userId,
    knowCustomer: async (customer: Partial<PublishedCustomer> = {}): Promise<PublishedCustomer> => {
      const id = randomUUID();
      const known = {
        id,
        type: 'BUSINESS',
        name: 'Studio Verdi',
        contactEmail: `${id}@example.test`,
        status: 'ACTIVE',
        ...customer,
      } as const;
      await bench.publish(CustomerCreated, { customer: known }, { subject: known.id });
      return known;
    },
    knowPerson: (customerId: string, user = {}) => bench.knowUser({ role: 'CUSTOMER_USER', customerId, ...user }),
    post,
    announce: (told: Announced = {}, more = {}) => post<Details>('/announcements', told, more),
    /** Everything that is due is sent. */
    pass,
    announced: async (told: Announced = {}): Promise<Details> => {
      const { id } = (await post<Details>('/announcements', told)).body.data;
      await pass();
      return (await bench.api.get<Details>(`/announcements/${id}`, admin)).body.data;
    },
    details: async (id: string) => (await bench.api.get<Details>(`/announcements/${id}`, admin)).body.data,
    recipients: async (id: string, query = '') =>
      (await bench.api.get<readonly Result[]>(`/announcements/${id}/recipients?pageSize=100${query}`, admin)).body.data,
    addresses: () => bench.smtp.mails.flatMap(({ to }) => to),
  };
};

export type Crowd = Awaited<ReturnType<typeof startCrowd>>;
