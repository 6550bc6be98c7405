import Joi from 'joi';
import { APPROVAL_DEMANDS, TAX_REGIMES, VAT_EXEMPTIONS } from '@riparo/shared/contracts/centre-terms';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { businessCalendar, count, flag, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';

export const settingsAnswer = view('Settings', 'The centre as a whole.', {
  companyName: text(),
  address: text().optional(),
  contactEmail: text().optional(),
  contactPhone: text().optional(),
  logoUrl: text().optional().description('A picture on the web. Mails show it when it is `https`.'),
  brandColour: text().optional().description('`#rrggbb`: buttons of mails and the stripe above them.'),
  timeZone: text().description('IANA name, such as `Europe/Rome`.'),
  locale: text().description('Language of mails and documents, such as `it-IT`, where nobody chose another.'),
  currency: text().description('ISO 4217.'),
  calendar: businessCalendar(),
  fiscalIdentity: fields({
    legalName: text().optional(),
    vatNumber: text(),
    fiscalCode: text().optional(),
    taxRegime: oneOf(TAX_REGIMES),
    street: text(),
    streetNumber: text().optional(),
    postalCode: text(),
    city: text(),
    province: text().optional(),
    country: text(),
    registerOffice: text().optional(),
    registerNumber: text().optional(),
    shareCapital: count().optional().description('Minor units of EUR.'),
    soleShareholder: flag().optional(),
    inLiquidation: flag().optional(),
    pec: text().optional(),
    iban: text().optional(),
    bankName: text().optional(),
  })
    .optional()
    .description('Who issues documents, for the tax office. Missing: electronic invoices cannot be made.'),
  invoiceTerms: fields({
    vatRate: Joi.number().min(0).max(100).description('On charges that were said in one sum, VAT included.'),
    vatExemption: oneOf(VAT_EXEMPTIONS).optional().description('For lines at 0 %: code list Natura of FatturaPA.'),
    vatExemptionReason: text().optional(),
    dueDays: count(),
    chargesStampDuty: flag(),
    series: text(),
  })
    .optional()
    .description('How documents are made out. Missing: 22 % VAT, due after 30 days, series A.'),
  workWarranty: fields({ labourMonths: count(), partsMonths: count() })
    .optional()
    .description('The warranty on the work of the centre, from collection. Missing: 3 months on labour, 12 on parts.'),
  pickupTerms: fields({
    daysToCollect: count(),
    noticeDays: listOf(count()),
    storageFeePerDay: count().description('Minor units, VAT included.'),
    storageFeeCap: count(),
    daysAfterLastNotice: count(),
  })
    .optional()
    .description(
      'What becomes of a device that nobody collects; copied into each repair at the intake. Missing: notices after 7, 30 and 60 days, no fee.',
    ),
  workTerms: fields({
    labourPerHour: count().description('Minor units, without VAT, like the two below; 0: labour is not charged.'),
    labourStepMinutes: count().description('Each begun step is charged in full.'),
    travelPerKm: count(),
    callOutFee: count().description('Once for every visit.'),
    approval: oneOf(APPROVAL_DEMANDS).description('Which work reports the customer has to approve before the ticket can be resolved.'),
  })
    .optional()
    .description('What work on tickets costs where no service plan bears it. Missing: nothing, and reports of visits are approved.'),
  updatedAt: moment(),
  version: version(),
});
