import type { Connection } from 'mongoose';
import type { IssuedDocument } from '../replica/document.js';
import { createContributing } from './contribution.js';
import { nameOf } from './figures.js';
import { createSubject, type Subject } from './subject.js';

/** Issued documents, by the day on their face: how many and how much by kind, and what was taxed at which rate. */
export const createDocumentSubject = (connection: Connection): Subject =>
  createSubject<IssuedDocument>(connection, {
    name: 'documents',
    scheme: 1,
    collection: 'documents',
    fields: ['kind', 'issuedOn', 'currency', 'total', 'vatGroups'],
    contributionOf: ({ kind, issuedOn, currency, total, vatGroups }) => {
      const { add, contribution } = createContributing();
      add(issuedOn, nameOf('count', kind, currency));
      add(issuedOn, nameOf('total', kind, currency), total);
      for (const { vatRate, net, vat } of vatGroups) {
        add(issuedOn, nameOf('taxed', String(vatRate), currency));
        add(issuedOn, nameOf('net', String(vatRate), currency), net);
        add(issuedOn, nameOf('vat', String(vatRate), currency), vat);
      }
      return contribution;
    },
  });
