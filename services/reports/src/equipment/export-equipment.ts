import { toCsv, type Cell, type Table } from '@riparo/shared/files/csv';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { contextOf, type PeopleDeps } from '../knowledge/personal-context.js';
import { withoutPersonal, type PersonalContext } from '../knowledge/personal/personal.js';
import type { Span } from '../outcome/outcome.store.js';
import { periodFields, type PeriodQuery } from '../tenant-period.js';
import { weightedMedian } from '../weighted-median.js';
import { nameOf } from './equipment-rates.js';
import type { Counted, ModelRow } from './equipment.queries.js';
import { byModel, listed, type EquipmentDeps } from './get-equipment-report.js';
import { rateOf } from './model-rates.js';

interface ExportQuery extends Pick<PeriodQuery, 'from' | 'to'> {
  readonly brand?: string;
}
export const exportQuery = Joi.object<ExportQuery>({ from: periodFields.from, to: periodFields.to, brand: line() });

type Deps = EquipmentDeps & PeopleDeps;

/** A group of fewer tells of single customers. */
export const SMALLEST_GROUP = 5;
const MOST_TEXTS = 20;
const MOST_PEOPLE = 20_000;

/**
 * Models that stand for themselves, the most failures first, and what all others come to. The others are a group themselves: where
 * they are too few, the smallest of the models joins them, or what is missing from a total would tell of them.
 */
export const groupsOf = (models: readonly ModelRow[]): { readonly shown: readonly ModelRow[]; readonly others: number } => {
  const sorted = models.toSorted((one, other) => other.count - one.count);
  const shown = sorted.filter(({ count }) => count >= SMALLEST_GROUP);
  let others = sorted.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  while (others > 0 && others < SMALLEST_GROUP && shown.length > 0) others += shown.pop()?.count ?? 0;
  return { shown, others: others < SMALLEST_GROUP ? 0 : others };
};

const COLUMNS = [
  'brand',
  'model',
  'failures',
  'registered',
  'rate',
  'medianDaysSincePurchase',
  'meanHoursToRepair',
  'repeats',
  'repeatRate',
  'problems',
  'solutions',
  'components',
  'parts',
  'ages',
] as const;

const isGroup = ({ count }: { readonly count: number }): boolean => count >= SMALLEST_GROUP;
const sizeOf = (counted: readonly Counted<unknown>[]): number => counted.reduce((sum, { count }) => sum + count, 0);
const ifGroup = <T>(size: number, value: T): T | '' => (size >= SMALLEST_GROUP ? value : '');

/** Only what several wrote, and nothing personal in it. */
const cleanTexts = (counted: readonly Counted<string>[], context: PersonalContext): string =>
  listed(counted.filter(isGroup).map(({ value, count }) => ({ text: withoutPersonal(value, context).text, count })));

const rowsOf = async (deps: Deps, tenantId: string, span: Span, models: readonly ModelRow[], context: PersonalContext) => {
  const { equipmentQueries, equipmentRates } = deps;
  const asked = [tenantId, span, models] as const;
  const ages = await byModel(equipmentQueries.ages(...asked));
  const problems = await byModel(equipmentQueries.problems(...asked, MOST_TEXTS));
  const solutions = await byModel(equipmentQueries.solutions(...asked, MOST_TEXTS));
  const registered = await equipmentRates.registered(tenantId, models);
  const work = await equipmentRates.work(...asked);
  const repeats = await equipmentRates.repeats(...asked);
  const components = await equipmentRates.components(tenantId, span);
  const clean = (counted: readonly Counted<string>[]): string => cleanTexts(counted, context);
  return (row: ModelRow): readonly Cell[] => {
    const name = nameOf(row);
    const [devices, again, its] = [registered.get(name) ?? 0, repeats.get(name) ?? 0, work.get(name)];
    return [
      withoutPersonal(row.brand, context).text,
      withoutPersonal(row.model, context).text,
      row.count,
      ifGroup(devices, devices),
      ifGroup(devices, rateOf(row.count, devices)),
      ifGroup(sizeOf(ages(row)), weightedMedian(ages(row))),
      ifGroup(its?.completed ?? 0, its?.meanHours ?? ''),
      ifGroup(again, again),
      ifGroup(again, rateOf(again, row.count)),
      clean(problems(row)),
      clean(solutions(row)),
      clean([...(components.get(name)?.values() ?? [])].sort((one, other) => other.count - one.count)),
      clean(its?.parts ?? []),
      (its?.ages ?? [])
        .filter(isGroup)
        .map(({ value, count }) => `${value} (${count})`)
        .join(' | '),
    ];
  };
};

/** Everybody who may stand in these texts: customers with a failure in the span, their people, and the centre's staff. */
const peopleOf = async (deps: Deps, tenantId: string, span: Span): Promise<PersonalContext> => {
  const customerIds = await deps.equipmentRates.customers(tenantId, span);
  const sources = customerIds
    .slice(0, MOST_PEOPLE)
    .map((customerId) => ({ kind: 'WORK_REPORT' as const, id: customerId, number: '', version: 1, customerId }));
  return contextOf(deps, tenantId, { sources }, undefined, MOST_PEOPLE);
};

/** Failures for a manufacturer: no group of fewer than five, by no way of reckoning, and nothing personal. */
export const exportEquipment =
  (deps: Deps) =>
  async ({ caller: { tenantId }, query, now }: Call<unknown, ExportQuery>): Promise<Reply> => {
    const { span } = await deps.readPeriod(tenantId, query, now);
    const models: ModelRow[] = [];
    for await (const row of deps.equipmentQueries.models(tenantId, span, { brand: query.brand })) models.push(row);
    const { shown, others } = groupsOf(models);
    const cellsOf = await rowsOf(deps, tenantId, span, shown, await peopleOf(deps, tenantId, span));
    const rest: Table = others === 0 ? [] : [['', 'other', others, ...Array.from({ length: COLUMNS.length - 3 }, () => '')]];
    return file(Buffer.from(toCsv([COLUMNS, ...shown.map(cellsOf), ...rest])), 'text/csv; charset=utf-8', 'equipment-failures.csv');
  };
