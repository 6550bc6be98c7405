import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { RATING_LINK } from '@riparo/shared/contracts/links';
import type { LinkGrant } from '@riparo/shared/http/signed-link';
import Joi from 'joi';
import type { RatingLinkDeps } from '../dependencies.js';
import type { TicketState } from '../ticket.js';

export interface LinkParams {
  readonly token: string;
}
/**
 * A text that is too long for a token is answered 404, like any path parameter that does not fit. A wrong or expired
 * token is answered 422 `LINK_NOT_VALID`.
 */
export const linkParams = Joi.object<LinkParams>({ token: Joi.string().max(1_000).required() });

export const openLink = async (
  { tickets, links }: RatingLinkDeps,
  token: string,
): Promise<{ readonly grant: LinkGrant; readonly ticket: TicketState }> => {
  const grant = links.verify(RATING_LINK, token);
  const ticket = await tickets.in(grant.tenantId).find(grant.subjectId);
  if (ticket === undefined) throw linkInvalid();
  return { grant, ticket };
};
