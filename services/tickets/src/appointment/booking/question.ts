import { technicianNotFound } from '../../technician/technician.errors.js';
import { technicianNotBookable } from '../appointment.errors.js';
import type { AppointmentDeps } from '../dependencies.js';
import type { AppointmentErrand } from './candidates.js';
import type { Question } from './planner.js';

type Deps = Pick<AppointmentDeps, 'findCandidates' | 'replicas'>;

interface Asked extends Pick<Question, 'tenantId' | 'caller' | 'wanted' | 'vehicle' | 'now'> {
  readonly errand: AppointmentErrand;
  /** The technician that a person named; missing: any candidate will do. */
  readonly technicianId?: string;
}

/**
 * Refuses a named technician who does not exist (404) or is not active (409). When no technician fits at all, the
 * answer is another one.
 */
const checkTechnician = async (
  { replicas }: Pick<Deps, 'replicas'>,
  tenantId: string,
  technicianId: string | undefined,
  isActive: boolean,
): Promise<void> => {
  if (technicianId === undefined || isActive) return;
  const user = await replicas.users.find(tenantId, technicianId);
  throw user === undefined || user.customerId !== undefined ? technicianNotFound() : technicianNotBookable();
};

/**
 * Finds the candidates for an errand and asks their diaries. Every door to the diaries asks through this function, so a time
 * that one of them offers can be booked by another. Throws 404 or 409 when the named technician cannot be booked.
 */
export const questionOf = async (deps: Deps, { errand, technicianId, ...asked }: Asked): Promise<Question> => {
  const candidates = await deps.findCandidates(asked.tenantId, errand, asked.now);
  await checkTechnician(deps, asked.tenantId, technicianId, candidates.length > 0);
  return { ...asked, candidates, named: technicianId !== undefined };
};

/** Names of the technicians among the candidates, by id; an appointment keeps the name of its technician. */
export const technicianNames = ({ replicas }: Pick<Deps, 'replicas'>, { tenantId, candidates }: Question) =>
  replicas.users.findMany(
    tenantId,
    candidates.map(({ technician }) => technician?.id),
  );
