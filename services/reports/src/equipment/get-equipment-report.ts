import type { Call, Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { answer, type Table } from '../answer.js';
import { periodFields, type PeriodQuery, type ReadPeriod, type ResolvedPeriod } from '../tenant-period.js';
import { weightedMedian } from '../weighted-median.js';
import type { Equipment, EquipmentQueries, ModelRow, TextRow } from './equipment.queries.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly equipmentQueries: EquipmentQueries;
}
type EquipmentQuery = PeriodQuery & Equipment;
export const equipmentQuery = Joi.object<EquipmentQuery>({ ...periodFields, brand: line(), model: line() });

/** The models with the most failures are listed, with so many of their texts. */
const LISTED_MODELS = 100;
const LISTED_TEXTS = 5;

type Key = Pick<ModelRow, 'brandKey' | 'modelKey'>;
const nameOf = ({ brandKey, modelKey }: Key): string => `${brandKey}\n${modelKey}`;

/** What belongs to the listed models, in the order it comes; at most `most` of each. */
const byModel = async <T extends Key>(rows: AsyncIterable<T>, models: ReadonlyMap<string, ModelRow>, most = Infinity) => {
  const found = new Map<string, T[]>();
  for await (const row of rows) {
    const name = nameOf(row);
    if (!models.has(name)) continue;
    const theirs = found.get(name) ?? [];
    if (theirs.length < most) found.set(name, [...theirs, row]);
  }
  return (name: string): readonly T[] => found.get(name) ?? [];
};

const shown = (rows: readonly TextRow[]) => rows.map(({ text, count }) => ({ text, count }));

const SHARE_DIGITS = 10_000;
const shareOf = (count: number, total: number): number => Math.round((count / total) * SHARE_DIGITS) / SHARE_DIGITS;

const makeReport = async ({ equipmentQueries }: Deps, tenantId: string, { period, span }: ResolvedPeriod, equipment: Equipment) => {
  const total = await equipmentQueries.total(tenantId, span);
  const [models, asked] = [new Map<string, ModelRow>(), [tenantId, span, equipment] as const];
  let [failures, modelCount] = [0, 0];
  for await (const row of equipmentQueries.models(...asked)) {
    failures += row.count;
    if (modelCount++ < LISTED_MODELS) models.set(nameOf(row), row);
  }
  const ages = await byModel(equipmentQueries.ages(...asked), models);
  const problems = await byModel(equipmentQueries.problems(...asked), models, LISTED_TEXTS);
  const words = await byModel(equipmentQueries.words(...asked), models, LISTED_TEXTS);
  const solutions = await byModel(equipmentQueries.solutions(...asked), models, LISTED_TEXTS);
  return {
    period,
    /** Of all devices, whatever was asked for. */
    total,
    failures,
    modelCount,
    models: [...models].map(([name, { brand, model, count }]) => ({
      brand,
      model,
      count,
      share: shareOf(count, total),
      medianDaysSincePurchase: weightedMedian(ages(name).map(({ days, count: times }) => ({ value: days, count: times }))),
      problems: shown(problems(name)),
      problemWords: shown(words(name)),
      solutions: shown(solutions(name)),
    })),
  };
};
type EquipmentReport = Awaited<ReturnType<typeof makeReport>>;

const listed = (texts: readonly Pick<TextRow, 'text' | 'count'>[]): string =>
  texts.map(({ text, count }) => `${text} (${count})`).join(' | ');

const tableOf = ({ models }: EquipmentReport): Table => [
  ['brand', 'model', 'count', 'share', 'medianDaysSincePurchase', 'problems', 'problemWords', 'solutions'],
  ...models.map(({ brand, model, count, share, medianDaysSincePurchase, problems, problemWords, solutions }) => [
    brand,
    model,
    count,
    share,
    medianDaysSincePurchase,
    listed(problems),
    listed(problemWords),
    listed(solutions),
  ]),
];

/** Which devices fail, how old they are then, of what, and what helped. */
export const getEquipmentReport =
  (deps: Deps) =>
  async (call: Call<unknown, EquipmentQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { brand, model } = query;
    const resolved = await deps.readPeriod(caller.tenantId, query, now);
    return answer(call, 'equipment', await makeReport(deps, caller.tenantId, resolved, { brand, model }), tableOf);
  };
