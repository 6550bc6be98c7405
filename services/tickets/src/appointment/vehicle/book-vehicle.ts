import { unavailable } from '@riparo/shared/errors/common-errors';
import type { Span } from '../../kernel/working-time.js';
import { vehicleTaken } from '../appointment.errors.js';
import type { BookTurnDeps } from '../booking/book-turn.js';
import type { Question, WantedVehicle } from '../booking/planner.js';
import { isLostTurn, MAX_LOST_RACES } from '../booking/turns.js';
import { vehicleDiaryOf } from './vehicle-diary.js';

export type VehicleQuestion = Question & { readonly vehicle: WantedVehicle };

/**
 * Saves with `write`, which must put the turn into the one document that it writes, if the vehicle is free at that time.
 * Throws a conflict with the next times at which vehicle and candidates are free.
 */
export type BookVehicle = <T>(question: VehicleQuestion, at: Span, write: (turn: string) => Promise<T>) => Promise<T>;

/** Takes a turn in a vehicle's diary alone: for a visit that keeps its time and its technician. */
export const createBookVehicle = ({ planner, turns, lines }: BookTurnDeps): BookVehicle => {
  const take = async <T>(
    question: VehicleQuestion,
    at: Span,
    write: (turn: string) => Promise<T>,
  ): Promise<{ readonly saved: T } | undefined> => {
    for (let lost = 0; lost < MAX_LOST_RACES; lost++) {
      const turn = await turns.next(question.tenantId, vehicleDiaryOf(question.vehicle.id));
      if (await planner.isVehicleTaken(question, at)) return undefined;
      try {
        return { saved: await write(turn) };
      } catch (error) {
        if (!isLostTurn(error)) throw error;
      }
    }
    throw unavailable('This diary', 1);
  };
  return async (question, at, write) => {
    const diary = vehicleDiaryOf(question.vehicle.id);
    const taken = await lines.run(question.tenantId, [diary], () => take(question, at, write));
    if (taken === undefined) throw vehicleTaken(await planner.offers(question, at.from));
    return taken.saved;
  };
};
