import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { ROW_OUTCOMES } from './row-outcomes.js';

const rowFields = {
  row: count().description('As a spreadsheet counts: the row of names is 1.'),
  outcome: oneOf(ROW_OUTCOMES),
  errors: listOf(fields({ path: text().description('The column; empty: the row as a whole.'), message: text() }))
    .optional()
    .description('Why the row is INVALID.'),
};
const summaryFields = { dryRun: flag(), created: count(), updated: count(), unchanged: count(), invalid: count() };
const ABOUT = 'What an import did with each row, or would do: a dry run changes nothing.';

export const assetImportAnswer = view('AssetImport', ABOUT, {
  ...summaryFields,
  rows: listOf(fields({ ...rowFields, assetId: id().optional().description('Missing while there is no such device.') })),
});

export const partImportAnswer = view('PartImport', ABOUT, {
  ...summaryFields,
  rows: listOf(fields({ ...rowFields, partId: id().optional().description('Missing while there is no such part.') })),
});
