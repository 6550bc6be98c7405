import { appointmentPath } from '@riparo/shared/contracts/links';
import { wordsFor, type LinkFrame, type PageContent, type Shown } from '@riparo/shared/http/link-page';
import { contactLine, paragraph, rows, textField } from '@riparo/shared/pages/parts';
import { writeTime, type Language } from '@riparo/shared/time/write-time';
import escapeHtml from 'escape-html';
import type { FreeSlot } from '../booking/planner.js';
import type { viewLinked } from './appointment-link.js';
import { appointmentWords, type AppointmentWords } from './appointment-words.js';

export interface ShownAppointment {
  readonly tenantId: string;
  readonly view: ReturnType<typeof viewLinked>;
  readonly timeZone: string;
}

const text = escapeHtml;

export const addressOf = (token: string): string => appointmentPath(encodeURIComponent(token));
export const moveAddressOf = (token: string): string => `${addressOf(token)}/move`;

const dayOf = (at: Date, language: Language, timeZone: string): string => writeTime(at, language, timeZone, { dateStyle: 'full' });
const clockOf = (at: Date, language: Language, timeZone: string): string => writeTime(at, language, timeZone, { timeStyle: 'short' });

/** Tuesday 3 March 2026, 10:00–11:00. */
const when = ({ view: { scheduledStartAt, scheduledEndAt }, timeZone }: ShownAppointment, language: Language): string =>
  `${dayOf(scheduledStartAt, language, timeZone)}, ${clockOf(scheduledStartAt, language, timeZone)}–${clockOf(scheduledEndAt, language, timeZone)}`;

const form = ({ language, token }: LinkFrame, verb: 'confirm' | 'move' | 'cancel', inside: string, name = ''): string =>
  `<form method="post" action="${addressOf(token)}/${verb}?lang=${language}"${name === '' ? '' : ` class="${name}"`}>${inside}</form>`;

const statusOf = (words: AppointmentWords, { view }: ShownAppointment, { done, fault }: Shown): string => {
  if (done === 'MOVED') return words.moved;
  if (view.status === 'SCHEDULED' && fault !== undefined) return '';
  return view.status === 'SCHEDULED' && view.confirmedAt !== undefined ? words.confirmed : words.statuses[view.status];
};

const link = (href: string, said: string): string => `<p><a href="${href}">${text(said)}</a></p>`;

const changes = (words: AppointmentWords, { view }: ShownAppointment, frame: LinkFrame, { typed = {}, fault }: Shown): string => {
  if (view.status === 'SCHEDULED' && !view.canCancel) return fault === undefined ? paragraph(words.tooLate) : '';
  const reason = { id: 'reason', name: 'reason', label: words.reason, maxLength: 1_000, value: typed.reason ?? '' };
  const cancel =
    `<h2>${text(words.cancelTitle)}</h2>` +
    textField({ ...reason, fault: fault === 'REASON' ? words.faults.REASON : '' }) +
    `<button>${text(words.cancel)}</button>`;
  return (
    (view.canMove ? paragraph(words.otherHint) + link(`${moveAddressOf(frame.token)}?lang=${frame.language}`, words.other) : '') +
    (view.canCancel ? form(frame, 'cancel', cancel, 'plain') : '')
  );
};

/** The page of an appointment. It works without JavaScript. */
export const appointmentHtml = (shownOne: ShownAppointment, frame: LinkFrame, shown: Shown): PageContent => {
  const words = appointmentWords(frame.language);
  const { view } = shownOne;
  const canConfirm = view.canConfirm && shown.done !== 'MOVED';
  const inside =
    (shown.fault === 'REASON' ? '' : paragraph(wordsFor(words.faults, shown.fault), 'said fault')) +
    paragraph(statusOf(words, shownOne, shown), 'said') +
    rows([
      [words.what, words.types[view.type]],
      [words.when, when(shownOne, frame.language)],
    ]) +
    (canConfirm ? form(frame, 'confirm', `<button>${text(words.confirm)}</button>`) : '') +
    changes(words, shownOne, frame, shown) +
    contactLine(words.contact, frame.settings);
  return { title: words.title, inside };
};

/** A list in which every quarter of an hour of two weeks stands is long: beyond so many, only full and half hours are shown. */
const MANY_TIMES = 120;
const HALF_HOUR_MS = 1_800_000;

const shownTimes = (slots: readonly FreeSlot[]): readonly FreeSlot[] => {
  const round = slots.filter(({ from }) => from % HALF_HOUR_MS === 0);
  return slots.length > MANY_TIMES && round.length > 0 ? round : slots;
};

/** Times by day. */
const options = (slots: readonly FreeSlot[], timeZone: string, language: Language, chosen: string): string => {
  const days = new Map<string, string[]>();
  for (const { from, to } of shownTimes(slots)) {
    const [start, end] = [new Date(from), new Date(to)];
    const value = start.toISOString();
    const day = dayOf(start, language, timeZone);
    const label = `${clockOf(start, language, timeZone)}–${clockOf(end, language, timeZone)}`;
    const option = `<option value="${value}"${value === chosen ? ' selected' : ''}>${text(label)}</option>`;
    days.set(day, [...(days.get(day) ?? []), option]);
  }
  return [...days].map(([day, times]) => `<optgroup label="${text(day)}">${times.join('')}</optgroup>`).join('');
};

export interface ShownTimes extends ShownAppointment {
  readonly slots: readonly FreeSlot[];
}

/** The page of the free times. */
export const moveHtml = (shownOne: ShownTimes, frame: LinkFrame, { fault, typed = {} }: Shown): PageContent => {
  const words = appointmentWords(frame.language);
  const { slots, timeZone } = shownOne;
  const all = options(slots, timeZone, frame.language, typed.start ?? '');
  const told = fault === undefined ? '' : ' aria-invalid="true" aria-describedby="start-fault"';
  const inside =
    (fault === undefined ? '' : `<p class="said fault" id="start-fault">${text(wordsFor(words.faults, fault))}</p>`) +
    rows([
      [words.what, words.types[shownOne.view.type]],
      [words.current, when(shownOne, frame.language)],
    ]) +
    (slots.length === 0
      ? paragraph(words.noTimes)
      : form(
          frame,
          'move',
          `<label for="start">${text(words.times)}</label><select id="start" name="start" required${told}>` +
            `<option value="">${text(words.choose)}</option>${all}</select><button>${text(words.move)}</button>`,
        )) +
    link(`${addressOf(frame.token)}?lang=${frame.language}`, words.keep) +
    contactLine(words.contact, frame.settings);
  return { title: words.moveTitle, inside };
};
