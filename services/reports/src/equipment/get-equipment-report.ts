import type { Call, Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import { periodFields, type PeriodQuery, type ReadPeriod, type ResolvedPeriod } from '../tenant-period.js';
import { weightedMedian } from '../weighted-median.js';
import { keyOf } from '../replica/texts.js';
import { nameOf, type EquipmentRates } from './equipment-rates.js';
import { ratesOf } from './model-rates.js';
import type { KnowledgeCases } from '../knowledge/knowledge.repository.js';
import type { Counted, CountedRow, Equipment, EquipmentQueries, ModelKey, ModelRow } from './equipment.queries.js';

export interface EquipmentDeps {
  readonly readPeriod: ReadPeriod;
  readonly equipmentQueries: EquipmentQueries;
  readonly equipmentRates: EquipmentRates;
  readonly knowledgeCases: KnowledgeCases;
}
type EquipmentQuery = PeriodQuery & Equipment;
export const equipmentQuery = Joi.object<EquipmentQuery>({ ...periodFields, brand: line(), model: line() });

/** The models with the most failures are listed, with so many of their texts. */
const LISTED_MODELS = 100;
const LISTED_TEXTS = 5;

/** What was counted of each model; `[]` of those nothing is known of. */
export const byModel = async <T>(rows: AsyncIterable<CountedRow<T>>) => {
  const found = new Map<string, readonly Counted<T>[]>();
  for await (const row of rows) found.set(nameOf(row), row.counted);
  return (model: ModelKey): readonly Counted<T>[] => found.get(nameOf(model)) ?? [];
};

const shownOne = ({ value, count }: Counted<string>) => ({ text: value, count });
const shown = (texts: readonly Counted<string>[]) => texts.map(shownOne);

const SHARE_DIGITS = 10_000;
const shareOf = (count: number, total: number): number => Math.round((count / total) * SHARE_DIGITS) / SHARE_DIGITS;

export const makeReport = async (deps: EquipmentDeps, tenantId: string, { period, span }: ResolvedPeriod, equipment: Equipment) => {
  const { equipmentQueries } = deps;
  const total = await equipmentQueries.total(tenantId, span);
  const models: ModelRow[] = [];
  let [failures, modelCount] = [0, 0];
  for await (const row of equipmentQueries.models(tenantId, span, equipment)) {
    failures += row.count;
    if (modelCount++ < LISTED_MODELS) models.push(row);
  }
  const asked = [tenantId, span, models] as const;
  const ages = await byModel(equipmentQueries.ages(...asked));
  const problems = await byModel(equipmentQueries.problems(...asked, LISTED_TEXTS));
  const words = await byModel(equipmentQueries.words(...asked, LISTED_TEXTS));
  const solutions = await byModel(equipmentQueries.solutions(...asked, LISTED_TEXTS));
  const rates = await ratesOf(deps, tenantId, span, models);
  return {
    period,
    /** Of all devices, whatever was asked for. */
    total,
    failures,
    modelCount,
    models: models.map((row) => ({
      brand: row.brand,
      model: row.model,
      count: row.count,
      share: shareOf(row.count, total),
      medianDaysSincePurchase: weightedMedian(ages(row)),
      problems: problems(row).map((problem) => ({ ...shownOne(problem), solutions: shown(rates.solvedBy(row, keyOf(problem.value))) })),
      problemWords: shown(words(row)),
      solutions: shown(solutions(row)),
      ...rates.of(row),
    })),
    components: rates.components,
  };
};
export type EquipmentReport = Awaited<ReturnType<typeof makeReport>>;

export const listed = (texts: readonly { readonly text: string; readonly count: number }[]): string =>
  texts.map(({ text, count }) => `${text} (${count})`).join(' | ');

const tableOf = ({ models }: EquipmentReport): Table => [
  [
    'brand',
    'model',
    'count',
    'share',
    'medianDaysSincePurchase',
    'problems',
    'problemWords',
    'solutions',
    'registered',
    'rate',
    'meanHoursToRepair',
    'repeats',
    'repeatRate',
    'components',
    'parts',
    'ages',
  ],
  ...models.map(({ brand, model, count, share, medianDaysSincePurchase, problems, problemWords, solutions, ...rates }) => [
    brand,
    model,
    count,
    share,
    medianDaysSincePurchase,
    listed(problems),
    listed(problemWords),
    listed(solutions),
    rates.registered,
    rates.rate,
    rates.meanHoursToRepair,
    rates.repeats,
    rates.repeatRate,
    listed(rates.components),
    listed(rates.parts),
    rates.ages.map(({ years, count: its }) => `${years} (${its})`).join(' | '),
  ]),
];

/** Which devices fail, how old they are then, of what, and what helped. */
export const getEquipmentReport =
  (deps: EquipmentDeps) =>
  async (call: Call<unknown, EquipmentQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { brand, model } = query;
    const resolved = await deps.readPeriod(caller.tenantId, query, now);
    return answer(call, 'equipment', await makeReport(deps, caller.tenantId, resolved, { brand, model }), tableOf);
  };
