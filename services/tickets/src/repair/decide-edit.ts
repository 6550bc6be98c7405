import { RepairUpdated, type RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { changedEntry, type Changes } from '../conversation/entries.js';
import { actor, type Stamp } from '../conversation/stamp.js';
import type { PromiseRules } from '../kernel/promise.js';
import { isDeepStrictEqual } from 'node:util';
import { repairWords } from './intake/decide-open.js';
import { refuseUnlessTheirs } from './outcome/decide-status.js';
import { estimate } from './estimate.js';
import { applyChange } from './apply-change.js';
import { repairNotActive, repairWorkEnded } from './repair.errors.js';
import { isInWork, refuseFullTimeline, type RepairDecision, type RepairState } from './repair.js';
import { published } from './published-repair.js';
import { isSameDevice, type WarrantyClaim } from './warranty/work-warranty.js';

export interface Edit {
  /** The complete device; it replaces the old one. */
  readonly device?: RepairDevice;
  readonly problemDescription?: string;
  /** `null` removes the notes; with `estimatedCompletionAt`, the estimate. */
  readonly notes?: string | null;
  readonly estimatedCompletionAt?: DayOrInstant | null;
  /** What the repair is a claim of; `null` makes it none. */
  readonly claim?: WarrantyClaim | null | undefined;
}

/** As requests say it: the claim by the id of the repair whose work failed. */
export type EditBody = Omit<Edit, 'claim'> & { readonly warrantyClaimOf?: string | null };

export interface EditRules {
  readonly tenant: PromiseRules;
  readonly customerWords: readonly string[];
  /** Whether a device was under warranty on the day of the intake. */
  readonly wasUnderWarranty: (device: RepairDevice) => boolean;
}

const DEVICE_FIELDS = [
  'category',
  'brand',
  'model',
  'serialNumber',
  'purchaseDate',
  'warrantyEndDate',
  'accessories',
  'condition',
] as const satisfies readonly (keyof RepairDevice)[];

const deviceChanges = (from: RepairDevice, to: RepairDevice): Changes =>
  Object.fromEntries(
    DEVICE_FIELDS.filter((field) => !isDeepStrictEqual(from[field], to[field])).map((field) => [
      `device.${field}`,
      compact({ from: from[field], to: to[field] }),
    ]),
  );

type Sheet = Pick<RepairState, 'device' | 'problemDescription' | 'notes' | 'underWarranty' | 'warrantyClaimOf'>;

const SHEET_FIELDS = ['problemDescription', 'notes', 'underWarranty'] as const;

const sheetChanges = (from: Sheet, to: Sheet): Changes => ({
  ...deviceChanges(from.device, to.device),
  ...Object.fromEntries(
    SHEET_FIELDS.filter((field) => from[field] !== to[field]).map((field) => [field, compact({ from: from[field], to: to[field] })]),
  ),
  ...(from.warrantyClaimOf?.repairId === to.warrantyClaimOf?.repairId
    ? {}
    : { warrantyClaimOf: compact({ from: from.warrantyClaimOf?.number, to: to.warrantyClaimOf?.number }) }),
});

/** A claim is for the device whose repair failed, whatever is written down about it now. */
const refuseOtherDevice = ({ assetId }: RepairState, { device: { serialNumber }, warrantyClaimOf: claim }: Sheet): void => {
  if (claim === undefined || isSameDevice(claim, { assetId, serialNumber })) return;
  throw invalidInput([{ path: 'device.serialNumber', message: `must be that of ${claim.number}, whose warranty is claimed` }]);
};

/** The sheet after the edit. With an outcome, `underWarranty` no longer changes: the charge has been decided. */
const wantedSheet = (before: RepairState, wanted: Edit, { wasUnderWarranty }: EditRules): Sheet => {
  const { device = before.device, problemDescription = before.problemDescription, notes = before.notes } = wanted;
  const underWarranty = wanted.device === undefined || before.outcome !== undefined ? before.underWarranty : wasUnderWarranty(device);
  const warrantyClaimOf = wanted.claim === undefined ? before.warrantyClaimOf : (wanted.claim ?? undefined);
  return { device, problemDescription, notes: notes ?? undefined, underWarranty, warrantyClaimOf };
};

export const edit = (before: RepairState, wanted: Edit, stamp: Stamp, rules: EditRules): RepairDecision => {
  refuseUnlessTheirs(before, stamp);
  if (!before.active) throw repairNotActive(before.status);
  // Whether it is a claim decides what is charged, so it is settled with the end of the work.
  if (wanted.claim !== undefined && !isInWork(before.status)) throw repairWorkEnded(before.status);
  const sheet = wantedSheet(before, wanted, rules);
  refuseOtherDevice(before, sheet);
  const promised = estimate(before, wanted.estimatedCompletionAt, stamp, rules.tenant);
  const onSheet = sheetChanges(before, sheet);
  const changes = { ...onSheet, ...promised.changes };
  const entries = changedEntry(changes, false);
  if (entries.length === 0) return { state: before };
  refuseFullTimeline(before, '', changes);
  return applyChange(
    before,
    {
      state: { ...sheet, ...promised.state, words: repairWords({ ...before, ...sheet }, rules.customerWords) },
      entries,
      events: (after) => [
        ...(Object.keys(onSheet).length === 0 ? [] : [RepairUpdated.with({ repair: published(after), ...actor(stamp) })]),
        ...promised.events(after),
      ],
    },
    stamp,
  );
};
