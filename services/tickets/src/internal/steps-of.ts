import type { TicketStep } from '@riparo/shared/contracts/exported-tickets';
import type { Activity } from '../conversation/timeline.js';
import { compact } from '@riparo/shared/json/compact';

interface Metadata {
  readonly from?: string;
  readonly to?: string;
  readonly mergedInto?: { readonly ticketNumber: string };
  readonly unmergedFrom?: { readonly ticketNumber: string };
  readonly changes?: { readonly assetId?: { readonly from?: string; readonly to?: string } };
}

type Told = Omit<TicketStep, 'at' | 'actorUserId'>;

const moved = (type: Activity['type'], body: string, { from, to }: Metadata): Told | undefined => {
  if (type === 'RESOLUTION') return { kind: 'RESOLVED', resolution: body };
  if (to === undefined || type !== 'STATUS_CHANGE') return undefined;
  return to === 'CLOSED' ? { kind: 'CLOSED' } : compact({ kind: 'STATUS_CHANGED' as const, from, to });
};

const toldBy = ({ type, body, metadata = {} }: Activity): Told | undefined => {
  const { from, to, mergedInto, unmergedFrom, changes } = metadata as Metadata;
  if (mergedInto !== undefined) return { kind: 'MERGED', to: mergedInto.ticketNumber };
  if (unmergedFrom !== undefined) return { kind: 'UNMERGED', from: unmergedFrom.ticketNumber };
  if (changes?.assetId !== undefined) return { kind: 'LINKED', ...changes.assetId };
  if (type === 'ASSIGNMENT') return to === undefined || to === from ? undefined : { kind: 'ASSIGNED', technicianId: to };
  return moved(type, body, metadata);
};

/** The entries of a timeline that were also published as events, as steps for other services. */
export const stepsOf = (activities: readonly Activity[]): readonly TicketStep[] =>
  activities.flatMap((activity) => {
    const told = toldBy(activity);
    if (told === undefined) return [];
    const { createdAt, authorUserId } = activity;
    return [{ ...told, at: createdAt.toISOString(), ...(authorUserId === undefined ? {} : { actorUserId: authorUserId }) }];
  });
