import { ReportReady, type ReportReadyV1, type SentReport } from '@riparo/shared/contracts/reports.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import type { Rhythm } from './beat.js';

/** What its owner says of a schedule. */
export interface ScheduleWish extends Rhythm {
  readonly report: SentReport;
  /** Users. */
  readonly recipients: readonly string[];
  readonly active: boolean;
}

/** Somebody wants a report by mail, again and again. */
export interface ReportSchedule extends Entity, ScheduleWish {
  readonly ownerUserId: string;
  /** When it is due next; missing while it is not active. */
  readonly nextAt?: Date;
  /** The newest CSV that was made for it. `from` is the first of its days. */
  readonly made?: { readonly from: string; readonly at: Date; readonly fileId: string };
}

export const write = (id: string, ownerUserId: string, wish: ScheduleWish, nextAt: Date): Draft<ReportSchedule> => ({
  id,
  ownerUserId,
  ...wish,
  ...(wish.active ? { nextAt } : {}),
});

const isSame = (one: ScheduleWish, other: ScheduleWish, ...fields: readonly (keyof ScheduleWish)[]): boolean =>
  fields.every((field) => one[field] === other[field]);

/** Another report or rhythm begins anew, with the next beat after `now`. Other recipients get what is due already. */
export const rewrite = (before: ReportSchedule, wish: ScheduleWish, nextAt: Date): Decision<ReportSchedule> => {
  const keepsTime = isSame(before, wish, 'report', 'every', 'hour', 'active');
  return {
    state: {
      ...before,
      ...wish,
      nextAt: wish.active ? (keepsTime ? before.nextAt : nextAt) : undefined,
      // The same days of another report are news.
      made: isSame(before, wish, 'report', 'every') ? before.made : undefined,
    },
  };
};

export const removed = (before: ReportSchedule, now: Date): Decision<ReportSchedule> => ({
  state: { ...before, nextAt: undefined, deletedAt: now },
});

export const isDue = ({ nextAt }: Pick<ReportSchedule, 'nextAt'>, now: Date): boolean => nextAt !== undefined && nextAt <= now;

/** A CSV that lies ready. */
export type MadeReport = Pick<ReportReadyV1, 'report' | 'period' | 'fileId' | 'fileName' | 'size'>;

/**
 * The CSV was made and kept: tells of it, once for each period. Whoever comes second, or made something else than is wanted now,
 * changes nothing.
 */
export const tell = (
  state: ReportSchedule,
  report: MadeReport,
  { made, rhythm, nextAt }: { readonly made: { readonly from: string; readonly at: Date }; readonly rhythm: Rhythm; readonly nextAt: Date },
): Decision<ReportSchedule> => {
  const isWanted = state.report === report.report && state.every === rhythm.every && state.hour === rhythm.hour;
  if (!isDue(state, made.at) || !isWanted || state.made?.from === made.from) return { state };
  const { id, every, recipients } = state;
  const event = ReportReady.with({ ...report, schedule: { id, every }, recipients, at: made.at.toISOString() });
  return { state: { ...state, nextAt, made: { ...made, fileId: report.fileId } }, events: [event] };
};

/** These days have been told already: an hour or a time zone has changed. */
export const skip = (state: ReportSchedule, from: string, nextAt: Date): Decision<ReportSchedule> =>
  state.made?.from === from ? { state: { ...state, nextAt } } : { state };

export const viewSchedule = ({ made, ...shown }: ReportSchedule) => ({
  ...shown,
  ...(made === undefined ? {} : { lastMadeAt: made.at }),
});
