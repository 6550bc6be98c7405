import Joi from 'joi';
import { CUSTOMER_TYPES, type CustomerType } from '../contracts/enums.js';
import {
  isFiscalCode,
  isItaly,
  isVatNumber,
  normaliseFiscalCode,
  normaliseVatNumber,
  SDI_FOREIGN,
  SDI_UNKNOWN,
} from '../contracts/fiscal.js';
import { normalCode, normalLine } from '../text/normal.js';
import { code, email, line, oneOf, phone } from './schemas.js';

export interface Address {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state?: string;
  readonly postalCode: string;
  readonly country: string;
}

/** Fields of a customer, as sent to auth by people, or by the desk when it takes in the device of a new customer. */
export interface CustomerData {
  readonly type: CustomerType;
  readonly name: string;
  readonly surname?: string;
  readonly contactEmail: string;
  readonly contactPhone?: string;
  readonly billingAddress?: Address;
  readonly fiscalCode?: string;
  readonly vatNumber?: string;
  readonly pec?: string;
  readonly sdiCode?: string;
  /** A private person wants invoices instead of receipts; everybody else gets invoices. */
  readonly wantsInvoice?: boolean;
}

export const addressSchema = Joi.object<Address>({
  line1: line().required(),
  line2: line(),
  city: line(100).required(),
  state: line(100).required(),
  postalCode: code(20).required(),
  country: line(60).required(),
});

type Siblings = Partial<Record<keyof CustomerData, unknown>>;

/** The object around a field, as it was sent; its other fields are unchecked and may be of any type. */
const siblingsOf = (helpers: Joi.CustomHelpers): Siblings => (helpers.state.ancestors as Siblings[])[0] ?? {};

const countryOf = ({ billingAddress }: Siblings): string | undefined => {
  const country = (billingAddress as { country?: unknown } | undefined)?.country;
  return typeof country === 'string' ? country : undefined;
};

const isForeign = (siblings: Siblings): boolean => {
  const country = countryOf(siblings);
  return country !== undefined && !isItaly(normalLine(country));
};

const refuse = (helpers: Joi.CustomHelpers, text: string): Joi.ErrorReport => helpers.message({ custom: text });

const FOREIGN_NUMBER = /^[A-Z0-9]{2,20}$/;

const fiscalCode: Joi.CustomValidator<string, string> = (value, helpers) => {
  const number = normaliseFiscalCode(value);
  if (isForeign(siblingsOf(helpers)) ? FOREIGN_NUMBER.test(number) : isFiscalCode(number)) return number;
  return refuse(helpers, 'must be a fiscal code: 16 characters or 11 digits with a correct check character');
};

const vatNumber: Joi.CustomValidator<string, string> = (value, helpers) => {
  const number = normaliseVatNumber(value);
  if (isForeign(siblingsOf(helpers)) ? FOREIGN_NUMBER.test(number) : isVatNumber(number)) return number;
  return refuse(helpers, 'must be a VAT number: 11 digits with a correct check digit');
};

const SDI_CODE = /^[A-Z0-9]{7}$/;
const PUBLIC_OFFICE_CODE = /^[A-Z0-9]{6}$/;
const isPublicBody = ({ type }: Siblings): boolean => type === 'GOVERNMENT' || type === 'EDUCATION';

const sdiCode: Joi.CustomValidator<string, string> = (value, helpers) => {
  const recipient = value.toUpperCase();
  const siblings = siblingsOf(helpers);
  if (recipient === SDI_FOREIGN && !isForeign(siblings)) return refuse(helpers, `may be ${SDI_FOREIGN} only with an address outside Italy`);
  if (SDI_CODE.test(recipient) || (isPublicBody(siblings) && PUBLIC_OFFICE_CODE.test(recipient))) return recipient;
  return refuse(helpers, 'must be 7 letters or digits (6 for public bodies)');
};

/** An invoice goes to one place: to the PEC address only when no recipient code is known. */
const pec: Joi.CustomValidator<string, string> = (value, helpers) => {
  const { sdiCode: recipient } = siblingsOf(helpers);
  if (typeof recipient !== 'string' || normalCode(recipient) === SDI_UNKNOWN) return value;
  return refuse(helpers, `may be given only without an SDI code or beside ${SDI_UNKNOWN}`);
};

const italian = Joi.string()
  .custom((value: string, helpers) => (isItaly(normalLine(value)) ? value : helpers.error('any.invalid')))
  .required();

/**
 * Fields of a customer. Every rule looks at one field, so that all faults are reported at once. Each form decides which
 * fields are required.
 */
export const customerFields = {
  type: oneOf(CUSTOMER_TYPES).required(),
  name: line().required(),
  surname: line(100).when('type', { is: 'INDIVIDUAL', then: Joi.required() }),
  billingAddress: addressSchema,
  fiscalCode: code(40).custom(fiscalCode),
  vatNumber: code(40)
    .custom(vatNumber)
    .when('type', { is: 'BUSINESS', then: Joi.when('billingAddress.country', { is: italian, then: Joi.required() }) }),
  pec: email().custom(pec),
  sdiCode: code(20).custom(sdiCode),
  wantsInvoice: Joi.boolean().strict(),
  contactEmail: email(),
  contactPhone: phone(),
};

/** A complete customer, as the desk enters it. */
export const customerSchema = Joi.object<CustomerData>({
  ...customerFields,
  contactEmail: customerFields.contactEmail.required(),
  contactPhone: customerFields.contactPhone.required(),
});
