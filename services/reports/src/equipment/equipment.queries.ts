import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Span } from '../outcome/outcome.store.js';
import { within } from '../replica/repair.queries.js';
import { keyOf } from '../replica/texts.js';

/** Which devices; written in any case. */
export interface Equipment {
  readonly brand?: string;
  readonly model?: string;
}

interface Key {
  readonly brandKey: string;
  readonly modelKey: string;
}
export interface ModelRow extends Key {
  /** As it was written last. */
  readonly brand: string;
  readonly model: string;
  readonly count: number;
}
export interface AgeRow extends Key {
  readonly days: number;
  readonly count: number;
}
export interface TextRow extends Key {
  readonly text: string;
  readonly count: number;
}

/** Failures are repairs that came to an outcome: what was called off before tells nothing of a device. */
export interface EquipmentQueries {
  total(tenantId: string, span: Span): Promise<number>;
  /** Most failures first. */
  models(tenantId: string, span: Span, equipment: Equipment): AsyncIterable<ModelRow>;
  /** Youngest first. */
  ages(tenantId: string, span: Span, equipment: Equipment): AsyncIterable<AgeRow>;
  /** Most frequent first, as all below. */
  problems(tenantId: string, span: Span, equipment: Equipment): AsyncIterable<TextRow>;
  /** Words that problems have in common, however they are told. */
  words(tenantId: string, span: Span, equipment: Equipment): AsyncIterable<TextRow>;
  solutions(tenantId: string, span: Span, equipment: Equipment): AsyncIterable<TextRow>;
}

const MODEL = { brandKey: '$brandKey', modelKey: '$modelKey' };
const PARTS = { brandKey: '$_id.brandKey', modelKey: '$_id.modelKey', count: 1, _id: 0 };
const COUNT = { $sum: 1 };

export const createEquipmentQueries = ({ connection }: Platform): EquipmentQueries => {
  const collection = connection.collection('repairs');
  const matching = (tenantId: string, span: Span, { brand, model }: Equipment): Document => ({
    tenantId,
    ...(brand === undefined ? {} : { brandKey: keyOf(brand) }),
    ...(model === undefined ? {} : { modelKey: keyOf(model) }),
    'outcome.at': within(span),
  });
  const ask = <T extends Document>(match: Document, stages: readonly Document[]): AsyncIterable<T> =>
    collection.aggregate<T>([{ $match: match }, ...stages]);
  /** Texts that are alike are counted together and shown as one of them was written. */
  const texts = (match: Document, key: string, text: string, before: readonly Document[] = []): AsyncIterable<TextRow> =>
    ask<TextRow>(match, [
      ...before,
      { $group: { _id: { ...MODEL, key: `$${key}` }, text: { $max: `$${text}` }, count: COUNT } },
      { $sort: { count: -1, '_id.key': 1 } },
      { $project: { ...PARTS, text: 1 } },
    ]);
  return {
    total: (tenantId, span) => collection.countDocuments(matching(tenantId, span, {})),
    models: (tenantId, span, equipment) =>
      ask<ModelRow>(matching(tenantId, span, equipment), [
        { $sort: { 'outcome.at': 1 } },
        { $group: { _id: MODEL, brand: { $last: '$brand' }, model: { $last: '$model' }, count: COUNT } },
        { $sort: { count: -1, '_id.brandKey': 1, '_id.modelKey': 1 } },
        { $project: { ...PARTS, brand: 1, model: 1 } },
      ]),
    ages: (tenantId, span, equipment) =>
      ask<AgeRow>({ ...matching(tenantId, span, equipment), daysSincePurchase: { $gte: 0 } }, [
        { $group: { _id: { ...MODEL, days: '$daysSincePurchase' }, count: COUNT } },
        { $sort: { '_id.days': 1 } },
        { $project: { ...PARTS, days: '$_id.days' } },
      ]),
    problems: (tenantId, span, equipment) => texts(matching(tenantId, span, equipment), 'problemKey', 'problem'),
    words: (tenantId, span, equipment) =>
      texts(matching(tenantId, span, equipment), 'problemWords', 'problemWords', [{ $unwind: '$problemWords' }]),
    solutions: (tenantId, span, equipment) =>
      texts({ ...matching(tenantId, span, equipment), 'outcome.type': 'COMPLETED' }, 'outcome.solutionKey', 'outcome.solution'),
  };
};
