import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';

export interface ExportQuery {
  readonly tenantId: string;
  /** The last id of the previous page. */
  readonly after?: string;
  readonly limit: number;
}

export const exportInput = {
  query: Joi.object<ExportQuery>({
    tenantId: Joi.string().max(64).default(DEFAULT_TENANT),
    after: uuid(),
    limit: Joi.number().integer().min(1).max(200).default(100),
  }),
};

/** The part of a repository that `pageById` uses. */
interface Source<W> {
  list(
    filter: { readonly id?: { readonly $gt: string } },
    options: { readonly sort: { readonly id: 1 }; readonly limit: number },
  ): Promise<readonly { readonly id: string }[]>;
  findWhole(id: string): Promise<W | undefined>;
}

/** The next page by id; `tell` gets each one with its whole timeline. */
export const pageById = async <W, T>(source: Source<W>, { after, limit }: ExportQuery, tell: (whole: W) => T): Promise<readonly T[]> => {
  const page = await source.list(after === undefined ? {} : { id: { $gt: after } }, { sort: { id: 1 }, limit });
  const exported: T[] = [];
  // One by one: timelines can be long, and a rebuild is in no hurry.
  for (const { id } of page) {
    const whole = await source.findWhole(id);
    if (whole !== undefined) exported.push(tell(whole));
  }
  return exported;
};
