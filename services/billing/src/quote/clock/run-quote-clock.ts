import { QuoteExpired, QuoteReminderDue } from '@riparo/shared/contracts/quotes.events';
import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Logger } from 'pino';
import type { FindWork } from '../../work/work.js';
import { newestSentOf, published, REMINDER_HOURS, withVersion, type Quote, type QuoteDecision } from '../quote.js';
import { closeForEndedWork } from './close-for-ended-work.js';
import type { Quotes } from '../quote.repository.js';

export interface QuoteClockDeps {
  readonly quotes: Quotes;
  readonly findWork: FindWork;
  /** Finds quotes with something due, over all tenants. */
  readonly dueQuotes: AcrossTenants;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Expires the quote, or reminds of it. When the system was down at both reminders, the later one alone is given. Where the
 * work has ended, it closes the quote: the event of that end came before the quote was sent.
 */
export const tick = (quote: Quote, now: Date, workIsOver: boolean): QuoteDecision => {
  const sent = newestSentOf(quote);
  if (sent?.status !== 'SENT' || quote.clockAt === undefined || quote.clockAt > now) return { state: quote };
  if (workIsOver) return closeForEndedWork(quote, now);
  const at = now.toISOString();
  if (sent.sending.expiresAt <= now) {
    const version = { ...sent, status: 'EXPIRED' as const };
    const state = withVersion(quote, version);
    return { state, events: [QuoteExpired.with({ quote: published(state, version), at })] };
  }
  const waited = (now.getTime() - sent.sending.at.getTime()) / HOUR_MS;
  const remindedHours = REMINDER_HOURS.findLast((hours) => hours <= waited) ?? 0;
  const version = { ...sent, sending: { ...sent.sending, remindedHours } };
  const state = withVersion(quote, version);
  return { state, unseen: true, events: [QuoteReminderDue.with({ quote: published(state, version), at })] };
};

/** The job that reminds and expires. What it did and its event are one write, so several instances do it once. */
export const runQuoteClock = ({ quotes, findWork, dueQuotes, clock, log }: QuoteClockDeps, batch?: number) => {
  const handle = async ({ tenantId, id }: Found, now: Date): Promise<void> => {
    const inTenant = quotes.in(tenantId);
    const found = await inTenant.find(id);
    // The copy has been there since the quote was made, so that nobody is asked who may be away.
    const work = found && (await findWork(tenantId, found));
    await inTenant.update(id, (quote) => tick(quote, now, work?.isOver === true));
  };
  return (): Promise<void> => {
    const now = clock.now();
    const finding = { everywhere: dueQuotes, log, failure: 'could not remind of or expire a quote', batch };
    return forEachFound(finding, { clockAt: { $lte: now } }, (found) => handle(found, now));
  };
};
