import {
  APPROVAL_DEMANDS,
  TAX_REGIMES,
  VAT_EXEMPTIONS,
  type FiscalIdentity,
  type InvoiceTerms,
  type PickupTerms,
  type WorkTerms,
  type WorkWarrantyTerms,
} from '@riparo/shared/contracts/centre-terms';
import { isFiscalCode, isVatNumber, normaliseFiscalCode, normaliseVatNumber } from '@riparo/shared/contracts/fiscal';
import { vatRate } from '@riparo/shared/http/price-line-schema';
import { email, line, oneOf } from '@riparo/shared/http/schemas';
import { isValidIBAN } from 'ibantools';
import Joi from 'joi';

/** More days or months than anybody means. */
const MAX_DAYS = 1_000;
const MAX_MONTHS = 120;
/** 10,000 euros a day for storage can only be a typing error. */
const MAX_FEE = 1_000_000;

const days = (min = 0): Joi.NumberSchema => Joi.number().strict().integer().min(min).max(MAX_DAYS);
const months = (): Joi.NumberSchema => Joi.number().strict().integer().min(0).max(MAX_MONTHS);
const minorUnits = (): Joi.NumberSchema => Joi.number().strict().integer().min(0).max(MAX_FEE);
const inItaly = { is: 'IT', then: Joi.required() };
const sibling = (helpers: Joi.CustomHelpers): Partial<FiscalIdentity> => (helpers.state.ancestors as [Partial<FiscalIdentity>])[0];

/** Italian numbers are checked for real; those of other countries are taken as they are. */
const vatNumber = Joi.string()
  .max(28)
  .custom((given: string, helpers) => {
    if (sibling(helpers).country !== 'IT') return given.trim();
    const number = normaliseVatNumber(given);
    return isVatNumber(number) ? number : helpers.message({ custom: 'must be an Italian VAT number of 11 digits' });
  });

const fiscalCode = Joi.string()
  .max(30)
  .custom((given: string, helpers) => {
    const code = normaliseFiscalCode(given);
    return isFiscalCode(code) ? code : helpers.message({ custom: 'must be an Italian fiscal code of 16 characters or 11 digits' });
  });

const iban = Joi.string()
  .max(50)
  .custom((given: string, helpers) => {
    const code = given.replace(/\s+/g, '').toUpperCase();
    return isValidIBAN(code) ? code : helpers.message({ custom: 'must be an IBAN: country, check digits, account' });
  });

export const fiscalIdentity = Joi.object<FiscalIdentity>({
  legalName: line(80),
  country: Joi.string()
    .pattern(/^[A-Z]{2}$/, 'country code of two letters')
    .required(),
  vatNumber: vatNumber.required(),
  fiscalCode,
  taxRegime: oneOf(TAX_REGIMES).required(),
  street: line(60).required(),
  streetNumber: line(8),
  postalCode: line(10)
    .required()
    .when('country', { is: 'IT', then: Joi.string().pattern(/^\d{5}$/, 'five digits') }),
  city: line(60).required(),
  province: Joi.string()
    .pattern(/^[A-Z]{2}$/, 'province of two letters')
    .when('country', inItaly),
  registerOffice: Joi.string().pattern(/^[A-Z]{2}$/, 'province of two letters'),
  registerNumber: line(20),
  shareCapital: Joi.number().strict().integer().min(0).max(Number.MAX_SAFE_INTEGER),
  soleShareholder: Joi.boolean(),
  inLiquidation: Joi.boolean(),
  pec: email(),
  iban,
  bankName: line(80),
}).and('registerOffice', 'registerNumber');

export const invoiceTerms = Joi.object<InvoiceTerms>({
  vatRate: vatRate().required(),
  vatExemption: oneOf(VAT_EXEMPTIONS).when('vatRate', { is: 0, then: Joi.required() }),
  vatExemptionReason: line(100),
  dueDays: days().required(),
  chargesStampDuty: Joi.boolean().required(),
  series: Joi.string()
    .pattern(/^[A-Z]{0,3}[A-QS-Z]$/, 'one to four capital letters, of which the last is not R: receipts are numbered with it')
    .required(),
});

export const workWarranty = Joi.object<WorkWarrantyTerms>({ labourMonths: months().required(), partsMonths: months().required() });

/** Not by a reference to the other field: the API reference could not say such a minimum. */
const atLeastOneDay: Joi.CustomValidator<number, number> = (cap, helpers) => {
  const { storageFeePerDay } = (helpers.state.ancestors as [Partial<PickupTerms>])[0];
  return storageFeePerDay !== undefined && cap < storageFeePerDay
    ? helpers.message({ custom: 'must be at least the fee of one day' })
    : cap;
};

export const pickupTerms = Joi.object<PickupTerms>({
  daysToCollect: days().required(),
  noticeDays: Joi.array().items(days(1)).unique().min(1).max(10).sort({ order: 'ascending' }).required(),
  storageFeePerDay: minorUnits().required(),
  storageFeeCap: minorUnits().required().custom(atLeastOneDay),
  daysAfterLastNotice: days().required(),
});

/** The longest step of labour that is charged: a day. */
const MAX_STEP_MINUTES = 1_440;

export const workTerms = Joi.object<WorkTerms>({
  labourPerHour: minorUnits().required(),
  labourStepMinutes: Joi.number().strict().integer().min(1).max(MAX_STEP_MINUTES).required(),
  travelPerKm: minorUnits().required(),
  callOutFee: minorUnits().required(),
  approval: oneOf(APPROVAL_DEMANDS).required(),
});
