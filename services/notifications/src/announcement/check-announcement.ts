import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import type { Dependencies } from '../dependencies.js';
import { ROLES_OF, type AnnouncementInput } from './announcement.js';

type Deps = Pick<Dependencies, 'users' | 'customers' | 'twilio'>;

/** What nobody of the audience can meet is a mistake, not an announcement to nobody. */
const faultsOf = ({ audience, filter: { roles = [], customerIds, cities } = {} }: AnnouncementInput): readonly FieldFault[] => {
  const strangers = roles.filter((role) => !ROLES_OF[audience].includes(role));
  const ofCustomers = audience === 'TECHNICIANS' ? { customerIds, cities } : {};
  return [
    ...strangers.map((role) => ({ path: 'filter.roles', message: `${role} is no role of ${audience}` })),
    ...Object.entries(ofCustomers)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => ({ path: `filter.${name}`, message: 'technicians have no customer' })),
  ];
};

/** Whoever is named has to be there: an id with a typo would otherwise leave somebody out without a word. */
export const checkAnnouncement = async (deps: Deps, tenantId: string, input: AnnouncementInput): Promise<void> => {
  const { filter: { customerIds = [], userIds = [] } = {}, channels } = input;
  const noSms = channels.includes('SMS') && deps.twilio === undefined;
  const faults = [...faultsOf(input), ...(noSms ? [{ path: 'channels', message: 'there is no provider for text messages (SMS)' }] : [])];
  if (faults.length > 0) throw invalidInput(faults);
  const [customers, users] = await Promise.all([
    deps.customers.in(tenantId).findMany(customerIds),
    deps.users.in(tenantId).findMany(userIds),
  ]);
  if (customers.size < customerIds.length) throw notFound('customer');
  if (userIds.some((id) => users.get(id)?.removed ?? true)) throw notFound('user');
};
