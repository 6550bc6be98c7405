const PREFIX = 'vehicle-';

/**
 * A vehicle has a diary like a technician: a visit takes a turn in both, by the same write. Its name differs from that of
 * any technician's diary.
 */
export const vehicleDiaryOf = (vehicleId: string): string => `${PREFIX}${vehicleId}`;

export const isTurnOfVehicle = (turn: string): boolean => turn.startsWith(PREFIX);
