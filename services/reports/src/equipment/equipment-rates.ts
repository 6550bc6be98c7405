import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { DAY_MS } from '@riparo/shared/time/units';
import { groupBy } from '../collect.js';
import type { Span } from '../outcome/outcome.store.js';
import type { Repair } from '../replica/repair.js';
import { within } from '../replica/repair.queries.js';
import type { Replicas } from '../replica/replicas.js';
import type { WorkFindings } from './malfunction.js';
import type { Counted, ModelKey } from './equipment.queries.js';

/** A failure is a repeat when the same device of the same customer had been collected at most so many days before. */
export const REPEAT_DAYS = 90;
const BATCH = 500;

export const nameOf = ({ brandKey, modelKey }: ModelKey): string => `${brandKey}\n${modelKey}`;

export interface WorkOfModel {
  readonly completed: number;
  readonly meanHours: number | null;
  readonly parts: readonly Counted<string>[];
  readonly ages: readonly Counted<number>[];
  /** What solved a problem, by its key; the most frequent first. */
  readonly solvedBy: ReadonlyMap<string, readonly Counted<string>[]>;
}
export interface EquipmentRates {
  /** Devices of each model that are registered and not retired, by `nameOf`. */
  registered(tenantId: string, models: readonly ModelKey[]): Promise<ReadonlyMap<string, number>>;
  /** Mean hours from intake to a completed outcome, parts that were built in and ages in whole years, by `nameOf`. */
  work(tenantId: string, span: Span, models: readonly ModelKey[]): Promise<ReadonlyMap<string, WorkOfModel>>;
  /** Repairs of a model that were taken in within `REPEAT_DAYS` of the collection of the same device, by `nameOf`. */
  repeats(tenantId: string, span: Span, models: readonly ModelKey[]): Promise<ReadonlyMap<string, number>>;
  /** Whose devices failed in the span. */
  customers(tenantId: string, span: Span): Promise<readonly string[]>;
  /** How many approved work reports of the span name a component, by `nameOf`. */
  components(tenantId: string, span: Span): Promise<ReadonlyMap<string, ReadonlyMap<string, Counted<string>>>>;
}

const ofModels = (models: readonly ModelKey[]): Document => ({
  brandKey: { $in: [...new Set(models.map(({ brandKey }) => brandKey))] },
  modelKey: { $in: [...new Set(models.map(({ modelKey }) => modelKey))] },
});

const mostFrequent = (counts: ReadonlyMap<string, number>, most: number): readonly Counted<string>[] =>
  [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
    .slice(0, most);

type Outcome = Pick<Repair, 'brandKey' | 'modelKey' | 'daysSincePurchase' | 'partNames' | 'problemKey'> & {
  readonly outcome: NonNullable<Repair['outcome']>;
};
interface Sums {
  hours: number;
  completed: number;
  readonly parts: Map<string, number>;
  readonly years: Map<number, number>;
  readonly solutions: Map<string, Map<string, Counted<string>>>;
}
const DAYS_OF_A_YEAR = 365.25;
const MOST_PARTS = 20;

const count = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

const addOutcome = (sums: Sums, { outcome, partNames = [], daysSincePurchase, problemKey }: Outcome): void => {
  if (daysSincePurchase !== undefined) count(sums.years, Math.floor(daysSincePurchase / DAYS_OF_A_YEAR));
  if (outcome.type !== 'COMPLETED') return;
  sums.completed++;
  sums.hours += outcome.hours;
  for (const name of new Set(partNames)) count(sums.parts, name);
  const { solution, solutionKey } = outcome;
  if (solution === undefined || solutionKey === undefined) return;
  const known = sums.solutions.get(problemKey) ?? new Map<string, Counted<string>>();
  sums.solutions.set(
    problemKey,
    known.set(solutionKey, { value: known.get(solutionKey)?.value ?? solution, count: (known.get(solutionKey)?.count ?? 0) + 1 }),
  );
};

const MOST_SOLUTIONS = 3;

const workOf = ({ hours, completed, parts, years, solutions }: Sums): WorkOfModel => ({
  completed,
  meanHours: completed === 0 ? null : Math.round((hours / completed) * 10) / 10,
  parts: mostFrequent(parts, MOST_PARTS),
  ages: [...years].map(([value, its]) => ({ value, count: its })).sort((one, other) => one.value - other.value),
  solvedBy: new Map(
    [...solutions].map(([key, its]) => [key, [...its.values()].sort((one, other) => other.count - one.count).slice(0, MOST_SOLUTIONS)]),
  ),
});

type Taken = Pick<Repair, 'brandKey' | 'modelKey' | 'customerId' | 'assetId' | 'serialKey' | 'createdAt' | 'collectedAt'> & {
  readonly _id: string;
};

const isRepeat = (later: Taken, earlier: readonly Taken[]): boolean =>
  earlier.some(({ _id, customerId, assetId, serialKey, collectedAt }) => {
    if (_id === later._id || customerId !== later.customerId || collectedAt === undefined) return false;
    const waited = later.createdAt.getTime() - collectedAt.getTime();
    const isSame = serialKey === later.serialKey || (assetId !== undefined && assetId === later.assetId);
    return isSame && waited > 0 && waited <= REPEAT_DAYS * DAY_MS;
  });

type Documents = ReturnType<Platform['connection']['collection']>;

export const createEquipmentRates = ({ connection }: Platform, replicas: Pick<Replicas, 'assets' | 'repairs'>): EquipmentRates => {
  const [assets, repairs, findings] = ['assets', 'repairs', 'work_findings'].map((name) => connection.collection(name)) as [
    Documents,
    Documents,
    Documents,
  ];

  /** Models of the devices that findings are about, from the device or from its repair. */
  const modelsOf = async (tenantId: string, batch: readonly WorkFindings[]): Promise<readonly (ModelKey | undefined)[]> => {
    const ids = (field: 'assetId' | 'repairId') => batch.flatMap((it) => it[field] ?? []);
    const known: ReadonlyMap<string, ModelKey> = new Map<string, ModelKey>([
      ...(await replicas.assets.in(tenantId).findMany(ids('assetId'))),
      ...(await replicas.repairs.in(tenantId).findMany(ids('repairId'))),
    ]);
    return batch.map(({ assetId = '', repairId = '' }) => known.get(repairId) ?? known.get(assetId));
  };

  return {
    registered: async (tenantId, models) => {
      const rows = assets.aggregate<{ _id: ModelKey; count: number }>([
        { $match: { tenantId, status: { $in: ['ACTIVE', 'IN_REPAIR'] }, ...ofModels(models) } },
        { $group: { _id: { brandKey: '$brandKey', modelKey: '$modelKey' }, count: { $sum: 1 } } },
      ]);
      return new Map((await rows.toArray()).map(({ _id, count }) => [nameOf(_id), count]));
    },
    work: async (tenantId, span, models) => {
      const sums = new Map<string, Sums>();
      const projection = { brandKey: 1, modelKey: 1, daysSincePurchase: 1, partNames: 1, problemKey: 1, outcome: 1 };
      for await (const row of repairs.find<Outcome>({ tenantId, 'outcome.at': within(span), ...ofModels(models) }, { projection })) {
        const name = nameOf(row);
        const own = sums.get(name) ?? { hours: 0, completed: 0, parts: new Map(), years: new Map(), solutions: new Map() };
        sums.set(name, own);
        addOutcome(own, row);
      }
      return new Map([...sums].map(([name, own]) => [name, workOf(own)]));
    },
    repeats: async (tenantId, span, models) => {
      const projection = { brandKey: 1, modelKey: 1, customerId: 1, assetId: 1, serialKey: 1, createdAt: 1, collectedAt: 1 };
      const failed = await repairs.find<Taken>({ tenantId, 'outcome.at': within(span), ...ofModels(models) }, { projection }).toArray();
      const repeats = new Map<string, number>();
      for (let first = 0; first < failed.length; first += BATCH) {
        const batch = failed.slice(first, first + BATCH);
        const serialKeys = [...new Set(batch.flatMap(({ serialKey }) => serialKey ?? []))];
        const assetIds = [...new Set(batch.flatMap(({ assetId }) => assetId ?? []))];
        const [bySerial, byAsset] = await Promise.all([
          repairs.find<Taken>({ tenantId, serialKey: { $in: serialKeys } }, { projection }).toArray(),
          repairs.find<Taken>({ tenantId, assetId: { $in: assetIds } }, { projection }).toArray(),
        ]);
        const ofSerial = groupBy(bySerial, ({ serialKey = '' }) => serialKey);
        const ofAsset = groupBy(byAsset, ({ assetId = '' }) => assetId);
        for (const row of batch) {
          const others = [
            ...(ofSerial.get(row.serialKey ?? '') ?? []),
            ...(row.assetId === undefined ? [] : (ofAsset.get(row.assetId) ?? [])),
          ];
          if (isRepeat(row, others)) count(repeats, nameOf(row));
        }
      }
      return repeats;
    },
    customers: (tenantId, span) => repairs.distinct('customerId', { tenantId, 'outcome.at': within(span) }) as Promise<string[]>,
    components: async (tenantId, span) => {
      const byModel = new Map<string, Map<string, Counted<string>>>();
      const add = (name: string, { key, name: value }: WorkFindings['components'][number]): void => {
        const own = byModel.get(name) ?? new Map<string, Counted<string>>();
        byModel.set(name, own.set(key, { value, count: (own.get(key)?.count ?? 0) + 1 }));
      };
      const addAll = async (batch: readonly WorkFindings[]): Promise<void> => {
        const models = await modelsOf(tenantId, batch);
        batch.forEach(({ components }, index) => {
          const model = models[index];
          if (model !== undefined) for (const component of components) add(nameOf(model), component);
        });
      };
      let batch: WorkFindings[] = [];
      for await (const found of findings.find<WorkFindings>({ tenantId, at: within(span) })) {
        batch.push(found);
        if (batch.length < BATCH) continue;
        await addAll(batch);
        batch = [];
      }
      await addAll(batch);
      return byModel;
    },
  };
};
