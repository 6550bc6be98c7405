import { action, create, get, patch, put, remove, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { addPart, addPartBody } from './add-part.js';
import { countStock, countStockBody } from './count/count-stock.js';
import { getCount, listCounts, listCountsQuery } from './count/get-count.js';
import { getPart } from './get-part.js';
import { listParts, listPartsQuery } from './list-parts.js';
import { PART_OPERATIONS } from './part.reference.js';
import { changeReservation, changeReservationBody, releaseReservation } from './reservation/change-reservation.js';
import { getReservation } from './reservation/get-reservation.js';
import { listOpenReservations, openReservationsQuery } from './reservation/list-open-reservations.js';
import { listReservations, listReservationsQuery } from './reservation/list-reservations.js';
import { reservePart, reservePartBody } from './reservation/reserve-part.js';
import { retirePart } from './retire-part.js';
import { addMovement, addMovementBody } from './stock/add-movement.js';
import { listMovements, listMovementsQuery } from './stock/list-movements.js';
import { exportParts, exportPartsQuery } from './table/export-parts.js';
import { importParts, importPartsInput } from './table/import-parts.js';
import { updatePart, updatePartBody } from './update-part.js';

const READ = 'read:parts';
const WRITE = 'write:parts';
const RESERVE = 'reserve:parts';

export const partRoutes = (deps: Dependencies): readonly Route[] => [
  get('/parts', READ, 'Lists parts.', { query: listPartsQuery }, listParts(deps), PART_OPERATIONS.listParts),
  create('/parts', WRITE, 'Adds a part to the catalogue.', { body: addPartBody }, addPart(deps), PART_OPERATIONS.createPart),
  get(
    '/parts/reservations',
    READ,
    'Lists reservations; technicians see those of their repairs and work reports.',
    { query: listReservationsQuery },
    listReservations(deps),
    PART_OPERATIONS.listReservations,
  ),
  create(
    '/parts/reservations',
    RESERVE,
    'Reserves a part for a repair or a work report; what is not on the shelf is a back order.',
    { body: reservePartBody },
    reservePart(deps),
    PART_OPERATIONS.createReservation,
  ),
  get('/parts/reservations/:id', READ, 'Shows a reservation.', {}, getReservation(deps), PART_OPERATIONS.getReservation),
  patch(
    '/parts/reservations/:id',
    RESERVE,
    'Changes quantity, charge or price of an open reservation.',
    { body: changeReservationBody },
    changeReservation(deps),
    PART_OPERATIONS.updateReservation,
  ),
  remove('/parts/reservations/:id', RESERVE, 'Releases a reservation.', {}, releaseReservation(deps), PART_OPERATIONS.releaseReservation),
  action('/parts/import', WRITE, 'Adds and changes parts by CSV.', importPartsInput, importParts(deps), {
    ...PART_OPERATIONS.importParts,
    creates: true,
  }),
  get(
    '/parts/export.csv',
    WRITE,
    'Exports parts as CSV, by the filters of the list.',
    { query: exportPartsQuery },
    exportParts(deps),
    PART_OPERATIONS.exportParts,
  ),
  get('/parts/counts', WRITE, 'Lists inventory counts.', { query: listCountsQuery }, listCounts(deps), PART_OPERATIONS.listStockCounts),
  create(
    '/parts/counts',
    WRITE,
    'Records an inventory count and adjusts the stock to it; parts that are not listed stay as they are.',
    { body: countStockBody },
    countStock(deps),
    PART_OPERATIONS.createStockCount,
  ),
  get('/parts/counts/:id', WRITE, 'Shows an inventory count.', {}, getCount(deps), PART_OPERATIONS.getStockCount),
  get('/parts/:id', READ, 'Shows a part with its stock.', {}, getPart(deps), PART_OPERATIONS.getPart),
  put('/parts/:id', WRITE, 'Changes the given fields of a part.', { body: updatePartBody }, updatePart(deps), PART_OPERATIONS.updatePart),
  remove(
    '/parts/:id',
    WRITE,
    'Retires a part: it is no longer offered; its pieces and its ledger stay.',
    {},
    retirePart(deps),
    PART_OPERATIONS.retirePart,
  ),
  get(
    '/parts/:id/movements',
    READ,
    'Lists the ledger of a part, newest first.',
    { query: listMovementsQuery },
    listMovements(deps),
    PART_OPERATIONS.listStockMovements,
  ),
  create(
    '/parts/:id/movements',
    WRITE,
    'Books pieces onto the shelf or off it, and shows the part.',
    { body: addMovementBody },
    addMovement(deps),
    PART_OPERATIONS.createStockMovement,
  ),
  get(
    '/internal/reservations',
    'internal',
    'What is reserved for a repair or a work report at this moment.',
    { query: openReservationsQuery },
    listOpenReservations(deps),
    { root: true },
  ),
];
