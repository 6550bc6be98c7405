import { DateTime } from 'luxon';
import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import type { Replica } from '@riparo/shared/persistence/replica';

/** Which day it is for a tenant at a moment, `YYYY-MM-DD`: plans and warranties begin and end with that day. */
export type TenantDay = (tenantId: string, now: Date) => Promise<string>;

export const createTenantDay =
  (settings: Replica<PublishedSettings>, defaultTimeZone: string): TenantDay =>
  async (tenantId, now) => {
    const zone = (await settings.in(tenantId).findOne({}))?.timeZone ?? defaultTimeZone;
    const local = DateTime.fromJSDate(now, { zone });
    return (local.isValid ? local : DateTime.fromJSDate(now, { zone: defaultTimeZone })).toFormat('yyyy-MM-dd');
  };
