import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { Language } from '@riparo/shared/time/write-time';
import { writeMoney } from '@riparo/shared/text/write-money';
import escapeHtml from 'escape-html';
import type { Centre } from '../../centre.js';
import { brandOf } from '@riparo/shared/pages/brand';
import { openPage } from '@riparo/shared/pages/layout';
import { paragraph, rows } from '@riparo/shared/pages/parts';
import { leftOf } from '../find-repair.js';
import type { PageWords } from './page-words.js';

/** Where the page of a token is. */
export const payAddress = (token: string): string => `/pay/${encodeURIComponent(token)}`;

export interface PayContent {
  readonly words: PageWords;
  readonly language: Language;
  readonly centre: Centre;
  readonly token: string;
  readonly repair: PublishedRepair;
  readonly isOnline: boolean;
  /** What is said of a payment that was just made. */
  readonly said?: string | undefined;
  readonly fault?: string | undefined;
}

const stateOf = ({ words, repair }: PayContent): string => {
  if (repair.outcome === undefined || repair.amountDue.amount === 0) return words.nothingDue;
  return leftOf(repair).amount === 0 ? words.allPaid : '';
};

const onlineForm = ({ words, token, repair, language, isOnline }: PayContent): string =>
  isOnline
    ? `<form method="post" action="${payAddress(token)}/checkout?lang=${language}"><h2>${escapeHtml(words.online)}</h2>` +
      `${paragraph(words.onlineHint)}<button>${escapeHtml(`${words.payNow} ${writeMoney(leftOf(repair), language)}`)}</button></form>`
    : '';

const transfer = ({ words, centre, repair }: PayContent): string => {
  const { iban, bankName, legalName } = centre.fiscalIdentity ?? {};
  if (iban === undefined) return '';
  const account = rows([
    [words.holder, legalName ?? centre.companyName],
    [words.iban, iban.replace(/(.{4})(?=.)/g, '$1 ')],
    [words.bank, bankName],
    [words.reason, repair.number],
  ]);
  return `<h2>${escapeHtml(words.transfer)}</h2>${account}`;
};

const amounts = ({ words, repair, language }: PayContent): string => {
  const { amountDue, amountPaid, amountWaived } = repair;
  const write = (money: PublishedRepair['amountDue'] | undefined, always = false): string | undefined =>
    money === undefined || (money.amount === 0 && !always) ? undefined : writeMoney(money, language);
  return rows([
    [words.about, repair.number],
    [words.device, `${repair.device.brand} ${repair.device.model}`],
    [words.charged, write(amountDue, true)],
    [words.waived, write(amountWaived)],
    [words.paid, write(amountPaid)],
    [words.left, write(leftOf(repair), true)],
  ]);
};

/** The page on which a repair is paid. It works without JavaScript. */
export const payHtml = (content: PayContent): string => {
  const { words, language, centre, token, repair, said = '', fault = '' } = content;
  const ways = [centre.contactPhone, centre.contactEmail].filter((way) => way !== undefined);
  const isDue = repair.outcome !== undefined && leftOf(repair).amount > 0;
  const body =
    paragraph(fault, 'said fault') +
    paragraph(said, 'said') +
    (said === '' ? paragraph(stateOf(content), 'said') : '') +
    amounts(content) +
    (isDue ? onlineForm(content) + transfer(content) + paragraph(words.counter) : '') +
    (ways.length === 0 ? '' : paragraph(`${words.contact} ${ways.join(' · ')}`));
  return openPage({ language, brand: brandOf(centre), address: payAddress(token) }, `${words.title} ${repair.number}`, body);
};
