import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import { INBOUND_MAIL_STATUSES, type InboundMailStatus } from './inbound-mail.js';
import type { InboundMails } from './inbound-mail.repository.js';
import { inboundMailSummary } from './inbound-mail.view.js';

interface Filters {
  readonly status?: InboundMailStatus;
}

export const listInboundMailQuery = pageQuery<Filters>(['createdAt'], { status: oneOf(INBOUND_MAIL_STATUSES) });

export const listInboundMail =
  ({ inboundMails }: { readonly inboundMails: InboundMails }) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, status } = query;
    const found = await inboundMails.in(caller.tenantId).page({ filter: compact({ status }), sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(inboundMailSummary) });
  };
