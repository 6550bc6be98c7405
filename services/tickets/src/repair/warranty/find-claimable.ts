import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import { HOUR_MS } from '@riparo/shared/time/units';
import { nothingUnderWarranty } from '../repair.errors.js';
import type { RepairState } from '../repair.js';
import type { Repairs } from '../repair.repository.js';
import { coveredOn, isSameDevice, lastDayCovered, type Device, type WarrantyClaim, type WarrantyItem } from './work-warranty.js';

/** Whose device it is, and on which day it was taken in. */
export interface Subject extends Device {
  readonly customerId: string;
  readonly day: string;
}

/** Repairs of one device that are read. */
const MOST = 100;

/** When the day is over in every time zone: no claim on work that was handed back after the device was taken in. */
const endOfDayAnywhere = (day: string): number => Date.parse(`${day}T00:00:00Z`) + 36 * HOUR_MS;

const sameItem = (one: WarrantyItem, other: WarrantyItem): boolean => one.kind === other.kind && one.partId === other.partId;

/** Of the same item the one that is covered longest: a claim keeps the last day of what it covered. */
const merged = (items: readonly WarrantyItem[]): readonly WarrantyItem[] =>
  items.filter(
    (item, index) =>
      !items.some((other, place) => sameItem(item, other) && (other.until > item.until || (other.until === item.until && place < index))),
  );

/** What can be claimed for a device, by the first repair of each chain of claims; the oldest first. */
const findClaimable =
  ({ repairs }: { readonly repairs: Repairs }) =>
  async (tenantId: string, { customerId, assetId, serialNumber, day }: Subject): Promise<readonly WarrantyClaim[]> => {
    const inTenant = repairs.in(tenantId);
    const find = (device: { readonly serialKey: string } | { readonly assetId: string }) =>
      inTenant.list({ customerId, ...device, warrantyUntil: { $gte: day } }, { sort: { warrantyUntil: -1 }, limit: MOST });
    const [bySerial, byAsset] = await Promise.all([
      find({ serialKey: serialKeyOf(serialNumber) }),
      assetId === undefined ? [] : find({ assetId }),
    ]);
    const found = [...new Map([...bySerial, ...byAsset].map((repair) => [repair.id, repair])).values()]
      .filter(({ collectedAt }) => collectedAt !== undefined && collectedAt.getTime() <= endOfDayAnywhere(day))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const chains = new Map<string, WarrantyClaim>();
    for (const repair of found) {
      const { id, number, warrantyClaimOf: earlier, workWarranty = [] } = repair;
      const root = earlier ?? compact({ repairId: id, number, assetId: repair.assetId, serialKey: repair.serialKey });
      const items = [...(chains.get(root.repairId)?.items ?? []), ...coveredOn(workWarranty, day)];
      chains.set(root.repairId, { ...root, items: merged(items) });
    }
    return [...chains.values()];
  };

const refused = (message: string) => invalidInput([{ path: 'warrantyClaimOf', message }]);

/** Says why a repair cannot be claimed. */
const whyNot = (original: RepairState | undefined, subject: Subject) => {
  if (original?.customerId !== subject.customerId) return refused('must be a repair of the same customer');
  const { number, collectedAt, workWarranty = [] } = original;
  if (!isSameDevice(original, subject)) return refused('must be a repair of the same device');
  if (collectedAt === undefined) return nothingUnderWarranty(`${number} has not been collected, so its warranty has not begun.`);
  const lastDay = lastDayCovered(workWarranty);
  return nothingUnderWarranty(
    lastDay === undefined
      ? `The work of ${number} has no warranty.`
      : `The warranty on ${number} covered its last item until ${lastDay}, and the device was taken in on ${subject.day}.`,
  );
};

export interface Claims {
  /** Repairs of the device whose work the centre still answers for. */
  claimable(tenantId: string, subject: Subject): Promise<readonly WarrantyClaim[]>;
  /** The claim because of a repair or of one of its claims. Throws 422 or 409 where nothing of it is covered. */
  claimOf(tenantId: string, repairId: string, subject: Subject): Promise<WarrantyClaim>;
}

export const createClaims = (deps: { readonly repairs: Repairs }): Claims => {
  const claimable = findClaimable(deps);
  return {
    claimable,
    claimOf: async (tenantId, repairId, subject) => {
      const original = await deps.repairs.in(tenantId).find(repairId);
      const root = original?.warrantyClaimOf?.repairId ?? repairId;
      const claim = (await claimable(tenantId, subject)).find((each) => each.repairId === root);
      // A claim that is still at work has no warranty of its own yet, but its first repair has.
      if (claim === undefined) throw whyNot(original, subject);
      return claim;
    },
  };
};
