import type { ExportQuery } from '@riparo/shared/rebuild/export-page';

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
