import { RESERVATION_CHARGES, RESERVATION_STATES, STOCK_MOVEMENT_KINDS } from '@riparo/shared/contracts/parts.events';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, flag, id, moment, money, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

export const partAnswer = view('Part', 'A part of the catalogue with its stock.', {
  id: id(),
  sku: text(),
  name: text(),
  brand: text().optional(),
  compatibleWith: listOf(fields({ brand: text(), model: text() })).description('The devices that it is made for.'),
  salePrice: money().description('Of one piece, without VAT.'),
  vatRate: Joi.number().description('Percent.'),
  warrantyMonths: count().optional(),
  minimumStock: count().optional(),
  shelf: text().optional().description('Where it lies.'),
  barcode: text().optional(),
  active: flag().description('`false`: no longer offered.'),
  onHand: count().description('Pieces on the shelf.'),
  reserved: count().description('Of these, pieces that wait for a repair or a visit.'),
  available: count().description('`onHand` less `reserved`.'),
  onOrder: count().description('Pieces that purchase orders are still to bring.'),
  lowStock: flag().description('Fewer are available than `minimumStock`.'),
  cost: money().optional().description('What one piece costs the centre; for the desk.'),
  averageCost: money().optional().description('Weighted average of the pieces on the shelf; for the desk, while there are any.'),
  supplier: text().optional().description('For the desk.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version().description('Counts edits of what the desk writes; stock does not move it. `"3"` is the ETag of version 3.'),
});

export const movementAnswer = view('StockMovement', 'One line of the ledger of a part.', {
  id: id(),
  position: count().description('Counts the movements of the part, from 1.'),
  kind: oneOf(STOCK_MOVEMENT_KINDS),
  quantity: Joi.number()
    .integer()
    .description('Positive onto the shelf, negative off it; 0 where a count found gone what had left the books already.'),
  unitCost: money().optional().description('What one piece has cost; for the desk.'),
  unitPrice: money().optional().description('CONSUMPTION: what one piece is sold for; 0 where the warranty pays.'),
  onHand: count().description('Pieces on the shelf afterwards.'),
  at: moment(),
  byUserId: id().optional().description('Missing: the system.'),
  reason: text().optional(),
  repairId: id().optional(),
  workReportId: id().optional(),
  reservationId: id().optional(),
  purchaseOrderId: id().optional(),
});

export const reservationAnswer = view('Reservation', 'Pieces of a part for a repair, or for the ticket of a work report.', {
  id: id(),
  partId: id(),
  sku: text(),
  name: text(),
  repairId: id().optional().description('What it is for: this, or `workReportId`.'),
  workReportId: id().optional(),
  quantity: count(),
  state: oneOf(RESERVATION_STATES),
  unitPrice: money().description('Of one piece, without VAT.'),
  charge: oneOf(RESERVATION_CHARGES).description('WARRANTY: it is not charged.'),
  expectedOn: calendarDay().optional().description('BACKORDERED: when the pieces are expected.'),
  used: count().optional().description('Pieces built in, once the work has ended.'),
  createdAt: moment(),
  createdByUserId: id().optional().description('Missing: an accepted quote made it.'),
  endedAt: moment().optional(),
});
