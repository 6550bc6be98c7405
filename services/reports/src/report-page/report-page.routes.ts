import { pageLang } from '@riparo/shared/http/page';
import type { PageQuery } from '@riparo/shared/http/page-query';
import { get, type Route } from '@riparo/shared/http/route';
import Joi from 'joi';
import { BOARD_PAGE } from '../board/board-html.js';
import { showBoard } from '../board/show-board.js';
import type { Dependencies } from '../dependencies.js';
import { createAskReport, REPORT_NAMES } from './report-data.js';
import { EXPORT_PAGE, REPORT_PAGE } from './report-html.js';
import { REPORT_PAGE_OPERATIONS } from './report-page.reference.js';
import { exportReportPage, showReportPage } from './show-report-page.js';

const period = {
  from: Joi.string().description('The first day, such as `2026-01-31`.'),
  until: Joi.string().description('The last day, which belongs to the period.'),
  lang: pageLang(),
};
const pageQuery = Joi.object<PageQuery>(period);
const exportQuery = Joi.object<PageQuery>({ report: Joi.string().description(`One of ${REPORT_NAMES.join(', ')}.`), ...period });
const boardQuery = Joi.object<PageQuery>({ still: Joi.string().description('The page does not ask again by itself.'), lang: pageLang() });

/** Figures in a browser. Each page asks the use cases of the API. */
export const reportPageRoutes = (deps: Dependencies): readonly Route[] => {
  const page = { page: true, cookies: deps.pageCookies };
  const its = { ...deps, askReport: createAskReport(deps) };
  return [
    get(REPORT_PAGE, 'read:reports', 'Shows the figures of a period, with charts and tables.', { query: pageQuery }, showReportPage(its), {
      ...REPORT_PAGE_OPERATIONS.getReportPage,
      ...page,
    }),
    get(EXPORT_PAGE, 'read:reports', 'Downloads what that page shows.', { query: exportQuery }, exportReportPage(its), {
      ...REPORT_PAGE_OPERATIONS.exportReportPage,
      ...page,
    }),
    get(BOARD_PAGE, 'read:reports', 'Shows what is to be done now, for a screen on the wall.', { query: boardQuery }, showBoard(deps), {
      ...REPORT_PAGE_OPERATIONS.getBoardPage,
      ...page,
    }),
  ];
};
