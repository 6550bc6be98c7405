import { CUSTOMER_STATUSES, CUSTOMER_TYPES } from '@riparo/shared/contracts/enums';
import { listOf, view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { emailFailureAnswer } from '../email-failure/email-failure.answer.js';
import { TELLING } from './duplicates.js';

const billingAddress = view('BillingAddress', 'Where invoices are made out to.', {
  line1: text(),
  line2: text().optional(),
  city: text(),
  state: text().optional().description('Province or state.'),
  postalCode: text(),
  country: text(),
});

const profileFields = {
  id: id(),
  type: oneOf(CUSTOMER_TYPES),
  name: text(),
  surname: text().optional(),
  contactEmail: text(),
  contactPhone: text().optional(),
  billingAddress: billingAddress.optional(),
  fiscalCode: text().optional(),
  vatNumber: text().optional(),
  pec: text().optional().description('Certified e-mail address, for electronic invoices.'),
  sdiCode: text().optional().description('Recipient code of the Italian exchange for electronic invoices.'),
  wantsInvoice: flag().optional().description('A private person wants invoices instead of receipts; everybody else gets invoices.'),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

const customerFields = {
  ...profileFields,
  emailFailure: emailFailureAnswer.optional().description('Of `contactEmail`; missing while mails arrive, and in answers to changes.'),
  status: oneOf(CUSTOMER_STATUSES).description('Nobody can sign in for a customer who is CLOSED.'),
};

export const customerAnswer = view('Customer', 'A person or an organisation that the centre works for.', customerFields);

export const createdCustomerAnswer = view('CreatedCustomer', 'A new customer, and existing ones that may be the same.', {
  ...customerFields,
  possibleDuplicates: listOf(
    view('PossibleDuplicate', 'A customer who has something in common with the new one.', {
      id: id(),
      name: text(),
      surname: text().optional(),
      same: listOf(oneOf(TELLING)).description('The fields that are the same.'),
    }),
  ).description('At most five.'),
});

export const customerProfileAnswer = view('CustomerProfile', 'What customers keep up to date themselves.', profileFields);
