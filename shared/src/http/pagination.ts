import Joi from 'joi';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;
/** Skipping so many pages takes longer than anybody waits; a filter finds the item sooner. */
const MAX_PAGE = 100_000;

/** The values that `pageQuery` reads from a query, besides the filters. */
export interface PageRequest {
  readonly page: number;
  readonly pageSize: number;
  /** `field` or `-field`. */
  readonly sort: string;
}

const both = (fields: readonly string[]): readonly string[] => fields.flatMap((field) => [field, `-${field}`]);

/**
 * The query schema of a list: `page`, `pageSize`, `sort` from the stated fields (default: the first one, newest or
 * greatest first) and the list's own filters.
 */
export const pageQuery = <F extends object = Record<string, unknown>>(
  sortable: readonly [string, ...string[]],
  filters?: Partial<Record<keyof F & string, Joi.Schema>>,
): Joi.ObjectSchema<PageRequest & F> =>
  Joi.object<PageRequest & F>({
    page: Joi.number().integer().min(1).max(MAX_PAGE).default(1),
    pageSize: Joi.number().integer().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
    sort: Joi.string()
      .valid(...both(sortable))
      .default(`-${sortable[0]}`),
    ...filters,
  });

/**
 * The driver's sort order: `-createdAt` → `{ createdAt: -1, id: -1 }`. The id makes the order total: two items with the
 * same `createdAt` keep their order, so that no item shows up on two pages. An index behind the list must end with the
 * id.
 */
export const toSort = (sort: string): Record<string, 1 | -1> => {
  const direction = sort.startsWith('-') ? -1 : 1;
  const field = sort.replace(/^-/, '');
  return field === 'id' ? { id: direction } : { [field]: direction, id: direction };
};
