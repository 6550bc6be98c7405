import Joi from 'joi';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import { answer } from '../answer.js';
import { MOST_DAYS } from '../counting/came-back.js';
import { periodFields, type PeriodQuery, type ReadPeriod } from '../tenant-period.js';
import type { RepeatCounts, RepeatRepairs } from './repeat-repairs.js';

interface Query extends PeriodQuery {
  /** Days after collection within which a device that comes back counts. */
  readonly days: number;
}

export const repeatQuery = Joi.object<Query>({ ...periodFields, days: Joi.number().integer().min(1).max(MOST_DAYS).default(90) });

const FIGURES = ['completed', 'repeated', 'claimed', 'failed'] as const;

const withRate = (counts: RepeatCounts) => ({
  ...counts,
  /** To a thousandth; `null` where nothing was completed. */
  rate: counts.completed === 0 ? null : Math.round((counts.failed / counts.completed) * 1_000) / 1_000,
});

const sumOf = (all: readonly RepeatCounts[]): RepeatCounts => {
  const sum = (figure: (typeof FIGURES)[number]): number => all.reduce((total, counts) => total + counts[figure], 0);
  return { completed: sum('completed'), repeated: sum('repeated'), claimed: sum('claimed'), failed: sum('failed') };
};

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly repeatRepairs: RepeatRepairs;
  readonly users: Replica<PublishedUser>;
}

/** How many of the repairs completed in the period came back. */
export const getRepeatReport =
  ({ readPeriod, repeatRepairs, users }: Deps) =>
  async (call: Call<unknown, Query>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const counts = await repeatRepairs(caller.tenantId, period, query.days);
    const names = await users.in(caller.tenantId).findMany([...counts.keys()]);
    const technicians = [...counts]
      .map(([technicianId, row]) => ({ technicianId, name: names.get(technicianId)?.name ?? technicianId, ...withRate(row) }))
      .sort((one, other) => other.completed - one.completed || one.name.localeCompare(other.name));
    const report = { period, days: query.days, ...withRate(sumOf([...counts.values()])), technicians };
    return answer(call, 'repeat-repairs', report, () => [
      ['technicianId', 'name', ...FIGURES, 'rate'],
      ...technicians.map((row) => [row.technicianId, row.name, ...FIGURES.map((figure) => row[figure]), row.rate]),
    ]);
  };
