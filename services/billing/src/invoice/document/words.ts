import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { InvoiceKind } from '@riparo/shared/contracts/invoices.events';
import type { Language } from '@riparo/shared/time/write-time';

/** Texts of invoices, receipts and credit notes on paper, besides those that quotes have too. */
const EN = {
  kinds: { INVOICE: 'Invoice', RECEIPT: 'Receipt', CREDIT_NOTE: 'Credit note' } satisfies Record<InvoiceKind, string>,
  courtesyCopy: 'Courtesy copy, not a fiscal document: the electronic invoice sent through the Italian exchange system (SdI) counts.',
  receiptNote: 'This receipt is not a fiscal document: it does not replace an invoice or a till receipt.',
  issuedOn: 'Date of issue',
  dueOn: 'Due date',
  vatNumber: 'VAT no.',
  fiscalCode: 'Fiscal code',
  register: 'Company register',
  shareCapital: 'Share capital',
  soleShareholder: 'sole shareholder',
  inLiquidation: 'in liquidation',
  sdiCode: 'SDI code',
  pec: 'Certified e-mail',
  credits: 'Takes back',
  of: 'of',
  reason: 'Reason',
  stampDuty: 'Stamp duty',
  rounding: 'Rounding',
  settled: 'Payments received',
  refunded: 'given back',
  nothingSettled: 'None before the date of issue',
  leftToPay: 'Left to pay',
  paid: 'Paid in full. Thank you!',
  bank: 'Bank transfer',
  exemption: 'VAT exemption',
  flatRate: 'No VAT is charged: flat-rate scheme under art. 1, paragraphs 54–89, of Italian Law no. 190/2014.',
  stampNote: 'Stamp duty of 2.00 EUR paid virtually.',
  payOnline: 'Scan this code to see how you can pay',
  methods: {
    CASH: 'Cash',
    CARD: 'Card',
    BANK_TRANSFER: 'Bank transfer',
    ONLINE: 'Online payment',
    OTHER: 'Other payment',
  } satisfies Record<PaymentMethod, string>,
};
export type InvoiceWords = typeof EN;

const IT: InvoiceWords = {
  kinds: { INVOICE: 'Fattura', RECEIPT: 'Ricevuta', CREDIT_NOTE: 'Nota di credito' },
  courtesyCopy: 'Copia di cortesia priva di valore fiscale: fa fede la fattura elettronica trasmessa al Sistema di Interscambio (SdI).',
  receiptNote: 'Questa ricevuta non è un documento fiscale: non sostituisce la fattura né il documento commerciale.',
  issuedOn: 'Data di emissione',
  dueOn: 'Scadenza',
  vatNumber: 'P. IVA',
  fiscalCode: 'Codice fiscale',
  register: 'Registro imprese',
  shareCapital: 'Capitale sociale',
  soleShareholder: 'socio unico',
  inLiquidation: 'in liquidazione',
  sdiCode: 'Codice destinatario',
  pec: 'PEC',
  credits: 'Storna',
  of: 'del',
  reason: 'Motivo',
  stampDuty: 'Imposta di bollo',
  rounding: 'Arrotondamento',
  settled: 'Pagamenti ricevuti',
  refunded: 'rimborsato',
  nothingSettled: 'Nessuno prima della data di emissione',
  leftToPay: 'Da pagare',
  paid: 'Interamente pagato. Grazie!',
  bank: 'Bonifico bancario',
  exemption: 'Esenzione IVA',
  flatRate:
    'Operazione effettuata ai sensi dell’art. 1, commi da 54 a 89, della Legge n. 190/2014 (regime forfettario), non soggetta a IVA.',
  stampNote: 'Imposta di bollo di 2,00 € assolta in modo virtuale.',
  payOnline: 'Inquadri il codice per vedere come pagare',
  methods: {
    CASH: 'Contanti',
    CARD: 'Carta',
    BANK_TRANSFER: 'Bonifico',
    ONLINE: 'Pagamento online',
    OTHER: 'Altro pagamento',
  },
};

export const invoiceWords = (language: Language): InvoiceWords => (language === 'it' ? IT : EN);
