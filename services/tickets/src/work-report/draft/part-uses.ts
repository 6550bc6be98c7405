import type { ReportedPart } from '@riparo/shared/contracts/work-reports.events';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { compact } from '@riparo/shared/json/compact';
import type { ReservedPart } from '../../repair/parts/find-reserved.js';
import type { PartInput } from '../work-report.schema.js';

const faultOf = ({ used }: PartInput, part: ReservedPart | undefined): readonly [field: string, message: string] | undefined => {
  if (part === undefined) return ['reservationId', 'is no open reservation of this work'];
  if (part.state === 'BACKORDERED' && used > 0) return ['used', 'must be 0: the pieces have not arrived'];
  return used > part.quantity ? ['used', `must be at most ${part.quantity}, which are reserved`] : undefined;
};

/** Faults of what was said about parts, each at its field. */
export const partFaults = (uses: readonly PartInput[], reserved: readonly ReservedPart[]): readonly FieldFault[] => {
  const byId = new Map(reserved.map((part) => [part.id, part]));
  return uses.flatMap((use, index) => {
    const fault = faultOf(use, byId.get(use.reservationId));
    return fault === undefined ? [] : [{ path: `parts.${index}.${fault[0]}`, message: fault[1] }];
  });
};

/** What was said, with what the reservations say of the parts. A use without its reservation is left out. */
export const reportedParts = (uses: readonly PartInput[], reserved: readonly ReservedPart[]): readonly ReportedPart[] => {
  const byId = new Map(reserved.map((part) => [part.id, part]));
  return uses.flatMap(({ reservationId, used, unused }) => {
    const part = byId.get(reservationId);
    if (part === undefined) return [];
    return [compact({ reservationId, partId: part.partId, name: part.name, used, unused, charge: part.charge })];
  });
};
