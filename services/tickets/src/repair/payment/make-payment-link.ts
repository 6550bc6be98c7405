import { PAYMENT_LINK, PAYMENT_LINK_DAYS, paymentPath } from '@riparo/shared/contracts/links';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { RepairCall } from '../change-repair.js';
import type { RepairDeps } from '../dependencies.js';
import { visibleTo } from '../repair.access.js';
import { leftToPay } from './decide-payment.js';

const DAY_MS = 86_400_000;

type Deps = Pick<RepairDeps, 'repairs' | 'publicUrl'> & { readonly links: SignedLinks };

/** `POST /repairs/:id/payment-link`: the link that a mail or a QR code carries. */
export const makePaymentLink =
  ({ repairs, links, publicUrl }: Deps) =>
  async ({ caller, params: { id }, now }: RepairCall): Promise<Reply> => {
    const { tenantId } = caller;
    const repair = visibleTo(caller, await repairs.in(tenantId).find(id));
    leftToPay(repair);
    const expiresAt = new Date(now.getTime() + PAYMENT_LINK_DAYS * DAY_MS);
    return ok({ url: `${publicUrl}${paymentPath(links.sign(PAYMENT_LINK, { tenantId, subjectId: id }, expiresAt))}`, expiresAt });
  };
