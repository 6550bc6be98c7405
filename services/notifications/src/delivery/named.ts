import type { RecentReads } from '@riparo/shared/persistence/recent-reads';
import { withoutLinks } from '@riparo/shared/text/without-links';
import type { Replicas } from '../replica/replicas.js';

/** Names of people and companies come from strangers, and mail programs make links of what looks like one. */
export const shownName = (name: string | undefined): string | undefined => (name === undefined ? undefined : withoutLinks(name));

export type Named = (tenantId: string, data: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;

/** Events name things by id; people read names. A name that is not known here yet is left out. */
export const createNamed =
  ({ users, customers, assets }: Pick<Replicas, 'users' | 'customers' | 'assets'>, publicUrl: string): Named =>
  async (tenantId, data) => {
    const { technicianUserId, authorUserId, customerId, assetId, statusPath } = data;
    const find = <T>(copies: Pick<RecentReads<T>, 'find'>, id: unknown): Promise<T | undefined> =>
      typeof id === 'string' ? copies.find(tenantId, id) : Promise.resolve(undefined);
    const [technician, author, customer, asset] = await Promise.all([
      find(users, technicianUserId),
      find(users, authorUserId),
      find(customers, customerId),
      find(assets, assetId),
    ]);
    const surname = customer?.surname === undefined ? '' : ` ${customer.surname}`;
    const names = {
      technician: technician?.name,
      author: shownName(author?.name),
      customer: customer === undefined ? undefined : shownName(`${customer.name}${surname}`),
      customerPhone: customer?.contactPhone,
      customerEmail: customer?.contactEmail,
      device: asset?.friendlyName,
    };
    return { ...names, ...(typeof statusPath === 'string' ? { statusLink: `${publicUrl}${statusPath}` } : {}), ...data };
  };
