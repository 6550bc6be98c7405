import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { WorkWarrantyTerms } from '@riparo/shared/contracts/centre-terms';
import type { PublishedWarrantyItem } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { serialKeyOf } from '@riparo/shared/text/serial-key';
import type { Language } from '@riparo/shared/time/write-time';
import { DateTime } from 'luxon';
import { localDateOf } from '../../kernel/day-or-instant.js';
import type { Repair } from '../repair.js';

export type WarrantyItem = PublishedWarrantyItem;

/** The repair whose work failed, where a repair is a claim under the centre's own warranty. */
export interface WarrantyClaim {
  /** The first repair: a claim because of a claim refers to it too. */
  readonly repairId: string;
  readonly number: string;
  /** What was covered on the day of the intake, with its last day. */
  readonly items: readonly WarrantyItem[];
  /** The device of that repair. */
  readonly assetId?: string;
  readonly serialKey: string;
}

/** Under which terms a device is handed back. */
export interface WarrantyRules {
  readonly workWarranty: WorkWarrantyTerms;
  readonly timeZone: string;
  /** In which the items are described. */
  readonly language: Language;
}

/**
 * The last day covered. A device collected on 2026-11-30 has three months until 2027-02-28, because that February has no
 * 30th; one collected on 2026-01-15 until 2026-04-15.
 */
export const lastDayOf = (collectedOn: string, months: number): string =>
  DateTime.fromISO(collectedOn, { zone: 'UTC' }).plus({ months }).toFormat('yyyy-MM-dd');

/** The items that cover something on that day. */
export const coveredOn = (items: readonly WarrantyItem[], day: string): readonly WarrantyItem[] =>
  items.filter(({ until }) => until >= day);

/** The last day on which anything is covered. */
export const lastDayCovered = (items: readonly WarrantyItem[]): string | undefined =>
  items
    .map(({ until }) => until)
    .toSorted()
    .at(-1);

const LABOUR: Readonly<Record<Language, string>> = { en: 'Labour', it: 'Manodopera' };

/** Whether somebody else than the customer answers for the damage: the maker, or the centre for its own work. */
export const isUnderCover = ({ underWarranty, warrantyClaimOf }: Pick<Repair, 'underWarranty' | 'warrantyClaimOf'>): boolean =>
  underWarranty || warrantyClaimOf !== undefined;

type Ended = Pick<Repair, 'outcome' | 'warrantyClaimOf'>;

const partName = ({ partId, name }: PublishedPartUse, { outcome }: Ended): string =>
  name ?? outcome?.lines?.find((line) => line.partId === partId)?.description ?? partId;

/** What a claim covered keeps the day that it had: of the same part, else the last day of the whole claim. */
const keptUntil = ({ items }: WarrantyClaim, use: PublishedPartUse | undefined): string | undefined => {
  const same = items.filter((item) => (use === undefined ? item.kind === 'LABOUR' : item.partId === use.partId));
  return lastDayCovered(use === undefined || same.length > 0 ? same : items);
};

/**
 * The warranty that begins with collection. Labour and every part that the customer paid for get a new one. What a claim
 * covered keeps its last day: a display of 2026-01-15 with 12 months that fails in October is covered until 2027-01-15
 * after the claim, too. Parts that the maker's warranty paid for are the maker's to answer for.
 */
export const warrantyOf = (repair: Ended, at: Date, { workWarranty, timeZone, language }: WarrantyRules): readonly WarrantyItem[] => {
  const { outcome, warrantyClaimOf: claim } = repair;
  if (outcome?.type !== 'COMPLETED') return [];
  const today = localDateOf(at, timeZone);
  const inMonths = (months: number): string | undefined => (months === 0 ? undefined : lastDayOf(today, months));
  // A claim that is not covered and costs nothing all the same begins no warranty either.
  const isClaimed = claim !== undefined && (outcome.notCoveredReason === undefined || outcome.amount.amount === 0);
  const labour = isClaimed ? keptUntil(claim, undefined) : inMonths(workWarranty.labourMonths);
  const parts = (outcome.parts ?? []).filter(({ used }) => used > 0);
  const until = (use: PublishedPartUse): string | undefined => {
    if (use.charge !== 'WARRANTY' && !isClaimed) return inMonths(use.warrantyMonths ?? workWarranty.partsMonths);
    return claim === undefined ? undefined : keptUntil(claim, use);
  };
  const items = [
    { kind: 'LABOUR' as const, description: LABOUR[language], until: labour },
    ...parts.map((use) => ({ kind: 'PART' as const, partId: use.partId, description: partName(use, repair), until: until(use) })),
  ];
  return coveredOn(
    items.filter((item): item is typeof item & { readonly until: string } => item.until !== undefined).map((item) => compact(item)),
    today,
  );
};

/** What tells a device from another: its registration, or its serial number. */
export interface Device {
  readonly assetId?: string | undefined;
  readonly serialNumber: string;
}

export const isSameDevice = ({ assetId, serialKey }: Pick<WarrantyClaim, 'assetId' | 'serialKey'>, device: Device): boolean =>
  (assetId !== undefined && assetId === device.assetId) || serialKey === serialKeyOf(device.serialNumber);

/** A claim as answers show it. */
export const shownClaim = ({ repairId, number, items }: WarrantyClaim) => ({ repairId, number, items });
