import { create as contentDisposition } from 'content-disposition';
import type { Reply } from './route.js';

/** An entity with a `version` gets an `ETag` made from it: version 3 has `"3"`. */
const etag = (data: unknown): Record<string, string> =>
  typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number' ? { ETag: `"${data.version}"` } : {};

const one = (status: number, data: unknown, headers: Record<string, string> = {}, message?: string): Reply => ({
  status,
  body: { data, ...(message === undefined ? {} : { message }), timestamp: new Date().toISOString() },
  headers: { ...etag(data), ...headers },
});

export const ok = (data: unknown, message?: string): Reply => one(200, data, {}, message);

/** The `Location` header is `path` below `/api/v1`. */
export const created = (path: string, data: unknown, message?: string): Reply => one(201, data, { Location: `/api/v1${path}` }, message);

/** 202: the work goes on after the answer. */
export const accepted = (data: unknown, message?: string): Reply => one(202, data, {}, message);

export const noContent = (): Reply => ({ status: 204 });

export interface PageOf<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly pageSize: number;
  readonly totalCount: number;
  readonly totalIsLowerBound?: true;
  readonly searchIsPartial?: boolean;
}

/**
 * `totalIsLowerBound` is present only when counting stopped at its bound, `searchIsPartial` only when some of what was searched
 * has more words than are kept.
 */
export const list = <T>({ items, page, pageSize, totalCount, totalIsLowerBound, searchIsPartial = false }: PageOf<T>): Reply => ({
  status: 200,
  body: {
    data: items,
    pagination: {
      page,
      pageSize,
      totalPages: Math.ceil(totalCount / pageSize),
      totalCount,
      ...(totalIsLowerBound && { totalIsLowerBound }),
      ...(searchIsPartial && { searchIsPartial }),
    },
  },
});

/** A download. Any `filename` is allowed: it is encoded as RFC 6266 says. */
export const file = (bytes: Buffer, contentType: string, filename: string, disposition: 'inline' | 'attachment' = 'attachment'): Reply => ({
  status: 200,
  body: bytes,
  headers: { 'Content-Type': contentType, 'Content-Disposition': contentDisposition(filename, { type: disposition }) },
});
