import type { FiscalIdentity } from '@riparo/shared/contracts/centre-terms';
import { compact } from '@riparo/shared/json/compact';
import { writeDay, type Language } from '@riparo/shared/time/write-time';
import type { Row } from '@riparo/shared/pdf/paper';
import { cellsOf, joined, present, sumsOf } from '../../quote/document/describe-quote.js';
import { paperWords } from '../../quote/document/words.js';
import { writeAmount } from '../../quote/document/write-amount.js';
import { dutyInTotal, type Buyer, type Invoice, type InvoiceContent, type Seller } from '../invoice.js';
import type { InvoicePaper } from './print-invoice.js';
import { invoiceWords, type InvoiceWords } from './words.js';

const withLabel = (label: string, text: string | undefined): string | undefined => text && `${label}: ${text}`;
const inOneLine = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' · ');

const fiscalLines = (identity: FiscalIdentity, words: InvoiceWords, language: Language): readonly string[] => {
  const { vatNumber, fiscalCode, country, registerOffice, registerNumber, shareCapital, soleShareholder, inLiquidation, pec } = identity;
  const capital = shareCapital === undefined ? undefined : writeAmount({ amount: shareCapital, currency: 'EUR' }, language);
  return [
    inOneLine(withLabel(words.vatNumber, `${country}${vatNumber}`), withLabel(words.fiscalCode, fiscalCode), withLabel(words.pec, pec)),
    inOneLine(
      withLabel(words.register, registerOffice && `${registerOffice} ${registerNumber ?? ''}`),
      withLabel(words.shareCapital, capital),
      soleShareholder === true ? words.soleShareholder : undefined,
      inLiquidation === true ? words.inLiquidation : undefined,
    ),
  ];
};

/** Where the fiscal identity says an address, that is the one of the company; `address` is where customers come to. */
const sellerLines = (seller: Seller, words: InvoiceWords, language: Language): readonly string[] => {
  const { companyName, address = '', contactEmail, contactPhone, fiscalIdentity: fiscal } = seller;
  const seat = fiscal && [
    [fiscal.street, fiscal.streetNumber].filter(Boolean).join(' '),
    `${fiscal.postalCode} ${fiscal.city}${fiscal.province === undefined ? '' : ` (${fiscal.province})`} ${fiscal.country}`,
  ];
  const lines = [fiscal?.legalName ?? companyName, ...(seat ?? address.split('\n')), inOneLine(contactPhone, contactEmail)];
  return [...lines, ...(fiscal === undefined ? [] : fiscalLines(fiscal, words, language))].filter((line) => line !== '');
};

const buyerText = ({ name, surname, billingAddress: at, vatNumber, fiscalCode, sdiCode, pec }: Buyer, words: InvoiceWords): string =>
  joined(
    [name, surname].filter(Boolean).join(' '),
    at && joined(at.line1, at.line2, `${at.postalCode} ${at.city}${at.state === '' ? '' : ` (${at.state})`}`, at.country),
    inOneLine(withLabel(words.vatNumber, vatNumber), withLabel(words.fiscalCode, fiscalCode)),
    inOneLine(withLabel(words.sdiCode, sdiCode), withLabel(words.pec, pec)),
  );

const factsOf = ({ content, repairId }: Invoice, words: InvoiceWords): readonly Row[] => {
  const { issuedOn, dueOn, buyer, subject, credits, language } = content;
  const paper = paperWords(language);
  const { number, device } = subject;
  return present([
    [words.issuedOn, writeDay(issuedOn, language)],
    [words.dueOn, dueOn && writeDay(dueOn, language)],
    [words.credits, credits && `${credits.number} ${words.of} ${writeDay(credits.issuedOn, language)}`],
    [words.reason, credits?.reason],
    [paper.customer, buyerText(buyer, words)],
    [repairId === undefined ? paper.about.ticket : paper.about.repair, number],
    [paper.device, device && joined(`${device.brand} ${device.model}`, `${paper.serialNumber}: ${device.serialNumber}`)],
  ]);
};

const isOfReceipt = ({ kind, credits }: InvoiceContent): boolean => kind === 'RECEIPT' || credits?.kind === 'RECEIPT';

/** What the paper is, for the tax office. */
const noticeOf = (content: InvoiceContent, words: InvoiceWords): string | undefined => {
  if (isOfReceipt(content)) return words.receiptNote;
  return content.seller.fiscalIdentity?.country === 'IT' ? words.courtesyCopy : undefined;
};

const settledText = ({ settledBefore, language }: InvoiceContent, words: InvoiceWords): string =>
  settledBefore
    .map(({ method, amount, on }) => {
      const back = amount.amount < 0 ? `, ${words.refunded}` : '';
      return `${writeDay(on, language)}: ${writeAmount(amount, language)} (${words.methods[method]}${back})`;
    })
    .join('\n');

const paymentRows = (content: InvoiceContent, words: InvoiceWords): readonly Row[] => {
  const { kind, leftToPay, seller, language } = content;
  if (kind === 'CREDIT_NOTE') return [];
  const isOpen = leftToPay.amount > 0;
  const { iban, bankName } = seller.fiscalIdentity ?? {};
  return present([
    [words.settled, settledText(content, words) || (isOpen ? words.nothingSettled : undefined)],
    [words.leftToPay, isOpen ? writeAmount(leftToPay, language) : words.paid],
    [words.bank, isOpen && iban !== undefined ? joined(withLabel('IBAN', iban), bankName) : undefined],
  ]);
};

const exemptionText = ({ taxRegime, vatGroups, vatExemption, vatExemptionReason }: InvoiceContent, words: InvoiceWords) => {
  if (!vatGroups.some(({ vatRate }) => vatRate === 0)) return undefined;
  const law = vatExemptionReason ?? (taxRegime === 'RF19' ? words.flatRate : undefined);
  return [vatExemption, law].filter((each) => each !== undefined).join(': ');
};

const noteRows = (content: InvoiceContent, words: InvoiceWords): readonly Row[] =>
  present([
    [words.exemption, exemptionText(content, words)],
    [words.stampDuty, content.stampDuty && words.stampNote],
  ]);

/** Net, VAT for each rate, the stamp duty that the customer pays or has back, rounding, total. */
const allSums = (content: InvoiceContent, words: InvoiceWords): readonly Row[] => {
  const { language, total, rounding } = content;
  const sums = sumsOf(content, paperWords(language), language);
  const duty = dutyInTotal(content);
  const more = present([
    [words.stampDuty, duty === 0 ? undefined : writeAmount({ ...total, amount: duty }, language)],
    [words.rounding, rounding && writeAmount(rounding, language)],
  ]);
  return [...sums.slice(0, -1), ...more, ...sums.slice(-1)];
};

/** What stands on the paper. It follows from what was kept at the issue, and from the address that a code on it leads to. */
export const describeInvoice = (invoice: Invoice, payAt: string | undefined): InvoicePaper => {
  const { content, number, issuedAt } = invoice;
  const { kind, seller, lines, language } = content;
  const [words, paper] = [invoiceWords(language), paperWords(language)];
  const isOpen = kind !== 'CREDIT_NOTE' && content.leftToPay.amount > 0;
  return compact({
    company: sellerLines(seller, words, language),
    title: `${words.kinds[kind]} ${number}`,
    foot: `${words.kinds[kind]} ${number}`,
    words: { page: paper.page, of: paper.of },
    createdAt: issuedAt,
    notice: noticeOf(content, words),
    facts: factsOf(invoice, words),
    heads: [paper.quantity, paper.description, paper.unitPrice, paper.vatRate, paper.amount] as const,
    lines: lines.map((line) => cellsOf(line, paper, language)),
    noLines: '',
    sums: allSums(content, words),
    notes: [...paymentRows(content, words), ...noteRows(content, words)],
    code: isOpen && payAt !== undefined ? { address: payAt, caption: words.payOnline } : undefined,
  });
};
