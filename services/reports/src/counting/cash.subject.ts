import type { Connection } from 'mongoose';
import type { CashMovement } from '../replica/cash-movement.js';
import { createContributing } from './contribution.js';
import { nameOf } from './figures.js';
import { createSubject, type Subject } from './subject.js';

/** Payments and refunds, by the day on which they were made: how many and how much by method and currency. */
export const createCashSubject = (connection: Connection): Subject =>
  createSubject<CashMovement>(connection, {
    name: 'cash',
    scheme: 1,
    collection: 'cash_movements',
    fields: ['at', 'method', 'amount'],
    contributionOf: ({ at, method, amount: { amount, currency } }, dayOf) => {
      const { add, contribution } = createContributing();
      const [day, isRefund] = [dayOf(at), amount < 0];
      add(day, nameOf(isRefund ? 'refunds' : 'payments', method, currency));
      add(day, nameOf(isRefund ? 'refunded' : 'received', method, currency), Math.abs(amount));
      return contribution;
    },
  });
