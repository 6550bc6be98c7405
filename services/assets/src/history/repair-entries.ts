import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import {
  RepairAssigned,
  RepairReplied,
  RepairStatusChanged,
  type PublishedRepair,
  type RepairEventV1,
  type RepairStatusChangedV1,
} from '@riparo/shared/contracts/repairs.events';
import type { RepairStep, ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import type { HistoryEntry } from './history.js';

/** Ids are made from what an entry tells of, so that it is the same whether an event or a timeline told it. */
const commonOf = ({ id, number, customerId }: PublishedRepair, assetId: string) => ({
  key: `${assetId}:${id}`,
  entry: { assetId, customerId, repair: { id, number } },
});

/** Intake, outcome and collection, as the repair itself tells them. */
const stagesOf = (repair: PublishedRepair, assetId: string): readonly HistoryEntry[] => {
  const { key, entry } = commonOf(repair, assetId);
  const { createdAt, createdByUserId, problemDescription, outcome, collectedAt } = repair;
  const entries: HistoryEntry[] = [
    {
      ...entry,
      id: `${key}:received`,
      type: 'REPAIR_RECEIVED',
      at: new Date(createdAt),
      actorUserId: createdByUserId,
      problem: problemDescription,
    },
  ];
  if (outcome !== undefined) {
    const { type, decidedAt, decidedByUserId: actorUserId, description: resolution } = outcome;
    entries.push({ ...entry, id: `${key}:outcome`, type: `REPAIR_${type}`, at: new Date(decidedAt), actorUserId, resolution });
  }
  if (collectedAt !== undefined) entries.push({ ...entry, id: `${key}:collected`, type: 'REPAIR_COLLECTED', at: new Date(collectedAt) });
  return entries;
};

const isTold = (to: RepairStatus, { collectedAt }: PublishedRepair): boolean => {
  // Told by what it ended with, and by who fetched it.
  if (to === 'COMPLETED' || to === 'REFUSED') return false;
  return to !== 'CLOSED' || collectedAt === undefined;
};

const entryOfStep = (repair: PublishedRepair, step: RepairStep, assetId: string): readonly HistoryEntry[] => {
  const { key, entry } = commonOf(repair, assetId);
  const { kind, at, actorUserId, technicianId, from, to } = step;
  const common = { ...entry, at: new Date(at), actorUserId };
  if (kind === 'ASSIGNED') return [{ ...common, id: `${key}:ASSIGNED:${at}:${technicianId}`, type: 'REPAIR_ASSIGNED', technicianId }];
  return isTold(to, repair) ? [{ ...common, id: `${key}:STATUS_CHANGED:${at}:${to}`, type: 'REPAIR_STATUS_CHANGED', from, to }] : [];
};

const stepOf = ({ type, data }: EventEnvelope<RepairEventV1>): RepairStep | undefined => {
  const { at, actorUserId, repair } = data;
  const common = { at, ...(actorUserId === undefined ? {} : { actorUserId }) };
  if (type === RepairAssigned.type && repair.assignedToUserId !== undefined)
    return { ...common, kind: 'ASSIGNED', technicianId: repair.assignedToUserId };
  if (type !== RepairStatusChanged.type) return undefined;
  const { from, to } = data as RepairStatusChangedV1;
  return { ...common, kind: 'STATUS_CHANGED', from, to };
};

/** What an event of a repair adds to the history of the device that it is about, if it is about one. */
export const entriesOfRepairEvent = (event: EventEnvelope<RepairEventV1>): readonly HistoryEntry[] => {
  const { repair } = event.data;
  const { assetId } = repair;
  if (assetId === undefined) return [];
  const stages = event.type === RepairReplied.type ? [] : stagesOf(repair, assetId);
  const step = stepOf(event);
  return step === undefined ? stages : [...stages, ...entryOfStep(repair, step, assetId)];
};

/** Everything that the events of a repair have added, from its timeline. */
export const entriesOfExportedRepair = ({ repair, steps }: ExportedRepair): readonly HistoryEntry[] => {
  const { assetId } = repair;
  if (assetId === undefined) return [];
  return [...stagesOf(repair, assetId), ...steps.flatMap((step) => entryOfStep(repair, step, assetId))];
};
