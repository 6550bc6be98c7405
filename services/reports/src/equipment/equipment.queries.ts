import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Span } from '../outcome/outcome.store.js';
import { within } from '../replica/repair.queries.js';
import { keyOf } from '../replica/texts.js';

/** Which devices; written in any case. */
export interface Equipment {
  readonly brand?: string;
  readonly model?: string;
}

export interface ModelKey {
  readonly brandKey: string;
  readonly modelKey: string;
}
export interface ModelRow extends ModelKey {
  /** As it was written last. */
  readonly brand: string;
  readonly model: string;
  readonly count: number;
}
export interface Counted<T> {
  readonly value: T;
  readonly count: number;
}
export interface CountedRow<T> extends ModelKey {
  readonly counted: readonly Counted<T>[];
}

/** Failures are repairs that came to an outcome: what was called off before tells nothing of a device. */
export interface EquipmentQueries {
  total(tenantId: string, span: Span): Promise<number>;
  /** Most failures first. */
  models(tenantId: string, span: Span, equipment: Equipment): AsyncIterable<ModelRow>;
  /** Days since purchase, fewest first. */
  ages(tenantId: string, span: Span, models: readonly ModelKey[]): AsyncIterable<CountedRow<number>>;
  /** The most frequent of each model, as all below. */
  problems(tenantId: string, span: Span, models: readonly ModelKey[], most: number): AsyncIterable<CountedRow<string>>;
  /** Words that problems have in common, however they are told. */
  words(tenantId: string, span: Span, models: readonly ModelKey[], most: number): AsyncIterable<CountedRow<string>>;
  solutions(tenantId: string, span: Span, models: readonly ModelKey[], most: number): AsyncIterable<CountedRow<string>>;
}

const MODEL = { brandKey: '$brandKey', modelKey: '$modelKey' };
const SAME_MODEL = { brandKey: '$_id.brandKey', modelKey: '$_id.modelKey' };
const NAMED = { ...SAME_MODEL, _id: 0 };
const COUNT = { $sum: 1 };

/** Texts that are alike are counted together and shown as one of them was written; a model comes with so many of them. */
const mostFrequent = (key: string, text: string, most: number): readonly Document[] => [
  { $group: { _id: { ...MODEL, key: `$${key}` }, value: { $max: `$${text}` }, count: COUNT } },
  {
    $group: {
      _id: SAME_MODEL,
      counted: { $topN: { n: most, sortBy: { count: -1, '_id.key': 1 }, output: { value: '$value', count: '$count' } } },
    },
  },
  { $project: { ...NAMED, counted: 1 } },
];

export const createEquipmentQueries = ({ connection }: Platform): EquipmentQueries => {
  const collection = connection.collection('repairs');
  const decidedIn = (tenantId: string, span: Span): Document => ({ tenantId, 'outcome.at': within(span) });
  /** A model of the same name by another brand is dropped by who asks. */
  const ofModels = (tenantId: string, span: Span, models: readonly ModelKey[]): Document => ({
    ...decidedIn(tenantId, span),
    brandKey: { $in: [...new Set(models.map(({ brandKey }) => brandKey))] },
    modelKey: { $in: [...new Set(models.map(({ modelKey }) => modelKey))] },
  });
  const ask = <T extends Document>(match: Document, stages: readonly Document[]): AsyncIterable<T> =>
    collection.aggregate<T>([{ $match: match }, ...stages]);
  return {
    total: (tenantId, span) => collection.countDocuments(decidedIn(tenantId, span)),
    models: (tenantId, span, { brand, model }) =>
      ask<ModelRow>(
        {
          ...decidedIn(tenantId, span),
          ...(brand === undefined ? {} : { brandKey: keyOf(brand) }),
          ...(model === undefined ? {} : { modelKey: keyOf(model) }),
        },
        [
          { $sort: { 'outcome.at': 1 } },
          { $group: { _id: MODEL, brand: { $last: '$brand' }, model: { $last: '$model' }, count: COUNT } },
          { $sort: { count: -1, '_id.brandKey': 1, '_id.modelKey': 1 } },
          { $project: { ...NAMED, brand: 1, model: 1, count: 1 } },
        ],
      ),
    ages: (tenantId, span, models) =>
      ask<CountedRow<number>>({ ...ofModels(tenantId, span, models), daysSincePurchase: { $gte: 0 } }, [
        { $group: { _id: { ...MODEL, days: '$daysSincePurchase' }, count: COUNT } },
        { $sort: { '_id.days': 1 } },
        { $group: { _id: SAME_MODEL, counted: { $push: { value: '$_id.days', count: '$count' } } } },
        { $project: { ...NAMED, counted: 1 } },
      ]),
    problems: (tenantId, span, models, most) =>
      ask<CountedRow<string>>(ofModels(tenantId, span, models), mostFrequent('problemKey', 'problem', most)),
    words: (tenantId, span, models, most) =>
      ask<CountedRow<string>>(ofModels(tenantId, span, models), [
        { $project: { brandKey: 1, modelKey: 1, problemWords: 1 } },
        { $unwind: '$problemWords' },
        ...mostFrequent('problemWords', 'problemWords', most),
      ]),
    solutions: (tenantId, span, models, most) =>
      ask<CountedRow<string>>(
        { ...ofModels(tenantId, span, models), 'outcome.type': 'COMPLETED' },
        mostFrequent('outcome.solutionKey', 'outcome.solution', most),
      ),
  };
};
