import { MAX_PARKED, type ParkedView } from '@riparo/shared/composition/parked-door';
import { TOPOLOGY, type ServiceName } from '@riparo/shared/contracts/topology';
import { pageQuery, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { ParkedDoors } from './parked-doors.js';

interface Filters {
  readonly consumer?: ServiceName;
}

export const CONSUMERS = Object.keys(TOPOLOGY) as readonly ServiceName[];

export const listParkedEventsQuery = pageQuery<Filters>(['parkedAt'], {
  consumer: oneOf(CONSUMERS).description('Only what this service gave up on; no other service is asked then.'),
});

const byTime = (one: ParkedView, other: ParkedView): number => one.parkedAt.localeCompare(other.parkedAt) || one.id.localeCompare(other.id);

/** A service that does not answer fails the list: one without its events would look as if there were none. */
export const listParkedEvents =
  ({ parkedDoors }: { readonly parkedDoors: ParkedDoors }) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, consumer } = query;
    const asked = consumer === undefined ? CONSUMERS : [consumer];
    const lists = await Promise.all(asked.map((name) => parkedDoors[name].list(caller.tenantId)));
    const all = lists.flat().sort(byTime);
    if (sort.startsWith('-')) all.reverse();
    const isFull = lists.some(({ length }) => length >= MAX_PARKED);
    return list({
      items: all.slice((page - 1) * pageSize, page * pageSize),
      page,
      pageSize,
      totalCount: all.length,
      ...(isFull && { totalIsLowerBound: true as const }),
    });
  };
