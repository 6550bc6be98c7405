import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import { addressKey } from '@riparo/shared/http/rate-limit';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { code } from '@riparo/shared/http/schemas';
import { serialKeysOf } from '@riparo/shared/text/serial-key';
import Joi from 'joi';
import { compact } from '@riparo/shared/json/compact';
import type { RepairDeps } from '../dependencies.js';
import { repairNotFound } from '../repair.errors.js';
import type { RepairState } from '../repair.js';

export interface PublicStatusQuery {
  readonly serialNumber: string;
  readonly number: string;
}

export const publicStatusFields = { serialNumber: code(100), number: code(40).uppercase() };

export const publicStatusQuery = Joi.object<PublicStatusQuery>({
  serialNumber: publicStatusFields.serialNumber.required(),
  number: publicStatusFields.number.required(),
});

/** What the holder of a receipt may see: no names, addresses, notes or amounts. */
const publicView = ({ number, device, status, estimatedCompletionAt, estimatedCompletionDay, readyAt, collectedAt }: RepairState) =>
  compact({
    number,
    device: { brand: device.brand, model: device.model },
    status,
    statusName: REPAIR_STATUS_NAMES[status],
    estimatedCompletionAt,
    estimatedCompletionDay,
    readyAt,
    collectedAt,
  });
export type PublicStatus = ReturnType<typeof publicView>;

type Deps = Pick<RepairDeps, 'repairs' | 'guessLimiter'>;

/** A wrong pair and an unknown number both give `undefined` after the same work, so that the time of the answer reveals nothing. */
export const findPublicStatus = async (
  { repairs, guessLimiter }: Deps,
  { now, ip }: Pick<PublicCall, 'now' | 'ip'>,
  { number, serialNumber }: PublicStatusQuery,
): Promise<PublicStatus | undefined> => {
  const tenantId = DEFAULT_TENANT;
  const look = () => repairs.in(tenantId).findOne({ number, serialKey: { $in: serialKeysOf(serialNumber) } });
  const repair = await guessLimiter.attempt({ tenantId, address: addressKey(ip), number, now }, look);
  return repair === undefined ? undefined : publicView(repair);
};

/** `GET /public/repairs/status`. */
export const getPublicStatus =
  (deps: Deps) =>
  async (call: PublicCall<unknown, PublicStatusQuery>): Promise<Reply> => {
    const status = await findPublicStatus(deps, call, call.query);
    if (status === undefined) throw repairNotFound();
    return ok(status);
  };
