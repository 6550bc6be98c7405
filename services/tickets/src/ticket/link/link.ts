import { TicketsLinked, TicketsUnlinked, type TicketName, type TicketRelation } from '@riparo/shared/contracts/tickets.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { linkNotFound, ticketsLinkedOtherwise } from './link.errors.js';

/** The relation as the other ticket shows it. */
export const INVERSE: Readonly<Record<TicketRelation, TicketRelation>> = {
  RELATES_TO: 'RELATES_TO',
  CAUSES: 'CAUSED_BY',
  CAUSED_BY: 'CAUSES',
  DUPLICATES: 'DUPLICATED_BY',
  DUPLICATED_BY: 'DUPLICATES',
};

/**
 * The link between two tickets. Each pair has one document, from whichever side it was made. A removed link keeps its
 * document, without a relation.
 */
export interface Link extends Entity {
  /** In ascending order. */
  readonly ticketIds: readonly [lower: string, higher: string];
  /** What the lower ticket is to the higher one; missing while they are not linked. */
  readonly relation?: TicketRelation;
  readonly linked: boolean;
  readonly byUserId: string;
  readonly since: Date;
}

type LinkDecision = Decision<Link>;

export interface NewLink {
  /** From `linkIdOf`. */
  readonly id: string;
  readonly ticket: TicketName;
  readonly other: TicketName;
  /** What `ticket` is to `other`. */
  readonly relation: TicketRelation;
  readonly byUserId: string;
  readonly at: Date;
}

export const pairOf = (left: string, right: string): readonly [string, string] => (left < right ? [left, right] : [right, left]);

/** What the given ticket of the pair is to the other one. */
export const relationFrom = (
  { ticketIds, relation }: Pick<Link, 'ticketIds' | 'relation'>,
  ticketId: string,
): TicketRelation | undefined => (relation === undefined || ticketIds[0] === ticketId ? relation : INVERSE[relation]);

export const otherOf = ({ ticketIds: [lower, higher] }: Link, ticketId: string): string => (lower === ticketId ? higher : lower);

export const newLink = ({ id, ticket, other, relation, byUserId, at }: NewLink): Draft<Link> => {
  const ticketIds = pairOf(ticket.id, other.id);
  return {
    id,
    ticketIds,
    relation: ticketIds[0] === ticket.id ? relation : INVERSE[relation],
    linked: true,
    byUserId,
    since: at,
  };
};

export const linkEvents = ({ ticket, other, relation, byUserId }: NewLink) => [
  TicketsLinked.with({ ticket, other, relation, actorUserId: byUserId }),
];

export const relate = (before: Link, wanted: NewLink): LinkDecision => {
  const current = relationFrom(before, wanted.ticket.id);
  if (current === wanted.relation) return { state: before };
  if (current !== undefined) throw ticketsLinkedOtherwise(current);
  const { relation, linked, byUserId, since } = newLink(wanted);
  return { state: { ...before, relation, linked, byUserId, since }, events: linkEvents(wanted) };
};

export const unrelate = (before: Link, { ticket, other, byUserId }: Omit<NewLink, 'id' | 'relation' | 'at'>): LinkDecision => {
  const relation = relationFrom(before, ticket.id);
  if (relation === undefined) throw linkNotFound();
  return {
    state: { ...before, relation: undefined, linked: false },
    events: [TicketsUnlinked.with({ ticket, other, relation, actorUserId: byUserId })],
  };
};
