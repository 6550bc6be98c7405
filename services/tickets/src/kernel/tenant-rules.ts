import type { BusinessCalendar } from '@riparo/shared/contracts/enums';
import type { TicketsConfig } from '../config.js';
import type { Replicas } from '../replica/replicas.js';
import { type WorkingTime, createWorkingTime } from './working-time.js';

/** The values with which a ticket's clocks count. */
export interface TimeRules {
  /** The tenant's business calendar. */
  readonly business: WorkingTime;
  /** Working minutes after which a silent assignee loses the ticket. */
  readonly silenceMinutes: number;
  /** Days without a message after which a resolved ticket closes itself. */
  readonly autoCloseDays: number;
}

/** The tenant's time zone, calendar and rules of time. */
export interface TenantRules extends TimeRules {
  readonly timeZone: string;
  readonly calendar: BusinessCalendar;
}

export type RulesOf = (tenantId: string) => Promise<TenantRules>;

const WEEK = [{ start: '09:00', end: '18:00' }];

/** Until a tenant's settings have arrived: Monday to Friday, 09:00–18:00. */
const fallbackCalendar = (timeZone: string): BusinessCalendar => ({
  timeZone,
  weekly: { monday: WEEK, tuesday: WEEK, wednesday: WEEK, thursday: WEEK, friday: WEEK },
  exceptions: [],
});

/** Makes a tenant's rules once per version of its settings: the working time remembers the days that it has worked out. */
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
