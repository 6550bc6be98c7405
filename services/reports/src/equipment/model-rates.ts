import type { PresentCase } from '../knowledge/knowledge-case.js';
import type { KnowledgeCases } from '../knowledge/knowledge.repository.js';
import type { Span } from '../outcome/outcome.store.js';
import { nameOf, type EquipmentRates } from './equipment-rates.js';
import type { Counted, ModelKey, ModelRow } from './equipment.queries.js';

interface Deps {
  readonly equipmentRates: EquipmentRates;
  readonly knowledgeCases: KnowledgeCases;
}

const DIGITS = 10_000;
/** To four digits; `null` where there is nothing to compare with. */
export const rateOf = (count: number, of: number): number | null => (of === 0 ? null : Math.round((count / of) * DIGITS) / DIGITS);

const MOST_COMPONENTS = 10;
const MOST_CASES = 500;
const CASES_OF_A_MODEL = 3;

const shown = (counted: Iterable<Counted<string>>, most = MOST_COMPONENTS) =>
  [...counted]
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, most)
    .map(({ value, count }) => ({ text: value, count }));

/** The cases that helped most with each model. */
const casesOf = async (
  cases: KnowledgeCases,
  tenantId: string,
  models: readonly ModelKey[],
): Promise<ReadonlyMap<string, readonly PresentCase[]>> => {
  const byModel = new Map<string, PresentCase[]>();
  if (models.length === 0) return byModel;
  const among = (field: keyof ModelKey) => ({ $in: [...new Set(models.map((model) => model[field]))] });
  const filter = { status: 'PUBLISHED' as const, brandKey: among('brandKey'), modelKey: among('modelKey') };
  for (const found of await cases.in(tenantId).list(filter, { sort: { usefulCount: -1, id: -1 }, limit: MOST_CASES }))
    byModel.set(nameOf(found), [...(byModel.get(nameOf(found)) ?? []), found]);
  return byModel;
};

const addUp = (maps: Iterable<ReadonlyMap<string, Counted<string>>>): Iterable<Counted<string>> => {
  const sums = new Map<string, Counted<string>>();
  for (const map of maps) for (const [key, { value, count }] of map) sums.set(key, { value, count: (sums.get(key)?.count ?? 0) + count });
  return sums.values();
};

/** What is known of each model beside its failures. */
export const ratesOf = async ({ equipmentRates, knowledgeCases }: Deps, tenantId: string, span: Span, models: readonly ModelRow[]) => {
  const [registered, work, repeats, components, cases] = [
    await equipmentRates.registered(tenantId, models),
    await equipmentRates.work(tenantId, span, models),
    await equipmentRates.repeats(tenantId, span, models),
    await equipmentRates.components(tenantId, span),
    await casesOf(knowledgeCases, tenantId, models),
  ];
  return {
    /** Of the devices that were asked for. */
    components: shown(addUp(models.map((model) => components.get(nameOf(model)) ?? new Map<string, Counted<string>>()))),
    solvedBy: (model: ModelKey, problemKey: string): readonly Counted<string>[] => work.get(nameOf(model))?.solvedBy.get(problemKey) ?? [],
    of: (model: ModelRow) => {
      const name = nameOf(model);
      const [devices, again, its] = [registered.get(name) ?? 0, repeats.get(name) ?? 0, work.get(name)];
      return {
        registered: devices,
        rate: rateOf(model.count, devices),
        meanHoursToRepair: its?.meanHours ?? null,
        repeats: again,
        repeatRate: rateOf(again, model.count),
        components: shown(components.get(name)?.values() ?? []),
        parts: shown(its?.parts ?? []),
        ages: (its?.ages ?? []).map(({ value, count }) => ({ years: value, count })),
        cases: (cases.get(name) ?? [])
          .slice(0, CASES_OF_A_MODEL)
          .map(({ id, symptom, solution, usefulCount }) => ({ id, symptom, solution, usefulCount })),
      };
    },
  };
};
