import { listOf, view } from '@riparo/shared/http/reference/answer';
import { anything, count, flag, id, moment, named, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { ACTIVITY_TYPES } from './timeline.js';

export const fileFields = {
  id: id(),
  name: text(),
  contentType: text().description('Media type, found from the content.'),
  byteCount: count(),
  width: count().optional().description('Pixels, of pictures.'),
  height: count().optional(),
};
const file = view('AttachedFile', 'A file of a timeline entry; its bytes are at `/attachments/{id}`.', fileFields);

const entryFields = {
  id: id(),
  type: oneOf(ACTIVITY_TYPES),
  authorUserId: id().optional().description('Missing: the system itself.'),
  author: named().optional(),
  isInternal: flag().description('For staff only.'),
  body: text(),
  metadata: anything('Values for programs: the old and new values of a change.').optional(),
  attachments: listOf(file).optional(),
  createdAt: moment(),
};

/** An entry of a ticket's timeline. */
export const ticketActivityAnswer = view('TicketActivity', 'An entry of the timeline of a ticket.', { ticketId: id(), ...entryFields });
/** An entry of a repair's timeline. */
export const repairActivityAnswer = view('RepairActivity', 'An entry of the timeline of a repair.', { repairId: id(), ...entryFields });
