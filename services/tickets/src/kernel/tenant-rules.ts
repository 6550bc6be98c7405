import type { BusinessCalendar } from '@riparo/shared/contracts/enums';
import type { TicketsConfig } from '../config.js';
import type { Replicas } from '../replica/replicas.js';
import { type WorkingTime, createWorkingTime } from './working-time.js';

/** What the clocks of a ticket are counted by. */
export interface TimeRules {
  /** The tenant's business calendar. */
  readonly business: WorkingTime;
  /** Working minutes after which an assignee who has not stirred loses the ticket. */
  readonly silenceMinutes: number;
  /** Days without a word after which a resolved ticket closes itself. */
  readonly autoCloseDays: number;
}

/** How a tenant counts time. */
export interface TenantRules extends TimeRules {
  readonly timeZone: string;
  readonly calendar: BusinessCalendar;
}

export type RulesOf = (tenantId: string) => Promise<TenantRules>;

const WEEK = [{ start: '09:00', end: '18:00' }];

/** Until a tenant's settings have arrived: Monday to Friday, nine to six. */
const fallbackCalendar = (timeZone: string): BusinessCalendar => ({
  timeZone,
  weekly: { monday: WEEK, tuesday: WEEK, wednesday: WEEK, thursday: WEEK, friday: WEEK },
  exceptions: [],
});

/** Working times are kept from call to call, because they remember the days they have worked out. */
export const createTenantRules = ({ settings }: Replicas, config: TicketsConfig): RulesOf => {
  const ready = new Map<string, { readonly version: number; readonly rules: TenantRules }>();
  const make = (calendar: BusinessCalendar, timeZone = calendar.timeZone): TenantRules => ({
    timeZone,
    calendar,
    business: createWorkingTime(calendar),
    silenceMinutes: config.SILENCE_MINUTES,
    autoCloseDays: config.AUTO_CLOSE_DAYS,
  });
  return async (tenantId) => {
    const found = await settings.find(tenantId, tenantId);
    const version = found?.version ?? 0;
    const known = ready.get(tenantId);
    if (known?.version === version) return known.rules;
    const rules = make(found?.calendar ?? fallbackCalendar(config.DEFAULT_TIMEZONE), found?.timeZone);
    ready.set(tenantId, { version, rules });
    return rules;
  };
};
