import { TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { TICKET_RELATIONS } from '@riparo/shared/contracts/tickets.events';
import { fields, listOf, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { LINK_PAGE_SHOWN, LINK_PAGE_TAKEN } from '@riparo/shared/http/reference/link-page';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { ticketActivityAnswer } from '../conversation/timeline.answer.js';
import { cannedReplyAnswer, renderedReplyAnswer } from './canned-reply/canned-reply.answer.js';
import { linkAnswer } from './link/link.answer.js';
import { linkedRatingAnswer, ratingLinkAnswer, ticketRatingAnswer } from './rating/rating.answer.js';
import { slaAnswer } from './sla/sla.answer.js';
import { ticketAnswer, ticketDetailsAnswer, ticketStatusAnswer } from './ticket.answer.js';

export const MERGED: Problems = { 409: ['TICKET_MERGED'] };
const NO_TICKET: Problems = { 404: ['TICKET_NOT_FOUND'] };
const DEAD_LINK: Problems = { 422: ['LINK_NOT_VALID'] };
const FOREIGN_REPLY: Problems = { 403: ['CANNED_REPLY_NOT_YOURS'] };
const TITLE_TAKEN_OR_FOREIGN = joinProblems(FOREIGN_REPLY, { 409: ['CANNED_REPLY_TITLE_TAKEN'] });
const NOT_RATABLE: Problems = { 409: ['TICKET_ALREADY_RATED', 'TICKET_NOT_CLOSED', 'TICKET_NOT_RATABLE', 'RATING_PERIOD_OVER'] };
const MERGING = joinProblems(STALE, {
  409: ['TICKET_ALREADY_MERGED', 'MERGE_TARGET_MERGED', 'MERGE_TARGET_FULL', 'MERGE_TARGET_CLOSED', 'MERGE_IN_THE_WAY', 'MERGE_CIRCLE'],
});
/** Also of the wing that assigns them. */
export const FULL: Problems = { 409: ['TICKET_TIMELINE_FULL'] };
const WRITING = joinProblems(MERGED, FULL, STALE, { 409: ['TICKET_CLOSED'] });
const CHANGING_STATUS = joinProblems(MERGED, FULL, {
  403: ['TICKET_NOT_ASSIGNED_TO_YOU'],
  409: ['TICKET_TRANSITION_NOT_ALLOWED', 'WORK_REPORT_NOT_APPROVED'],
});

const current = oneOf(TICKET_STATUSES);
const mergedIntoId = id().description('The ticket to use instead.');
/** Also of the wings that assign tickets and book for them. */
export const TICKET_MEMBERS: ProblemMembers = {
  TICKET_TRANSITION_NOT_ALLOWED: fields({ current, allowed: listOf(current) }),
  TICKET_NOT_EDITABLE: fields({ current }),
  TICKET_NOT_ACTIVE: fields({ current }),
  TICKET_MERGED: fields({ mergedIntoId }),
  TICKET_ALREADY_MERGED: fields({ mergedIntoId }),
  MERGE_TARGET_MERGED: fields({ mergedInto: fields({ id: id(), ticketNumber: text() }) }),
  WORK_REPORT_NOT_APPROVED: fields({
    workReportIds: listOf(id()).description('Reports that are closed or were sent back; none: a visit has no report that was closed.'),
  }),
  TICKETS_LINKED_OTHERWISE: fields({ relation: oneOf(TICKET_RELATIONS) }),
};

const CANNED_REPLIES: Tag = { name: 'Canned replies', about: 'Texts that staff use again and again.' };
/** Also of the wing that assigns them. */
export const TICKETS: Tag = { name: 'Tickets', about: 'What customers ask for, and what is said and done about it.' };

export const CANNED_REPLY_OPERATIONS = operations(CANNED_REPLIES, {
  listCannedReplies: { answer: pageOf(cannedReplyAnswer) },
  createCannedReply: { answer: one(cannedReplyAnswer), problems: TITLE_TAKEN_OR_FOREIGN },
  getCannedReply: { answer: one(cannedReplyAnswer) },
  updateCannedReply: { answer: one(cannedReplyAnswer), problems: TITLE_TAKEN_OR_FOREIGN },
  removeCannedReply: { answer: nothing, problems: FOREIGN_REPLY },
  renderCannedReply: { answer: one(renderedReplyAnswer), problems: NO_TICKET },
});

export const TICKET_OPERATIONS = operations(
  TICKETS,
  {
    rateTicket: { answer: one(ticketRatingAnswer), problems: joinProblems(NOT_RATABLE, MERGED, STALE) },
    getRatingLink: { answer: one(ratingLinkAnswer), problems: DEAD_LINK },
    rateTicketByLink: { answer: one(linkedRatingAnswer), problems: joinProblems(NOT_RATABLE, DEAD_LINK) },
    getRatingPage: LINK_PAGE_SHOWN,
    rateTicketOnPage: LINK_PAGE_TAKEN,
    mergeTicket: { answer: one(ticketAnswer), problems: MERGING },
    unmergeTicket: { answer: one(ticketAnswer), problems: joinProblems(STALE, { 409: ['TICKET_NOT_MERGED'] }) },
    linkTickets: { answer: one(linkAnswer), problems: { 409: ['TICKETS_LINKED_OTHERWISE', 'TICKET_LINKS_FULL'] } },
    listTicketLinks: { answer: pageOf(linkAnswer) },
    unlinkTickets: { answer: nothing, unversioned: true, problems: { 404: ['LINK_NOT_FOUND'] } },
    replyToTicket: { answer: one(ticketActivityAnswer), problems: joinProblems(WRITING, { 404: ['CANNED_REPLY_NOT_FOUND'] }) },
    addTicketNote: { answer: one(ticketActivityAnswer), problems: WRITING },
    listTicketActivities: { answer: pageOf(ticketActivityAnswer) },
    listTickets: { answer: pageOf(ticketAnswer) },
    getTicket: {
      answer: one(ticketDetailsAnswer),
      headers: { Link: 'Where the conversation of a merged ticket goes on, as `rel="canonical"`.' },
    },
    getTicketStatus: { answer: one(ticketStatusAnswer) },
    updateTicket: { answer: one(ticketAnswer), problems: joinProblems(MERGED, FULL, { 409: ['TICKET_NOT_EDITABLE'] }) },
    changeTicketStatus: { answer: one(ticketAnswer), problems: CHANGING_STATUS },
    attachAssetToTicket: {
      answer: one(ticketAnswer),
      problems: joinProblems(WRITING, { 404: ['ASSET_NOT_FOUND'], 409: ['ASSET_RETIRED'] }),
    },
    getTicketSla: { answer: one(slaAnswer) },
  },
  TICKET_MEMBERS,
);
