import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Technicians } from '../../technician/technician.repository.js';

/** Whoever the desk names must be a technician of the centre; also one who has left since. */
export const refuseUnknownTechnicians = async (
  { technicians }: { readonly technicians: Technicians },
  tenantId: string,
  ids: readonly string[],
): Promise<void> => {
  const found = await technicians.in(tenantId).list({ id: { $in: [...ids] } }, { limit: ids.length });
  const known = new Set(found.map(({ id }) => id));
  const faults = ids.flatMap((id, index) => (known.has(id) ? [] : [{ path: `technicianIds.${index}`, message: 'is no technician' }]));
  if (faults.length > 0) throw invalidInput(faults);
};
