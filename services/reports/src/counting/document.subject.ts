import type { Connection } from 'mongoose';
import type { IssuedDocument } from '../replica/document.js';
import { createContributing } from './contribution.js';
import { nameOf } from './figures.js';
import { addLeft } from './left-to-pay.js';
import { createSubject, type Subject } from './subject.js';

/** Since this way of counting there are sheets of what is left to pay. */
export const SINCE_LEFT = 2;

/** Issued documents, by the day on their face: how many and how much by kind, what was taxed at which rate, and what is left to pay. */
export const createDocumentSubject = (connection: Connection): Subject =>
  createSubject<IssuedDocument & { readonly _id: string }>(connection, {
    name: 'documents',
    scheme: SINCE_LEFT,
    collection: 'documents',
    fields: ['kind', 'issuedOn', 'currency', 'total', 'vatGroups', 'customerId', 'open', 'openSince'],
    contributionOf: (document, dayOf) => {
      const contributing = createContributing();
      const { add, contribution } = contributing;
      const { kind, issuedOn, currency, total, vatGroups } = document;
      add(issuedOn, nameOf('count', kind, currency));
      add(issuedOn, nameOf('total', kind, currency), total);
      for (const { vatRate, net, vat } of vatGroups) {
        add(issuedOn, nameOf('taxed', String(vatRate), currency));
        add(issuedOn, nameOf('net', String(vatRate), currency), net);
        add(issuedOn, nameOf('vat', String(vatRate), currency), vat);
      }
      addLeft(contributing, document, dayOf);
      return contribution;
    },
  });
