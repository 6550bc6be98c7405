import { TICKET_PRIORITIES, TICKET_STATUSES, type TicketPriority } from '@riparo/shared/contracts/enums';
import { roleMay, type Permission } from '@riparo/shared/contracts/permissions';
import { forbidden } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import { createLimiter } from '@riparo/shared/concurrency/limiter';
import type { IdSource } from '@riparo/shared/runtime/ids';
import Joi from 'joi';
import { assignTicket } from './assign-ticket.js';
import type { TicketCall } from '../ticket/change-ticket.js';
import { changeTicketStatus } from '../ticket/change-status.js';
import type { StatusRequest } from '../ticket/decide-status.js';
import type { AssignmentDeps } from './dependencies.js';
import { editTicket } from '../ticket/edit-ticket.js';

type BulkAction =
  | { readonly type: 'ASSIGN'; readonly technicianId: string | null; readonly reason?: string }
  | ({ readonly type: 'STATUS' } & StatusRequest)
  | { readonly type: 'PRIORITY'; readonly priority: TicketPriority };

interface Body {
  readonly ticketIds: readonly string[];
  readonly action: BulkAction;
}

const MAX_TICKETS = 100;
const only = <T extends Joi.Schema>(schema: T, type: BulkAction['type']): T =>
  schema.when('type', { is: type, then: Joi.required(), otherwise: Joi.forbidden() }) as T;

export const bulkBody = Joi.object<Body>({
  ticketIds: Joi.array().items(uuid()).min(1).max(MAX_TICKETS).unique().required(),
  action: Joi.object({
    type: oneOf(['ASSIGN', 'STATUS', 'PRIORITY']).required(),
    technicianId: only(uuid().allow(null), 'ASSIGN'),
    status: only(oneOf(TICKET_STATUSES), 'STATUS'),
    priority: only(oneOf(TICKET_PRIORITIES), 'PRIORITY'),
    resolution: paragraph().when('status', { is: 'RESOLVED', then: Joi.required(), otherwise: Joi.forbidden() }),
    reason: paragraph(2_000).when('type', { is: 'PRIORITY', then: Joi.forbidden() }),
  }).required(),
});

type Deps = Pick<AssignmentDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places' | 'assetLookup' | 'visitsFollow' | 'unapprovedWork' | 'log'>;

interface Result {
  readonly id: string;
  readonly outcome: 'DONE' | 'UNCHANGED' | 'FAILED';
  readonly version?: number;
  readonly code?: string;
  readonly detail?: string;
}

/** More tickets at once would only wait for the same database and keep other requests waiting. */
const AT_ONCE = 8;
/** More ids than any change of one ticket uses. */
const IDS_EACH = 16;

const PERMISSIONS = { ASSIGN: 'assign:tickets', STATUS: 'write:tickets-status', PRIORITY: 'edit:tickets' } as const satisfies Record<
  BulkAction['type'],
  Permission
>;

/**
 * Each ticket gets its ids beforehand, in the order of the request. The order in which the changes run does not matter
 * then: a second run uses the same ids.
 */
const idsFor = (ids: IdSource): IdSource => {
  const taken = Array.from({ length: IDS_EACH }, () => ids.next());
  return { next: () => taken.shift() ?? ids.next() };
};

/** The use case of the single endpoint, for this action. */
const useCaseOf = (deps: Deps, action: BulkAction): ((call: TicketCall) => Promise<Reply>) => {
  if (action.type === 'PRIORITY') return (call) => editTicket(deps)({ ...call, body: { priority: action.priority } });
  const { type, ...body } = action;
  return type === 'ASSIGN'
    ? (call) => assignTicket(deps)({ ...call, body: body as { technicianId: string | null } })
    : (call) => changeTicketStatus(deps)({ ...call, body: body as StatusRequest });
};

const failed = (id: string, action: BulkAction, error: unknown): Result => {
  if (!isDomainError(error))
    return { id, outcome: 'FAILED', code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side. Try this one again.' };
  const { code, message, details } = error;
  // The ticket already has the wanted status: in a bulk change that is no failure.
  if (action.type === 'STATUS' && details.extra?.current === action.status) return { id, outcome: 'UNCHANGED' };
  return { id, outcome: 'FAILED', code, detail: message };
};

/** Changes many tickets. Each one is decided by itself, as by its own endpoint; a failure of one does not stop the others. */
export const changeInBulk =
  (deps: Deps) =>
  async ({ ifMatch: _, ...call }: Call<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const { action, ticketIds } = body;
    if (!roleMay(caller.role, PERMISSIONS[action.type])) throw forbidden();
    const [run, tickets, limiter] = [useCaseOf(deps, action), deps.tickets.in(caller.tenantId), createLimiter(AT_ONCE)];
    const broken: unknown[] = [];
    const one = async (id: string, ids: IdSource): Promise<Result> => {
      try {
        const before = await tickets.find(id);
        const reply = await run({ ...call, params: { id }, ids, body: undefined });
        const { version } = (reply.body as { readonly data: { readonly version: number } }).data;
        return { id, outcome: version === before?.version ? 'UNCHANGED' : 'DONE', version };
      } catch (error) {
        if (!isDomainError(error)) broken.push(error);
        return failed(id, action, error);
      }
    };
    const each = ticketIds.map((id) => ({ id, ids: idsFor(call.ids) }));
    const results = await Promise.all(each.map(({ id, ids }) => limiter.run(() => one(id, ids))));
    for (const error of broken) deps.log.error({ err: error }, 'one of many failed');
    // Every ticket failed, for example because the database is away. The whole request fails then, so that the answer is
    // not kept under the Idempotency-Key for 24 hours.
    if (broken.length === results.length) throw broken[0];
    return ok({ results, done: results.filter(({ outcome }) => outcome === 'DONE').length });
  };
