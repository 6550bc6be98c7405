import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { contactLine, paragraph, rows } from '@riparo/shared/pages/parts';
import { WORDED_DAY, writeDay, writeTime, type Language } from '@riparo/shared/time/write-time';
import escapeHtml from 'escape-html';
import type { PublicStatus } from './get-public-status.js';
import { labelsIn } from './labels.js';
import { STAGES, stageOf, statusWords, type Stage, type StatusWords } from './status-words.js';

type Settings = Pick<PublishedSettings, 'timeZone' | 'address' | 'contactPhone' | 'contactEmail'>;

export const STATUS_STYLE = [
  '.line{list-style:none;margin:1.2rem 0;padding:0}.line li{display:flex;gap:.7rem;align-items:center;padding:.25rem 0;color:var(--soft)}',
  '.line li::before{content:"";flex:none;width:1.1rem;height:1.1rem;border-radius:50%;border:2px solid var(--edge);font-size:.8rem;line-height:1.1rem;text-align:center}',
  '.line .past{color:inherit}.line .past::before{content:"✓" / "";background:var(--good)}',
  '.line [aria-current]{color:inherit;font-weight:bold}.line [aria-current]::before{background:var(--brand);border-color:currentcolor}',
  '.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}',
  '@media(min-width:40rem){.line{display:flex;gap:1rem;justify-content:space-between}.line li{flex-direction:column;gap:.3rem;text-align:center}}',
].join('');

const step = (words: StatusWords, stage: Stage, index: number, reached: number): string => {
  const unseen = (said: string): string => `<span class="unseen"> (${escapeHtml(said)})</span>`;
  const name = `<span>${escapeHtml(words.stages[stage])}${index < reached ? unseen(words.done) : ''}</span>`;
  if (index === reached) return `<li aria-current="step">${name}</li>`;
  return index < reached ? `<li class="past">${name}</li>` : `<li>${name}</li>`;
};

const progress = (words: StatusWords, found: PublicStatus): string => {
  const stage = stageOf(found);
  if (stage === undefined) return '';
  const reached = STAGES.indexOf(stage);
  return `<ol class="line" aria-label="${escapeHtml(words.progress)}">${STAGES.map((each, index) => step(words, each, index, reached)).join('')}</ol>`;
};

const whatToBring = (words: StatusWords, settings: Settings | undefined): string =>
  `<h2>${escapeHtml(words.bringTitle)}</h2><ul>${words.bring.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul>` +
  rows([[words.where, settings?.address]]);

/** How far the repair is: nothing about people, and no amount. */
export const statusHtml = (language: Language, settings: Settings | undefined, found: PublicStatus): string => {
  const [words, labels] = [statusWords(language), labelsIn(language)];
  const day = (at: Date | undefined): string | undefined =>
    at === undefined ? undefined : writeTime(at, language, settings?.timeZone ?? 'UTC', WORDED_DAY);
  const { estimatedCompletionAt, estimatedCompletionDay: promised, status } = found;
  const expected = promised === undefined ? day(estimatedCompletionAt) : writeDay(promised, language, WORDED_DAY);
  const isOver = found.readyAt !== undefined || stageOf(found) === undefined;
  return (
    paragraph(words.said[status], status === 'REFUSED' || status === 'CANCELED' ? 'said fault' : 'said') +
    progress(words, found) +
    rows([
      [labels.number, found.number],
      [labels.device, `${found.device.brand} ${found.device.model}`],
      [labels.status, labels.statuses[status]],
      [labels.estimate, isOver ? undefined : expected],
      [labels.ready, day(found.readyAt)],
      [labels.collected, day(found.collectedAt)],
    ]) +
    (status === 'READY_FOR_PICKUP' ? whatToBring(words, settings) : '') +
    contactLine(words.contact, settings) +
    `<p><a href="/repair-status?lang=${language}">${escapeHtml(words.other)}</a></p>`
  );
};
