import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const servicePlanNotFound = (): DomainError => notFound('service plan');

export const servicePlanCancelled = (): DomainError =>
  new DomainError('conflict', 'SERVICE_PLAN_CANCELLED', 'The service plan is cancelled. Make a new one instead.');

export const servicePlanNotActive = (): DomainError =>
  new DomainError('conflict', 'SERVICE_PLAN_NOT_ACTIVE', 'The service plan has ended: no device can be put into it.');

export const servicePlanFull = (maxAssets: number): DomainError =>
  new DomainError('conflict', 'SERVICE_PLAN_FULL', `The service plan covers at most ${maxAssets} devices.`, { extra: { maxAssets } });

/** The refusal of one of several devices, with what became of the others: those before it are in the plan. */
export const attachedInPart = (refusal: DomainError, attachedAssetIds: readonly string[], refusedAssetId: string): DomainError =>
  new DomainError(refusal.kind, refusal.code, refusal.message, {
    ...refusal.details,
    extra: { ...refusal.details.extra, attachedAssetIds, refusedAssetId },
    cause: refusal,
  });

export const endsBeforeItStarts = (): DomainError => invalidInput([{ path: 'endDate', message: 'must not lie before startDate' }]);

export const resolvesBeforeItResponds = (): DomainError =>
  invalidInput([{ path: 'sla.resolutionTime', message: 'must not be shorter than responseTime' }]);
