import { langQuery } from '@riparo/shared/http/page';
import { action, create, get, patch, put, remove, type Route } from '@riparo/shared/http/route';
import { listActivitiesQuery } from '../conversation/list-activities.js';
import { addNote, noteBody } from './reply/add-note.js';
import { attachAssetBody, attachAssetToTicket } from './attach-asset.js';
import { addCannedReply } from './canned-reply/add-canned-reply.js';
import { cannedReplyBody } from './canned-reply/canned-reply.schema.js';
import { getCannedReply } from './canned-reply/get-canned-reply.js';
import { listCannedReplies, listCannedRepliesQuery } from './canned-reply/list-canned-replies.js';
import { putCannedReply } from './canned-reply/put-canned-reply.js';
import { removeCannedReply } from './canned-reply/remove-canned-reply.js';
import { renderCannedReply, renderCannedReplyBody } from './canned-reply/render-canned-reply.js';
import { changeStatusBody, changeTicketStatus } from './change-status.js';
import { editTicket, editTicketBody } from './edit-ticket.js';
import { getTicketStatus } from './get-ticket-status.js';
import { getTicket } from './get-ticket.js';
import { linkTickets, linkTicketsBody } from './link/link-tickets.js';
import { listLinks } from './link/list-links.js';
import { unlinkTickets } from './link/unlink-tickets.js';
import { listActivities } from './list-activities.js';
import { listTickets, listTicketsQuery } from './list/list-tickets.js';
import { mergeTicket, mergeTicketBody } from './merge/merge-ticket.js';
import { unmergeTicket } from './merge/unmerge-ticket.js';
import { getRatingLink } from './rating/get-rating-link.js';
import { rateByLink } from './rating/rate-by-link.js';
import { getRatePage, rateOnPage, ratePageForm, ratePageParams } from './rating/rate-page.js';
import { rateTicket, ratingBody } from './rating/rate-ticket.js';
import { linkParams } from './rating/rating-link.js';
import { replyBody, replyToTicket } from './reply/reply-to-ticket.js';
import { getSla } from './sla/get-sla.js';
import type { TicketDeps } from './dependencies.js';
import { CANNED_REPLY_OPERATIONS, TICKET_OPERATIONS } from './ticket.reference.js';

/** Customers edit their own tickets, technicians those that they may see. */
const WRITE_OR_EDIT = ['write:tickets', 'edit:tickets'] as const;
const WRITE_OR_MOVE = ['write:tickets', 'write:tickets-status'] as const;

/** Texts that staff use again and again. */
const cannedReplyRoutes = (deps: TicketDeps): readonly Route[] => [
  get(
    '/canned-replies',
    'read:canned-replies',
    'Lists the shared canned replies and your own.',
    { query: listCannedRepliesQuery },
    listCannedReplies(deps),
    CANNED_REPLY_OPERATIONS.listCannedReplies,
  ),
  create(
    '/canned-replies',
    'write:canned-replies',
    'Creates a canned reply; the desk can share it.',
    { body: cannedReplyBody },
    addCannedReply(deps),
    CANNED_REPLY_OPERATIONS.createCannedReply,
  ),
  get(
    '/canned-replies/:id',
    'read:canned-replies',
    'Returns a canned reply.',
    {},
    getCannedReply(deps),
    CANNED_REPLY_OPERATIONS.getCannedReply,
  ),
  put(
    '/canned-replies/:id',
    'write:canned-replies',
    'Replaces a canned reply.',
    { body: cannedReplyBody },
    putCannedReply(deps),
    CANNED_REPLY_OPERATIONS.updateCannedReply,
  ),
  remove(
    '/canned-replies/:id',
    'write:canned-replies',
    'Deletes a canned reply.',
    {},
    removeCannedReply(deps),
    CANNED_REPLY_OPERATIONS.removeCannedReply,
  ),
  action(
    '/canned-replies/:id/render',
    'read:canned-replies',
    'Fills in a canned reply for a ticket.',
    { body: renderCannedReplyBody },
    renderCannedReply(deps),
    CANNED_REPLY_OPERATIONS.renderCannedReply,
  ),
];

/** How the customer was served. */
const ratingRoutes = (deps: TicketDeps): readonly Route[] => [
  create(
    '/tickets/:id/rating',
    'rate:tickets',
    'Rates a closed ticket from 1 to 5, once.',
    { body: ratingBody },
    rateTicket(deps),
    TICKET_OPERATIONS.rateTicket,
  ),
  get(
    '/public/ratings/:token',
    'public',
    'Returns the ticket that the link in a closing mail is for.',
    { params: linkParams },
    getRatingLink(deps),
    TICKET_OPERATIONS.getRatingLink,
  ),
  create(
    '/public/ratings/:token',
    'public',
    'Rates a ticket without signing in, through the link in its closing mail.',
    { params: linkParams, body: ratingBody },
    rateByLink(deps),
    TICKET_OPERATIONS.rateTicketByLink,
  ),
  get(
    '/rate/:token',
    'public',
    'Shows the page on which a closed ticket is rated; the closing mail leads there.',
    { params: ratePageParams, query: langQuery },
    getRatePage(deps),
    { ...TICKET_OPERATIONS.getRatingPage, page: true },
  ),
  action(
    '/rate/:token',
    'public',
    'Takes the form of that page.',
    { params: ratePageParams, query: langQuery, body: ratePageForm },
    rateOnPage(deps),
    { ...TICKET_OPERATIONS.rateTicketOnPage, page: true },
  ),
];

/** What a ticket has to do with others. */
const relationRoutes = (deps: TicketDeps): readonly Route[] => [
  action(
    '/tickets/:id/merge',
    'merge:tickets',
    'Merges a duplicate into another ticket of the same customer.',
    { body: mergeTicketBody },
    mergeTicket(deps),
    TICKET_OPERATIONS.mergeTicket,
  ),
  action(
    '/tickets/:id/unmerge',
    'merge:tickets',
    'Undoes a merge; everything that moved goes back.',
    {},
    unmergeTicket(deps),
    TICKET_OPERATIONS.unmergeTicket,
  ),
  create(
    '/tickets/:id/links',
    'edit:tickets',
    'Links a ticket to another one.',
    { body: linkTicketsBody },
    linkTickets(deps),
    TICKET_OPERATIONS.linkTickets,
  ),
  get(
    '/tickets/:id/links',
    'read:tickets',
    'Lists the tickets linked to a ticket, in either direction.',
    {},
    listLinks(deps),
    TICKET_OPERATIONS.listTicketLinks,
  ),
  remove(
    '/tickets/:id/links/:ticketId',
    'edit:tickets',
    'Removes the link between two tickets.',
    {},
    unlinkTickets(deps),
    TICKET_OPERATIONS.unlinkTickets,
  ),
];

/** What is said about a ticket. */
const conversationRoutes = (deps: TicketDeps): readonly Route[] => [
  create(
    '/tickets/:id/reply',
    'reply:tickets',
    'Adds a public reply to the timeline.',
    { body: replyBody },
    replyToTicket(deps),
    TICKET_OPERATIONS.replyToTicket,
  ),
  create(
    '/tickets/:id/notes',
    'note:tickets',
    'Adds a staff note; it is internal unless you say otherwise.',
    { body: noteBody },
    addNote(deps),
    TICKET_OPERATIONS.addTicketNote,
  ),
  get(
    '/tickets/:id/activities',
    'read:tickets',
    'Lists the timeline of a ticket, newest first.',
    { query: listActivitiesQuery },
    listActivities(deps),
    TICKET_OPERATIONS.listTicketActivities,
  ),
];

/** The ticket itself, its status and its clocks. */
const lifeRoutes = (deps: TicketDeps): readonly Route[] => [
  get(
    '/tickets',
    'read:tickets',
    'Lists the tickets you can see, newest first.',
    { query: listTicketsQuery },
    listTickets(deps),
    TICKET_OPERATIONS.listTickets,
  ),
  get('/tickets/:id', 'read:tickets', 'Returns a ticket with its timeline.', {}, getTicket(deps), TICKET_OPERATIONS.getTicket),
  get(
    '/tickets/:id/status',
    'read:tickets',
    'Returns the status of a ticket.',
    {},
    getTicketStatus(deps),
    TICKET_OPERATIONS.getTicketStatus,
  ),
  put(
    '/tickets/:id',
    WRITE_OR_EDIT,
    'Changes title, description, category or priority.',
    { body: editTicketBody },
    editTicket(deps),
    TICKET_OPERATIONS.updateTicket,
  ),
  patch(
    '/tickets/:id/status',
    WRITE_OR_MOVE,
    'Changes the status; RESOLVED needs a resolution.',
    { body: changeStatusBody },
    changeTicketStatus(deps),
    TICKET_OPERATIONS.changeTicketStatus,
  ),
  action(
    '/tickets/:id/attach-asset',
    WRITE_OR_EDIT,
    'Attaches a device to a ticket.',
    { body: attachAssetBody },
    attachAssetToTicket(deps),
    TICKET_OPERATIONS.attachAssetToTicket,
  ),
  get(
    '/tickets/:id/sla',
    'read:sla',
    'Returns the due times of a ticket and how they are calculated.',
    {},
    getSla(deps),
    TICKET_OPERATIONS.getTicketSla,
  ),
];

export const ticketRoutes = (deps: TicketDeps): readonly Route[] => [
  ...cannedReplyRoutes(deps),
  ...ratingRoutes(deps),
  ...relationRoutes(deps),
  ...conversationRoutes(deps),
  ...lifeRoutes(deps),
];
