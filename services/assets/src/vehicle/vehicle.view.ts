import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { compact } from '@riparo/shared/json/compact';
import type { Vehicle } from './vehicle.js';

/** What is noted of a vehicle, damages and costs, is for the desk. */
export const viewVehicle = (
  { searchWords: _words, odometerSaidAt: _saidAt, unseenWrites: _unseen, notes, ...vehicle }: Vehicle,
  { role }: Pick<Caller, 'role'>,
) => compact({ ...vehicle, ...(isDesk(role) ? { notes } : {}) });
