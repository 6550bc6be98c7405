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
  const { partId, quantity, cost = known?.cost ?? part.cost, expectedOn } = input;
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
  const lines = inputs.flatMap((input, index) => {
    const path = `lines.${index}`;
    const part = found.find(({ id }) => id === input.partId);
    const known = before.find(({ id }) => id === input.id);
    if (part === undefined) faults.push({ path: `${path}.partId`, message: 'is no part of the catalogue' });
    else if (!part.active && known === undefined) faults.push({ path: `${path}.partId`, message: 'is a part that is no longer offered' });
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
