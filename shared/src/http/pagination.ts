import Joi from 'joi';

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;
/** Beyond this, skipping costs more than anybody's patience; filters lead there sooner. */
const MAX_PAGE = 100_000;

/** What `pageQuery` makes of a query, besides its filters. */
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
 * For the driver: `-createdAt` → `{ createdAt: -1, id: -1 }`. The id makes the order total, so that no item shows up on
 * two pages; an index that backs the list ends in it.
 */
export const toSort = (sort: string): Record<string, 1 | -1> => {
  const direction = sort.startsWith('-') ? -1 : 1;
  const field = sort.replace(/^-/, '');
  return field === 'id' ? { id: direction } : { [field]: direction, id: direction };
};
