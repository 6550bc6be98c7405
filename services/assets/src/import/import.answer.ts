import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { ROW_OUTCOMES } from './import-assets.js';

const row = fields({
  row: count().description('As a spreadsheet counts: the row of names is 1.'),
  outcome: oneOf(ROW_OUTCOMES),
  assetId: id().optional().description('Missing while there is no such device.'),
  errors: listOf(fields({ path: text().description('The column; empty: the row as a whole.'), message: text() }))
    .optional()
    .description('Why the row is INVALID.'),
});

export const assetImportAnswer = view('AssetImport', 'What an import did with each row, or would do: a dry run changes nothing.', {
  dryRun: flag(),
  created: count(),
  updated: count(),
  unchanged: count(),
  invalid: count(),
  rows: listOf(row),
});
