import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { confirm } from './failed-address.js';
import type { FailedAddresses } from './failed-address.repository.js';
import { failedAddressView } from './list-failed-addresses.js';

/** `POST /failed-addresses/:id/confirm`: somebody has made sure that the address is right, so mails go there again. */
export const confirmFailedAddress =
  ({ failedAddresses }: { readonly failedAddresses: FailedAddresses }) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const after = await failedAddresses.in(caller.tenantId).update(id, (before) => confirm(before, caller.userId, now));
    if (after === undefined) throw notFound('failed address');
    return ok(failedAddressView(after));
  };
