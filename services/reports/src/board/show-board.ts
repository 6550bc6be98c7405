import { htmlReply } from '@riparo/shared/http/page';
import { typedIn } from '@riparo/shared/http/page-query';
import type { Reply } from '@riparo/shared/http/route';
import { writeTime } from '@riparo/shared/time/write-time';
import { getDashboard } from '../dashboard/get-dashboard.js';
import type { Dependencies } from '../dependencies.js';
import { readFrame, type PageCall } from '../report-page/frame.js';
import { boardHtml, type BoardData } from './board-html.js';

const SECONDS = '60';

/** `GET /board`: what `GET /reports/dashboard` says of now. Browsers ask again by themselves, unless somebody has stopped that. */
export const showBoard = (deps: Dependencies) => {
  const dashboard = getDashboard(deps);
  return async (call: PageCall): Promise<Reply> => {
    const [frame, { body }] = await Promise.all([readFrame(deps.settings, call), dashboard({ ...call, query: { format: 'json' } })]);
    const { data } = body as { readonly data: BoardData & { readonly timeZone: string } };
    const isStill = typedIn(call.query, 'still').length > 0;
    const time = writeTime(call.now, frame.language, data.timeZone, { timeStyle: 'short' });
    const html = boardHtml({ frame, data, time, isStill });
    return htmlReply(200, html, { brand: frame.brand }, isStill ? {} : { Refresh: SECONDS });
  };
};
