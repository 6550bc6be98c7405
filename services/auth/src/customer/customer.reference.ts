import { fields, nothing, one, pageOf } from '@riparo/shared/http/reference/answer';
import { count } from '@riparo/shared/http/reference/answer-fields';
import type { Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { createdCustomerAnswer, customerAnswer, customerProfileAnswer } from './customer.answer.js';

const CUSTOMER_TAG: Tag = { name: 'Customers', about: 'The people and organisations that the centre works for.' };

const CLOSED: Problems = { 409: ['CUSTOMER_CLOSED'] };

export const CUSTOMER_OPERATIONS = operations(CUSTOMER_TAG, {
  listCustomers: { answer: pageOf(customerAnswer) },
  createCustomer: { answer: one(createdCustomerAnswer) },
  getCustomer: { answer: one(customerAnswer) },
  updateCustomer: { answer: one(customerAnswer), problems: CLOSED },
  closeCustomer: {
    answer: nothing,
    problems: { 409: ['CUSTOMER_HAS_OPEN_WORK'] },
    members: { CUSTOMER_HAS_OPEN_WORK: fields({ openWork: fields({ tickets: count(), repairs: count() }) }) },
  },
  getCustomerProfile: { answer: one(customerProfileAnswer) },
  updateCustomerProfile: { answer: one(customerProfileAnswer), problems: CLOSED },
});
