import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { fileNotFound } from './report-schedule.errors.js';
import type { ReportFiles } from './report-schedule.repository.js';

interface Query {
  readonly tenantId: string;
}

/** Service tokens carry no tenant, so the asking service names it. */
export const reportFileInput = { query: Joi.object<Query>({ tenantId: Joi.string().max(64).default(DEFAULT_TENANT) }) };

/** `content` is in Base64: services answer each other in JSON. */
export const getReportFile =
  ({ reportFiles }: { readonly reportFiles: ReportFiles }) =>
  async ({ query: { tenantId }, params: { id } }: PublicCall<unknown, Query, { id: string }>): Promise<Reply> => {
    const file = await reportFiles.get(tenantId, id, 'csv');
    if (file === undefined) throw fileNotFound();
    return ok({ contentType: file.contentType, content: file.bytes.toString('base64') });
  };
