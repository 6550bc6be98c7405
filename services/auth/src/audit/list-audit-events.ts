import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { periodFields, rangeOf, withMoments, type Asked, type Period } from '@riparo/shared/http/period';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { SettingsRepository } from '../settings/settings.repository.js';
import { AUDIT_TYPES, type AuditEvent, type AuditType } from './audit-event.js';
import type { AuditRepository } from './audit-trail.js';

interface Filters extends Period {
  readonly actor?: string;
  readonly subject?: string;
  readonly type?: AuditType;
}

export const listAuditEventsInput = {
  query: pageQuery<Asked<Filters>>(['at'], { actor: uuid(), subject: uuid(), type: oneOf(AUDIT_TYPES), ...periodFields() }),
};

const view = ({ version: _version, createdAt: _createdAt, updatedAt: _updatedAt, subject: _subject, ...event }: AuditEvent) => event;

export const listAuditEvents =
  ({ audits, settings }: { audits: AuditRepository; settings: SettingsRepository }) =>
  async ({ caller, query: asked }: Call<unknown, PageRequest & Asked<Filters>>): Promise<Reply> => {
    const query = withMoments(asked, (await settings.of(caller.tenantId)).timeZone);
    const { page, pageSize, sort, actor, subject, type } = query;
    const filter = compact({ type, actorUserId: actor, subject, at: rangeOf(query) });
    const found = await audits.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(view) });
  };
