import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { instant, oneOf, uuid } from '@riparo/shared/http/schemas';
import { AUDIT_TYPES, type AuditEvent, type AuditType } from './audit-event.js';
import type { AuditRepository } from './audit-trail.js';

interface Filters {
  readonly actor?: string;
  readonly subject?: string;
  readonly type?: AuditType;
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
}

export const listAuditEventsInput = {
  query: pageQuery<Filters>(['at'], { actor: uuid(), subject: uuid(), type: oneOf(AUDIT_TYPES), from: instant(), to: instant() }),
};

const view = ({ version: _version, createdAt: _createdAt, updatedAt: _updatedAt, subject: _subject, ...event }: AuditEvent) => event;

const period = (from: Date | undefined, to: Date | undefined): object =>
  from === undefined && to === undefined
    ? {}
    : { at: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) } };

export const listAuditEvents =
  ({ audits }: { audits: AuditRepository }) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, actor, subject, type, from, to } = query;
    const filter = {
      ...(type === undefined ? {} : { type }),
      ...(actor === undefined ? {} : { actorUserId: actor }),
      ...(subject === undefined ? {} : { subject }),
      ...period(from, to),
    };
    const found = await audits.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(view) });
  };
