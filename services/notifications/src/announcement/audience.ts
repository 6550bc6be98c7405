import type { PublishedCustomer, PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Replicated } from '@riparo/shared/persistence/replica';
import { fold } from '@riparo/shared/text/fold';
import type { Replicas } from '../replica/replicas.js';
import { localeFor } from '../template/template.js';
import { ROLES_OF, type AnnouncementInput, type AudienceFilter, type Progress } from './announcement.js';

/** Somebody in an audience: a user, or a customer where nobody has an account. */
export interface Reader {
  readonly userId?: string;
  readonly customerId?: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
}

/** The next few readers, and where to go on; `next` is missing at the end. A step may have no readers and go on all the same. */
export interface Step {
  readonly readers: readonly Reader[];
  readonly next?: Progress;
}

export type Asked = Pick<AnnouncementInput, 'audience' | 'filter'>;

export interface AudienceDeps extends Pick<Replicas, 'users' | 'customers' | 'settings'> {
  readonly defaultLocale: string;
}

export type NextReaders = (tenantId: string, asked: Asked, from: Progress) => Promise<Step>;

/** So many are in memory at a time. */
const STEP = 100;
/** People of one step of customers that are looked at in one go. */
const PEOPLE = 1_000;

type User = PublishedUser & Replicated;
type Customer = PublishedCustomer & Replicated;

const usable = { status: 'ACTIVE', removed: false } as const;

const rolesOf = ({ audience, filter }: Asked) => ROLES_OF[audience].filter((role) => filter?.roles?.includes(role) ?? true);

/** Customers without an account have neither a role nor a user's id. */
const hasContacts = ({ audience, filter }: Asked): boolean =>
  audience !== 'TECHNICIANS' && filter?.roles === undefined && filter?.userIds === undefined;

/** Ids after the last one, of those that are named. */
const idsAfter = (after: string | undefined, named: readonly string[] | undefined): object =>
  after === undefined && named === undefined
    ? {}
    : { id: { ...(after === undefined ? {} : { $gt: after }), ...(named === undefined ? {} : { $in: [...named] }) } };

const isIn = (city: string | undefined, { cities }: AudienceFilter): boolean =>
  cities === undefined || (city !== undefined && cities.some((each) => fold(each) === fold(city)));

const userReader = ({ id, name, email, phone }: User): Reader => ({ userId: id, name, email, ...(phone === undefined ? {} : { phone }) });

const customerReader = ({ id, name, surname, contactEmail, contactPhone = '' }: Customer): Reader => ({
  customerId: id,
  name: surname === undefined ? name : `${name} ${surname}`,
  ...(contactEmail === '' ? {} : { email: contactEmail }),
  ...(contactPhone === '' ? {} : { phone: contactPhone }),
});

/**
 * Goes through an audience in steps. Who is in it is decided when their step comes: whoever registers meanwhile may or may not be.
 */
export const createNextReaders = ({ users, customers, settings, defaultLocale }: AudienceDeps): NextReaders => {
  const reads = async (tenantId: string, locale: string | undefined, { locales }: AudienceFilter): Promise<boolean> => {
    if (locales === undefined) return true;
    const company = await settings.find(tenantId, tenantId);
    return locales.includes(localeFor(locale, company?.locale, defaultLocale));
  };

  const fits = async (tenantId: string, { locale, customerId }: User, filter: AudienceFilter): Promise<boolean> => {
    if (!(await reads(tenantId, locale, filter))) return false;
    const customer = customerId === undefined ? undefined : await customers.find(tenantId, customerId);
    // Nobody of a closed customer can sign in any more.
    return customer?.status !== 'CLOSED' && isIn(customer?.city, filter);
  };

  const accounts = async (tenantId: string, asked: Asked, { stage, after }: Progress): Promise<Step> => {
    const { filter = {} } = asked;
    const { customerIds, userIds } = filter;
    const of = customerIds === undefined ? {} : { customerId: { $in: [...customerIds] } };
    const found = await users
      .in(tenantId)
      .list({ ...usable, ...of, ...idsAfter(after, userIds), role: rolesOf(asked)[stage] }, { sort: { id: 1 }, limit: STEP });
    const fitting = await Promise.all(found.map((user) => fits(tenantId, user, filter)));
    const readers = found.filter((_, index) => fitting[index]).map(userReader);
    return { readers, next: found.length < STEP ? { stage: stage + 1 } : { stage, after: found.at(-1)?.id } };
  };

  /** Of these customers those whose people can sign in: they are reached by their accounts. */
  const withAccount = async (tenantId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
    const filter = { ...usable, role: { $in: [...ROLES_OF.CUSTOMERS] } };
    const people = await users.in(tenantId).list({ ...filter, customerId: { $in: [...ids] } }, { limit: PEOPLE });
    const known = new Set(people.flatMap(({ customerId }) => customerId ?? []));
    if (people.length < PEOPLE) return known;
    const open = ids.filter((id) => !known.has(id));
    const others = await Promise.all(open.map((id) => users.in(tenantId).findOne({ ...filter, customerId: id })));
    return new Set([...known, ...others.flatMap((user) => user?.customerId ?? [])]);
  };

  /** Addresses that are reached by an account of the same audience: nobody gets it twice. */
  const reached = async (tenantId: string, asked: Asked, emails: readonly string[]): Promise<ReadonlySet<string>> => {
    const { filter = {} } = asked;
    const found = await users
      .in(tenantId)
      .list({ ...usable, email: { $in: emails.map((email) => email.toLowerCase()) } }, { limit: PEOPLE });
    const { customerIds } = filter;
    const inside = await Promise.all(
      found.map(
        async (user) =>
          rolesOf(asked).includes(user.role) &&
          (customerIds === undefined || customerIds.includes(user.customerId ?? '')) &&
          fits(tenantId, user, filter),
      ),
    );
    return new Set(found.filter((_, index) => inside[index]).map(({ email }) => email.toLowerCase()));
  };

  const contacts = async (tenantId: string, asked: Asked, { stage, after }: Progress): Promise<Step> => {
    const { filter = {} } = asked;
    const found = await customers.in(tenantId).list(idsAfter(after, filter.customerIds), { sort: { id: 1 }, limit: STEP });
    const next = found.length < STEP ? {} : { next: { stage, after: found.at(-1)?.id } };
    const open = found.filter(({ status, city }) => status !== 'CLOSED' && isIn(city, filter));
    if (open.length === 0 || !(await reads(tenantId, undefined, filter))) return { readers: [], ...next };
    const known = await withAccount(
      tenantId,
      open.map(({ id }) => id),
    );
    const without = open.filter(({ id }) => !known.has(id));
    const taken = await reached(
      tenantId,
      asked,
      without.map(({ contactEmail }) => contactEmail),
    );
    return { readers: without.filter(({ contactEmail }) => !taken.has(contactEmail.toLowerCase())).map(customerReader), ...next };
  };

  return async (tenantId, asked, from) => {
    if (from.stage < rolesOf(asked).length) return accounts(tenantId, asked, from);
    return hasContacts(asked) ? contacts(tenantId, asked, from) : { readers: [] };
  };
};
