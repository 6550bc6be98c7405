import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const repairNotFound = (): DomainError => notFound('repair');

const orNothing = (allowed: readonly RepairStatus[]): string =>
  allowed.length === 0 ? 'Nothing can follow.' : `It can become ${allowed.join(' or ')}.`;

export const repairTransitionNotAllowed = (current: RepairStatus, wanted: RepairStatus, allowed: readonly RepairStatus[]): DomainError =>
  new DomainError(
    'conflict',
    'REPAIR_TRANSITION_NOT_ALLOWED',
    `The repair is ${current} and cannot become ${wanted}. ${orNothing(allowed)}`,
    { extra: { current, allowed } },
  );

export const repairTimelineFull = (): DomainError =>
  new DomainError('conflict', 'REPAIR_TIMELINE_FULL', 'The timeline is full. Close this repair and open a new one that names its number.');

export const devicePasswordNotFound = (): DomainError => notFound('device password');

export const devicePasswordUnreadable = (why: string, cause?: unknown): DomainError =>
  new DomainError('conflict', 'DEVICE_PASSWORD_UNREADABLE', `The device password cannot be read. ${why} Ask the customer for it again.`, {
    cause,
  });
