import { ASSET_CATEGORIES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { CASE_STATUSES, SOURCE_KINDS } from './knowledge-case.js';
import { PERSONAL_KINDS } from './personal/span.js';
import { REASONS } from './suggestion/rank.js';

const device = view('KnowledgeDevice', 'The kind of device that a knowledge case is about.', {
  category: oneOf(ASSET_CATEGORIES),
  brand: text(),
  model: text(),
});
const staffOnly = 'Staff only.';
export const removedAnswer = view('RemovedText', 'Something personal that was found in a text.', {
  field: text().description('Where it stood: `solution`.'),
  kind: oneOf(PERSONAL_KINDS),
  text: text(),
});
const contentFields = {
  device: device.optional(),
  symptom: text(),
  cause: text().optional(),
  solution: text(),
  minutes: count().optional().description('What the work took.'),
  parts: listOf(fields({ sku: text().optional().description(staffOnly), name: text() })),
  tags: listOf(text()),
};
const caseFields = {
  id: id(),
  version: version(),
  ...contentFields,
  usefulCount: count().description('How often somebody said that it helped.'),
  updatedAt: moment(),
  status: oneOf(CASE_STATUSES).optional().description(staffOnly),
  public: flag().optional().description('Customers may read it once it is published. Staff only.'),
  deflectedCount: count().optional().description('How often it helped a customer without a technician. Staff only.'),
  sources: listOf(fields({ kind: oneOf(SOURCE_KINDS), id: id(), number: text() }))
    .optional()
    .description('Work that it was learnt from. Staff only.'),
  mergedIntoId: id().optional().description('The case to use instead. Staff only.'),
  publishedAt: moment().optional().description(staffOnly),
  createdAt: moment().optional().description(staffOnly),
  removed: listOf(removedAnswer).optional().description('What was taken out of the draft; for editors, until it is published.'),
  notPersonal: listOf(text()).optional().description("Stretches that an editor found to be nobody's; for editors."),
};

export const caseAnswer = view('KnowledgeCase', 'A problem that was solved, and how.', caseFields);

export const versionAnswer = view('KnowledgeVersion', 'What a knowledge case said from a moment on.', {
  version: version(),
  at: moment(),
  byUserId: id().optional().description('Missing: it was proposed from finished work.'),
  status: oneOf(CASE_STATUSES),
  public: flag(),
  ...contentFields,
});

export const suggestionAnswer = view('KnowledgeSuggestion', 'A knowledge case that may help, with why.', {
  ...caseFields,
  why: listOf(
    fields({ reason: oneOf(REASONS), words: listOf(text()).optional().description('Words of the question that the case has too.') }),
  ).description('The strongest reason first.'),
});

export const usefulAnswer = view('KnowledgeUse', 'How often a knowledge case helped.', { id: id(), usefulCount: count() });
