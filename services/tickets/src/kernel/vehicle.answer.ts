import { VEHICLE_STATUSES } from '@riparo/shared/contracts/vehicles.events';
import { fields } from '@riparo/shared/http/reference/answer';
import { id, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import type { ProblemMembers } from '@riparo/shared/http/reference/problems';

/** As `shownVehicle` of the replicas shows it. */
export const shownVehicle = () => fields({ id: id(), plate: text() });

export const VEHICLE_MEMBERS: ProblemMembers = { VEHICLE_NOT_AVAILABLE: fields({ current: oneOf(VEHICLE_STATUSES) }) };
