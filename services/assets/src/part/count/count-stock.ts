import Joi from 'joi';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { pieces } from '@riparo/shared/http/price-line-schema';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { code, line, uuid } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Repository } from '@riparo/shared/persistence/repository';
import { fold } from '@riparo/shared/text/fold';
import type { Part } from '../part.js';
import type { AdjustCounted } from './adjust-counted.js';
import { viewCount, type CountLine, type StockCount } from './stock-count.js';

interface CountedLine {
  readonly partId?: string;
  readonly sku?: string;
  readonly counted: number;
  readonly seenOnHand?: number;
}
interface CountStock {
  readonly lines: readonly CountedLine[];
  readonly reason?: string;
}

const MAX_LINES = 500;
const MOST = 1_000_000;

export const countStockBody = Joi.object<CountStock>({
  lines: Joi.array()
    .items(
      Joi.object<CountedLine>({
        partId: uuid().description('The part is named by `partId` or by `sku`.'),
        sku: code(64),
        counted: pieces(0, MOST).required().description('Pieces that were found.'),
        seenOnHand: pieces(0, MOST).description(
          '`onHand` at the time of counting. What moves between then and now stays moved; default: `onHand` of now.',
        ),
      }),
    )
    .min(1)
    .max(MAX_LINES)
    .required(),
  reason: line(500),
});

const isNamed = (part: Part, { partId, sku = '' }: CountedLine): boolean =>
  partId === undefined ? part.skuKey === fold(sku) : part.id === partId;

const faultOf = ({ partId, sku }: CountedLine, part: Part | undefined, isTwice: boolean): string | undefined => {
  if ((partId === undefined) === (sku === undefined)) return 'must name the part by partId or by sku';
  if (part === undefined) return 'is no part of the catalogue';
  return isTwice ? 'is a part that was counted in an earlier line' : undefined;
};

/** Throws 422 with every fault. */
const matched = (lines: readonly CountedLine[], parts: readonly Part[]): readonly (readonly [CountedLine, Part])[] => {
  const faults: FieldFault[] = [];
  const seen = new Set<string>();
  const found = lines.flatMap((counted, index) => {
    const part = parts.find((one) => isNamed(one, counted));
    const message = faultOf(counted, part, seen.has(part?.id ?? ''));
    if (message !== undefined || part === undefined) {
      faults.push({ path: `lines.${index}`, message: message ?? '' });
      return [];
    }
    seen.add(part.id);
    return [[counted, part] as const];
  });
  if (faults.length > 0) throw invalidInput(faults);
  return found;
};

interface Deps {
  readonly parts: Repository<Part>;
  readonly stockCounts: Repository<StockCount>;
  readonly adjustCounted: AdjustCounted;
}

/** The count is written first, with what the books had, and the parts after it. */
export const countStock =
  ({ parts, stockCounts, adjustCounted }: Deps) =>
  async ({ caller, body, ids, now }: Call<CountStock>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const id = ids.next();
    const names = {
      ids: body.lines.flatMap(({ partId }) => partId ?? []),
      skus: body.lines.flatMap(({ sku }) => (sku === undefined ? [] : fold(sku))),
    };
    const found = await parts
      .in(tenantId)
      .list({ $or: [{ id: { $in: names.ids } }, { skuKey: { $in: names.skus } }] }, { limit: MAX_LINES });
    const lines = matched(body.lines, found).map(([{ counted, seenOnHand }, part]): CountLine => {
      const { id: partId, sku, name, onHand } = part;
      return { partId, sku, name, counted, expected: seenOnHand ?? onHand, movementId: ids.next() };
    });
    const draft = compact({ id, lines, reason: body.reason, countedByUserId: userId, countedAt: now, unsettledSince: now });
    // Under its key a repeated request gets the count of the first one, with what the books had then.
    const count = await stockCounts.in(tenantId).insert(draft);
    await adjustCounted(tenantId, count);
    return created(`/parts/counts/${id}`, viewCount(count));
  };
