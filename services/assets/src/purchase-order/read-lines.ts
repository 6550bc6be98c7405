import { isDomainError, type FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { inCurrency } from '../part/catalogue.js';
import { currencyOf, type Part } from '../part/part.js';
import { noSuchLines } from './purchase-order.errors.js';
import type { OrderLine } from './purchase-order.js';
import type { OrderLineInput } from './purchase-order.schema.js';

const lineOf = (part: Part, input: OrderLineInput, known: OrderLine | undefined, ids: IdSource): OrderLine => {
  const before = known?.partId === input.partId ? known.cost : part.cost;
  const { partId, quantity, cost = before, expectedOn } = input;
  const { sku, name } = part;
  return compact({
    id: known?.id ?? ids.next(),
    partId,
    sku,
    name,
    quantity,
    received: known?.received ?? 0,
    ...inCurrency({ cost }, currencyOf(part)),
    expectedOn: expectedOn ?? undefined,
  });
};

/** An order has one total, so its parts are bought in one currency: that of the first. */
const currencyFault = (part: Part, first: Part | undefined): string | undefined => {
  const [currency, ordered] = [currencyOf(part), currencyOf(first ?? part)];
  return currency === ordered ? undefined : `is a part that is bought in ${currency}, others of this order in ${ordered}`;
};

const partFault = (part: Part | undefined, known: OrderLine | undefined, first: Part | undefined): string | undefined => {
  if (part === undefined) return 'is no part of the catalogue';
  if (!part.active && known?.partId !== part.id) return 'is a part that is no longer offered';
  return currencyFault(part, first);
};

/** Makes lines of a request; throws 422 with every fault: parts that are not there or no longer offered, other currencies. */
export const readLines = async (
  parts: Repository<Part>,
  tenantId: string,
  inputs: readonly OrderLineInput[],
  before: readonly OrderLine[],
  ids: IdSource,
): Promise<readonly OrderLine[]> => {
  const partIds = [...new Set(inputs.map(({ partId }) => partId))];
  const found = partIds.length === 0 ? [] : await parts.in(tenantId).list({ id: { $in: partIds } }, { limit: partIds.length });
  const faults: FieldFault[] = [];
  const partOf = ({ partId }: OrderLineInput): Part | undefined => found.find(({ id }) => id === partId);
  const first = inputs.map(partOf).find((part) => part !== undefined);
  const lines = inputs.flatMap((input, index) => {
    const path = `lines.${index}`;
    const part = partOf(input);
    const known = before.find(({ id }) => id === input.id);
    const message = partFault(part, known, first);
    if (message !== undefined) faults.push({ path: `${path}.partId`, message });
    if (input.id !== undefined && known === undefined) faults.push({ path: `${path}.id`, message: 'is no line of this order' });
    if (part === undefined) return [];
    try {
      return [lineOf(part, input, known, ids)];
    } catch (error) {
      if (!isDomainError(error)) throw error;
      faults.push(...(error.details.errors ?? []).map((fault) => ({ ...fault, path: `${path}.${fault.path}` })));
      return [];
    }
  });
  if (faults.length > 0) throw noSuchLines(faults);
  return lines;
};
