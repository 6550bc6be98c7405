import type { RepairSource } from '@riparo/shared/contracts/enums';
import type { PickupTerms } from '@riparo/shared/contracts/centre-terms';
import type { Money } from '@riparo/shared/contracts/money';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { RepairReceived, type RepairDevice } from '@riparo/shared/contracts/repairs.events';
import { boundedWords, searchWords } from '@riparo/shared/text/search-words';
import type { AttachedFile } from '../../conversation/attachment/attachment.js';
import { actor, stamped, type Entry, type Stamp } from '../../conversation/stamp.js';
import { EMPTY_TIMELINE, grown } from '../../conversation/timeline.js';
import type { WarrantyClaim } from '../warranty/work-warranty.js';
import { withDerived, type Repair, type RepairDraft, type SealedPassword } from '../repair.js';
import { published } from '../published-repair.js';

/** How the desk came to the customer: by `customerId`, by data that led to one, or by data that made a new one. */
export type Identification = 'CHOSEN' | 'FOUND' | 'CREATED';

export interface Opening {
  readonly id: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly device: RepairDevice;
  readonly problemDescription: string;
  readonly notes?: string;
  readonly source: RepairSource;
  readonly preferredAppointmentAt?: Date;
  readonly preferredAppointmentDay?: string;
  readonly underWarranty: boolean;
  readonly createdByUserId: string;
  readonly contactUserId?: string;
  readonly estimatedCompletionAt?: Date;
  readonly estimatedCompletionDay?: string;
  readonly devicePassword?: SealedPassword;
  readonly refusalFee?: Money;
  readonly warrantyClaimOf?: WarrantyClaim;
  /** What becomes of the device when nobody collects it. */
  readonly pickupTerms: PickupTerms;
  /** Currency of later charges (ISO 4217). */
  readonly currency: string;
  readonly files?: readonly AttachedFile[];
  /** Search words of the customer; the words of the sheet itself are added. */
  readonly words: readonly string[];
  /** Missing when the customer opened the repair. */
  readonly identifiedBy?: Identification;
}

/** Six digits, as in `REP-2026-000001`. */
export const repairNumberOf = (year: string, sequence: number): string => `REP-${year}-${String(sequence).padStart(6, '0')}`;

/** Search words of a repair: number, device, problem, customer. */
export const repairWords = (
  { number, device, problemDescription }: Pick<Repair, 'number' | 'device' | 'problemDescription'>,
  customerWords: readonly string[],
): readonly string[] =>
  boundedWords([
    ...new Set([
      ...searchWords(number, device.serialNumber, device.brand, device.model),
      ...customerWords,
      ...searchWords(problemDescription),
    ]),
  ]);

/** Index of the entry for files in a new repair: attaching files needs the entry's id beforehand. */
export const FILES_ENTRY = 1;

const filesEntry = (files: readonly AttachedFile[] = []): readonly Entry[] =>
  files.length === 0 ? [] : [{ type: 'ATTACHMENT', body: files.map(({ name }) => name).join(', '), attachments: files }];

/** A new repair with its number, without an assignee. */
export const open = (opening: Opening, number: string, stamp: Stamp): RepairDraft => {
  const { currency, files, words, identifiedBy, pickupTerms, ...fields } = opening;
  const body = opening.source === 'PORTAL' ? 'Repair requested' : 'Device taken in';
  const staff = identifiedBy === undefined ? {} : { staffMetadata: { customerIdentifiedBy: identifiedBy } };
  const activities = stamped([{ type: 'SYSTEM', body, ...staff }, ...filesEntry(files)], stamp);
  return withDerived({
    ...fields,
    number,
    status: 'PENDING' as const,
    amountDue: { amount: 0, currency },
    pickup: { terms: pickupTerms, notices: [] },
    payments: [],
    recentChanges: [],
    timeline: grown(EMPTY_TIMELINE, activities),
    activities,
    words: repairWords({ ...fields, number }, words),
  });
};

export const openEvents =
  (stamp: Stamp) =>
  (repair: Repair): readonly DomainEvent[] => [RepairReceived.with({ repair: published(repair), ...actor(stamp) })];
