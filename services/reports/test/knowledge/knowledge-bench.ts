import { randomUUID } from 'node:crypto';
import { AssetRegistered, type PublishedAsset } from '@riparo/shared/contracts/assets.events';
import { CustomerCreated, UserRegistered, type PublishedCustomer, type PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Role } from '@riparo/shared/contracts/roles';
import { WorkReportApproved, type PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import type { AnyData } from '@riparo/shared/testing/http-client';
import { startBench, type Bench } from '../bench.js';

export interface Case {
  readonly id: string;
  readonly version: number;
  readonly device?: { readonly category: string; readonly brand: string; readonly model: string };
  readonly symptom: string;
  readonly cause?: string;
  readonly solution: string;
  readonly minutes?: number;
  readonly parts: readonly { readonly sku?: string; readonly name: string }[];
  readonly tags: readonly string[];
  readonly status?: string;
  readonly public?: boolean;
  readonly usefulCount: number;
  readonly deflectedCount?: number;
  readonly sources?: readonly { readonly kind: string; readonly id: string; readonly number: string }[];
  readonly removed?: readonly { readonly field: string; readonly kind: string; readonly text: string }[];
  readonly mergedIntoId?: string;
  readonly why?: readonly { readonly reason: string; readonly words?: readonly string[] }[];
}

export const CUSTOMER_ID = '0197a000-0000-7000-8000-000000000001';
export const LAPTOP = { category: 'LAPTOP', brand: 'Lenovo', model: 'ThinkPad T14 Gen 3' } as const;

export const buildAsset = (part: Partial<PublishedAsset> = {}): PublishedAsset => ({
  id: randomUUID(),
  customerId: CUSTOMER_ID,
  locationId: randomUUID(),
  friendlyName: 'Front desk',
  ...LAPTOP,
  serialNumber: 'PF3X9K21',
  status: 'ACTIVE',
  ...part,
});

export const buildWorkReport = (part: Partial<PublishedWorkReport> = {}): PublishedWorkReport => ({
  id: randomUUID(),
  number: 'WR-2026-000001',
  reportVersion: 1,
  ticketId: randomUUID(),
  subjectNumber: 'TKT-2026-001',
  customerId: CUSTOMER_ID,
  technicianIds: [randomUUID()],
  status: 'APPROVED',
  currency: 'EUR',
  malfunctions: [{ component: 'Fan', symptom: 'The fan is loud', cause: 'Dust in the heat sink' }],
  solution: 'Cleaned the heat sink and renewed the paste.',
  startedAt: '2026-03-02T09:00:00.000Z',
  labourMinutes: 45,
  parts: [],
  lines: [],
  ...part,
});

/** A bench with what tests of the knowledge base need beside. */
export const startKnowledgeBench = async () => {
  const bench: Bench = await startBench();
  const { world, api } = bench;
  const people: Partial<Record<Role, string>> = {};
  const userIdOf = (role: Role): string => (people[role] ??= randomUUID());
  const tokenOf = (role: Role, more: { readonly customerId?: string; readonly tenantId?: string; readonly userId?: string } = {}): string =>
    world.tokenFor({
      role,
      userId: userIdOf(role),
      ...(role.startsWith('CUSTOMER') ? { customerId: CUSTOMER_ID } : {}),
      ...more,
    });
  const ask = async <T = Case>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    role: Role,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const token = tokenOf(role);
    const raw = body === undefined ? undefined : JSON.stringify(body);
    const json: Record<string, string> = raw === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await api.request<T>(method, path, raw, { token, headers: { ...json, ...headers } });
    return { status: answer.status, data: answer.body.data, body: answer.body as unknown as AnyData, text: answer.text };
  };
  const done = async <T = Case>(...asked: Parameters<typeof ask>): Promise<T> => {
    const answer = await ask<T>(...asked);
    if (answer.status >= 300) throw new Error(`${asked[0]} ${asked[1]} answered ${answer.status}: ${answer.text}`);
    return answer.data;
  };
  return {
    ...bench,
    userIdOf,
    tokenOf,
    ask,
    done,
    list: (query = '', role: Role = 'ENGINEER') => done<readonly Case[]>('GET', `/knowledge${query}`, role),
    asset: async (part: Partial<PublishedAsset> = {}, tenantId?: string) => {
      const asset = buildAsset(part);
      await world.publish(AssetRegistered, { asset }, { subject: asset.id, ...(tenantId === undefined ? {} : { tenantId }) });
      return asset;
    },
    customer: async (part: Partial<PublishedCustomer> = {}) => {
      const customer: PublishedCustomer = {
        id: CUSTOMER_ID,
        type: 'INDIVIDUAL',
        name: 'Ermenegildo',
        surname: 'Brambati',
        contactEmail: 'e.brambati@example.com',
        status: 'ACTIVE',
        ...part,
      };
      await world.publish(CustomerCreated, { customer }, { subject: customer.id });
    },
    person: async (part: Partial<PublishedUser>) => {
      const id = part.id ?? randomUUID();
      const user: PublishedUser = {
        id,
        email: `${id}@example.test`,
        name: 'Quintina Salviati',
        role: 'CUSTOMER_USER',
        status: 'ACTIVE',
        skills: [],
        removed: false,
        ...part,
      };
      await world.publish(UserRegistered, { user }, { subject: id });
      return id;
    },
    approved: (workReport: PublishedWorkReport, version = 3) =>
      world.publish(WorkReportApproved, { workReport, at: '2026-03-02T12:00:00.000Z' }, { subject: workReport.id, version }),
    /** A case of an engineer, published. */
    published: async (part: object = {}, isPublic = true): Promise<Case> => {
      const { id } = await done('POST', '/knowledge', 'ENGINEER', {
        device: LAPTOP,
        symptom: 'Battery does not charge',
        solution: 'Replaced the DC jack and reset the controller.',
        ...part,
      });
      return done('POST', `/knowledge/${id}/publish`, 'ENGINEER', { public: isPublic });
    },
  };
};
export type KnowledgeBench = Awaited<ReturnType<typeof startKnowledgeBench>>;
