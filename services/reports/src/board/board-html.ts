import { openPage } from '@riparo/shared/pages/layout';
import { escaped, paragraph } from '@riparo/shared/pages/parts';
import type { Language } from '@riparo/shared/time/write-time';
import { signedInAs, STAFF_STYLE, tiles, type StaffFrame } from '../report-page/frame.js';

export const BOARD_PAGE = '/board';

const EN = {
  title: 'Board',
  tickets: 'Tickets',
  repairs: 'Repairs',
  queue: 'Queue: nobody has it',
  dueToday: 'Due later today',
  overdue: 'Overdue',
  open: 'Open',
  waiting: 'Waiting for the customer',
  inRepair: 'In repair',
  heldUp: 'On hold or waiting for parts',
  ready: 'Ready for collection',
  asOf: (time: string) => `As of ${time}.`,
  refreshes: 'This page refreshes itself every minute.',
  stop: 'Stop refreshing',
  start: 'Refresh every minute',
  reports: 'Reports',
};
type Words = typeof EN;
const IT: Words = {
  title: 'Tabellone',
  tickets: 'Ticket',
  repairs: 'Riparazioni',
  queue: 'In coda: non assegnati',
  dueToday: 'In scadenza oggi',
  overdue: 'Scaduti',
  open: 'Aperti',
  waiting: 'In attesa del cliente',
  inRepair: 'In riparazione',
  heldUp: 'Sospese o in attesa di ricambi',
  ready: 'Pronte per il ritiro',
  asOf: (time) => `Situazione alle ${time}.`,
  refreshes: 'La pagina si aggiorna da sola ogni minuto.',
  stop: 'Ferma l’aggiornamento',
  start: 'Aggiorna ogni minuto',
  reports: 'Report',
};
const wordsOf = (language: Language): Words => (language === 'it' ? IT : EN);

/** The parts of the dashboard that the board shows. */
export interface BoardData {
  readonly date: string;
  readonly now: {
    readonly open: number;
    readonly unassigned: number;
    readonly dueToday: number;
    readonly overdue: number;
    readonly waitingForCustomer: number;
  };
  readonly repairs: {
    readonly now: {
      readonly open: number;
      readonly unassigned: number;
      readonly heldUp: number;
      readonly readyForPickup: number;
      readonly byStatus: Readonly<Record<string, number>>;
    };
  };
}

const STYLE = '.tiles a{font-size:clamp(2rem,6vw,4rem);line-height:1.1}header,main{max-width:none}';

export interface BoardContent {
  readonly frame: StaffFrame;
  readonly data: BoardData;
  /** The hour on the wall. */
  readonly time: string;
  readonly isStill: boolean;
}

/** What is to be done now, in numbers that are read from afar; each leads to the report of today. */
export const boardHtml = ({ frame, data, time, isStill }: BoardContent): string => {
  const words = wordsOf(frame.language);
  const [ofTickets, ofRepairs] = [data.now, data.repairs.now];
  const today = frame.link('/reports', { from: data.date, until: data.date });
  const tile = (name: string, value: number, part: string) => ({ name, value: String(value), href: `${today}#${part}` });
  const inRepair = ['IN_PROGRESS', 'QUALITY_CHECK'].reduce((sum, status) => sum + (ofRepairs.byStatus[status] ?? 0), 0);
  const inside =
    `<h2>${escaped(words.repairs)}</h2>` +
    tiles([
      tile(words.queue, ofRepairs.unassigned, 'repairs'),
      tile(words.inRepair, inRepair, 'by-technician'),
      tile(words.heldUp, ofRepairs.heldUp, 'repairs'),
      tile(words.ready, ofRepairs.readyForPickup, 'repairs'),
    ]) +
    `<h2>${escaped(words.tickets)}</h2>` +
    tiles([
      tile(words.queue, ofTickets.unassigned, 'technicians'),
      tile(words.dueToday, ofTickets.dueToday, 'technicians'),
      tile(words.overdue, ofTickets.overdue, 'technicians'),
      tile(words.waiting, ofTickets.waitingForCustomer, 'tickets'),
      tile(words.open, ofTickets.open, 'technicians'),
    ]) +
    paragraph(isStill ? words.asOf(time) : `${words.asOf(time)} ${words.refreshes}`) +
    `<p><a href="${frame.link(BOARD_PAGE, isStill ? {} : { still: '1' })}">${escaped(isStill ? words.start : words.stop)}</a></p>` +
    `<p><a href="${frame.link('/reports')}">${escaped(words.reports)}</a></p>${signedInAs(frame)}`;
  const address = isStill ? `${BOARD_PAGE}?still=1` : BOARD_PAGE;
  return openPage({ language: frame.language, brand: frame.brand, address }, words.title, inside, STAFF_STYLE + STYLE);
};
