import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { STAFF_ROLES } from '@riparo/shared/contracts/roles';
import type { Asset } from '../equipment/asset.js';
import type { Customer } from '../replica/customer.js';
import type { Replicas } from '../replica/replicas.js';
import type { CaseContent, CaseDevice, CaseSource, RemovedText } from './knowledge-case.js';
import { personalIn, withoutPersonal, type Personal, type PersonalContext } from './personal/personal.js';

export type PeopleDeps = Pick<Replicas, 'users' | 'customers' | 'tickets' | 'repairs' | 'assets'>;

/** More people of one customer, or more staff, are not looked up. */
const MOST_PEOPLE = 2_000;

const customerName = ({ name, surname = '' }: Customer): string => `${name} ${surname}`.trim();
const userNames = (users: readonly PublishedUser[]): readonly string[] => users.map(({ name }) => name);

const serialOf = async ({ tickets, repairs, assets }: PeopleDeps, tenantId: string, { kind, id }: CaseSource) => {
  if (kind === 'WORK_REPORT') return undefined;
  const work = kind === 'TICKET' ? await tickets.in(tenantId).find(id) : await repairs.in(tenantId).find(id);
  const asset = work?.assetId === undefined ? undefined : await assets.in(tenantId).find(work.assetId);
  return asset?.serialNumber;
};

/** Everybody who may stand in texts about this work: its customers, their people, and the centre's staff. */
export const contextOf = async (
  deps: PeopleDeps,
  tenantId: string,
  { sources, device }: { readonly sources: readonly CaseSource[]; readonly device?: CaseDevice },
  asset?: Pick<Asset, 'serialNumber'>,
  most = MOST_PEOPLE,
): Promise<PersonalContext> => {
  const customerIds = [...new Set(sources.map(({ customerId }) => customerId))];
  const users = deps.users.in(tenantId);
  const [customers, theirs, staff, serials] = await Promise.all([
    deps.customers.in(tenantId).findMany(customerIds),
    customerIds.length === 0 ? [] : users.list({ customerId: { $in: customerIds } }, { limit: most }),
    users.list({ role: { $in: [...STAFF_ROLES] } }, { limit: MOST_PEOPLE }),
    Promise.all(sources.map((source) => serialOf(deps, tenantId, source))),
  ]);
  return {
    names: [...[...customers.values()].map(customerName), ...userNames(theirs), ...userNames(staff)],
    keep: device === undefined ? [] : [device.brand, device.model],
    secrets: [...serials, asset?.serialNumber].filter((serial) => serial !== undefined),
  };
};

type Texts = Pick<CaseContent, 'symptom' | 'solution' | 'tags' | 'parts' | 'cause' | 'device'>;

/** Rules see brand and model as any other text: people name their devices after themselves. */
const bareOf = (context: PersonalContext): PersonalContext => ({ ...context, keep: [] });

/** Every text of a case with the name of its field. */
const textsOf = ({ symptom, cause, solution, tags, parts, device }: Partial<Texts>): readonly (readonly [field: string, text: string])[] =>
  (
    [
      ['symptom', symptom],
      ['cause', cause],
      ['solution', solution],
      ...(tags ?? []).map((tag, index) => [`tags.${index}`, tag] as const),
      ...(parts ?? []).map(({ name }, index) => [`parts.${index}.name`, name] as const),
      ['device.brand', device?.brand],
      ['device.model', device?.model],
    ] as const
  ).flatMap(([field, text]) => (text === undefined ? [] : [[field, text] as const]));

const contextFor = (field: string, context: PersonalContext): PersonalContext => (field.startsWith('device.') ? bareOf(context) : context);

/** Everything personal in these texts, with its field. */
export const personalOf = (texts: Partial<Texts>, context: PersonalContext): readonly RemovedText[] =>
  textsOf(texts).flatMap(([field, text]) => personalIn(text, contextFor(field, context)).map((found) => ({ field, ...found })));

/** The same texts without anything personal, and what was in them. */
export const cleaned = <T extends Texts>(
  texts: T,
  context: PersonalContext,
): { readonly texts: T; readonly removed: readonly RemovedText[] } => {
  const removed: RemovedText[] = [];
  const clean = (field: string, text: string): string => {
    const after = withoutPersonal(text, contextFor(field, context));
    removed.push(...after.removed.map((found: Personal) => ({ field, ...found })));
    return after.text;
  };
  const { symptom, cause, solution, tags, parts, device } = texts;
  const without: Texts = {
    symptom: clean('symptom', symptom),
    ...(cause === undefined ? {} : { cause: clean('cause', cause) }),
    solution: clean('solution', solution),
    tags: tags.map((tag, index) => clean(`tags.${index}`, tag)),
    parts: parts.map((part, index) => ({ ...part, name: clean(`parts.${index}.name`, part.name) })),
    ...(device === undefined
      ? {}
      : { device: { ...device, brand: clean('device.brand', device.brand), model: clean('device.model', device.model) } }),
  };
  return { texts: { ...texts, ...without }, removed };
};
