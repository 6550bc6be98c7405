import { bytes, fields, listOf, one, view } from '@riparo/shared/http/reference/answer';
import { moment, text } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations } from '@riparo/shared/http/route';
import { INVOICES } from '../invoice.reference.js';

const MAKING: Problems = { 409: ['FATTURAPA_NOT_FOR_RECEIPTS', 'FATTURAPA_FAULTY'] };

const fault = view('FatturapaFault', 'Something for which the exchange system would refuse an electronic invoice.', {
  code: text().description('Of its list of checks; 00200: not valid against the schema.'),
  element: text().description('Where in the file.'),
  message: text().description('What is wrong, and what to do.'),
});

const MEMBERS: ProblemMembers = { FATTURAPA_FAULTY: fields({ faults: listOf(fault) }) };

const dropped = view('DroppedFatturapa', 'An electronic invoice that was put into the folder of the operator.', {
  fileName: text(),
  progressive: text().description('Counts what the centre sends.'),
  sha256: text().description('Of its bytes, in hexadecimal digits.'),
  droppedAt: moment(),
});

export const FATTURAPA_OPERATIONS = operations(
  INVOICES,
  {
    getFatturapa: { answer: bytes(['application/xml']), problems: MAKING },
    dropFatturapa: { answer: one(dropped), problems: joinProblems(MAKING, { 409: ['FATTURAPA_DROP_OFF'] }), unversioned: true },
  },
  MEMBERS,
);
