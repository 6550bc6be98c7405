import { parkedEventNotFound } from '@riparo/shared/composition/parked-door';
import { DomainError } from '@riparo/shared/errors/domain-error';
import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { CONSUMERS } from './list-parked-events.js';
import type { ParkedDoors } from './parked-doors.js';

const isNotFound = (error: unknown): boolean => error instanceof DomainError && error.kind === 'not-found';

/**
 * The id does not tell whose event it is, so all services are asked. One of them has it, or none: then it counts whether
 * all of them have answered.
 */
export const replayParkedEvent =
  ({ parkedDoors }: { readonly parkedDoors: ParkedDoors }) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const ends = await Promise.allSettled(CONSUMERS.map((name) => parkedDoors[name].replay(caller.tenantId, id)));
    const consumer = CONSUMERS[ends.findIndex(({ status }) => status === 'fulfilled')];
    if (consumer !== undefined) return accepted({ id, consumer }, 'The event was handed back. If it fails again, the list shows it again.');
    const fault = ends.find((end) => end.status === 'rejected' && !isNotFound(end.reason));
    throw fault?.status === 'rejected' ? fault.reason : parkedEventNotFound();
  };
