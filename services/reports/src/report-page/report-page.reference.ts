import { bytes } from '@riparo/shared/http/reference/answer';
import { operations, type Tag } from '@riparo/shared/http/route';

const REPORT_PAGE_TAG: Tag = { name: 'Report pages', about: 'Figures in a browser, for whoever signed in on `/sign-in`.' };

const PAGE = bytes(['text/html']);

export const REPORT_PAGE_OPERATIONS = operations(REPORT_PAGE_TAG, {
  getReportPage: { answer: PAGE, others: { 422: { about: 'What was asked for is no period: the page says so.', answer: PAGE } } },
  exportReportPage: { answer: bytes(['text/csv']), headers: { 'Content-Disposition': 'The name of the file.' } },
  getBoardPage: { answer: PAGE, headers: { Refresh: 'Seconds until browsers ask again by themselves.' } },
});
