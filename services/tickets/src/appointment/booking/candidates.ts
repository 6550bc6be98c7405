import type { AppointmentType } from '@riparo/shared/contracts/enums';
import { isSkilled, servesRegion } from '../../technician/choose-technician.js';
import { describeNeed, withHistory, type Errand } from '../../assignment/describe-need.js';
import type { Technician } from '../../technician/technician.js';
import type { Technicians } from '../../technician/technician.repository.js';
import type { TicketDeps } from '../../ticket/dependencies.js';
import { isAtDesk } from '../rules.js';
import type { Work } from '../work.js';

/** A diary whose time an appointment could take. */
export interface Candidate {
  /** A technician's id, or `desk-1`, `desk-2` … */
  readonly diary: string;
  /** Missing for a place at the desk. */
  readonly technician?: Technician;
  /** Preference among the candidates that are free; lower is better. */
  readonly rank: number;
}

/** The errand of an appointment. */
export interface AppointmentErrand extends Errand {
  readonly type: AppointmentType;
  /** The assignee of the work and the technician of the moved appointment. They come first, whatever their skills. */
  readonly preferred: readonly (string | undefined)[];
  /** The technician that a person has named. */
  readonly technicianId?: string;
}

/** The errand for an appointment about some work. */
export const errandOf = (
  { subject, customerId, assetId, locationId, category, assignedToUserId }: Work,
  said: Pick<AppointmentErrand, 'type' | 'locationId' | 'technicianId'>,
): AppointmentErrand => ({
  ...said,
  id: subject.id,
  customerId,
  assetId,
  locationId: said.locationId ?? locationId,
  category,
  preferred: [assignedToUserId],
});

export interface CandidateDeps extends Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'> {
  readonly technicians: Technicians;
  readonly dropOffPlaces: number;
}

/** More technicians than this are not considered. */
const MAX_TECHNICIANS = 1_000;

const RANK = { SERVED_DEVICE: 10, SERVED_CUSTOMER: 11, OTHER: 20 } as const;

const desk = (places: number): readonly Candidate[] =>
  Array.from({ length: places }, (_, index) => ({ diary: `desk-${index + 1}`, rank: index }));

/**
 * All technicians who could do the errand: active, with the skill and in the region, as for the assignment of tickets.
 * Best first: the assignee, then who last served the device, then who last served the customer, then the others.
 */
export const createCandidates = (deps: CandidateDeps) => {
  const { technicians, dropOffPlaces } = deps;

  const named = async (tenantId: string, technicianId: string): Promise<readonly Candidate[]> => {
    const technician = await technicians.in(tenantId).find(technicianId);
    return technician?.active === true ? [{ diary: technician.id, technician, rank: 0 }] : [];
  };

  return async (tenantId: string, errand: AppointmentErrand, now: Date): Promise<readonly Candidate[]> => {
    const { type, technicianId, preferred } = errand;
    if (isAtDesk(type, technicianId)) return desk(dropOffPlaces);
    if (technicianId !== undefined) return named(tenantId, technicianId);
    const all = await technicians.in(tenantId).list({ active: true }, { sort: { id: 1 }, limit: MAX_TECHNICIANS });
    const need = await withHistory(deps, tenantId, errand, await describeNeed(deps, tenantId, errand, now));
    const rankOf = ({ id }: Technician): number => {
      const preference = preferred.indexOf(id);
      if (preference >= 0) return preference;
      if (id === need.lastForAsset) return RANK.SERVED_DEVICE;
      return id === need.lastForCustomer ? RANK.SERVED_CUSTOMER : RANK.OTHER;
    };
    return all
      .filter((each) => preferred.includes(each.id) || (isSkilled(each.skills, need.category) && servesRegion(each.region, need.regions)))
      .map((technician) => ({ diary: technician.id, technician, rank: rankOf(technician) }));
  };
};

export type FindCandidates = ReturnType<typeof createCandidates>;
