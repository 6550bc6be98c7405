import type { PublishedPayment, PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { amountLeft, amountPaid, amountWaived, type Outcome, type Payment, type RepairState } from './repair.js';

const iso = (date: Date | undefined): string | undefined => date?.toISOString();

const publishedOutcome = ({ notCoveredReason: _, ...outcome }: Outcome) => ({ ...outcome, decidedAt: outcome.decidedAt.toISOString() });

const publishedPayment = ({ id, method, amount, reference, at }: Payment): PublishedPayment =>
  compact({ id, method, amount, reference, at: at.toISOString() });

/** The repair as events carry it: without notes of staff, and never with the device password. */
export const published = ({ warrantyClaimOf: claim, ...repair }: RepairState): PublishedRepair =>
  compact({
    id: repair.id,
    number: repair.number,
    customerId: repair.customerId,
    assetId: repair.assetId,
    device: repair.device,
    problemDescription: repair.problemDescription,
    source: repair.source,
    status: repair.status,
    underWarranty: repair.underWarranty,
    createdByUserId: repair.createdByUserId,
    contactUserId: repair.contactUserId,
    assignedToUserId: repair.assignedToUserId,
    estimatedCompletionAt: iso(repair.estimatedCompletionAt),
    estimatedCompletionDay: repair.estimatedCompletionDay,
    outcome: repair.outcome === undefined ? undefined : publishedOutcome(repair.outcome),
    refusalFee: repair.refusalFee,
    warrantyClaimOf: claim && { repairId: claim.repairId, number: claim.number },
    workWarranty: repair.workWarranty,
    amountDue: repair.amountDue,
    amountPaid: amountPaid(repair),
    amountLeft: amountLeft(repair),
    amountWaived: amountWaived(repair),
    payments: repair.payments.map(publishedPayment),
    extraLines: repair.extraLines,
    abandoned: repair.abandoned && true,
    paidAt: iso(repair.paidAt),
    waived: repair.waiver !== undefined,
    readyAt: iso(repair.readyAt),
    collectedAt: iso(repair.collectedAt),
    collectedBy: repair.collectedBy,
    createdAt: repair.createdAt.toISOString(),
  });
