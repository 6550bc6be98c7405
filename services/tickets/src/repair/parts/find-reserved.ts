import type { ReservationCharge, ReservationState } from '@riparo/shared/contracts/parts.events';
import type { Money } from '@riparo/shared/contracts/money';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Replicas } from '../../replica/replicas.js';

/** Pieces that are set aside for a repair, or missing for it. */
export interface ReservedPart {
  readonly id: string;
  readonly partId: string;
  readonly name: string;
  readonly quantity: number;
  readonly state: ReservationState;
  /** Without VAT. */
  readonly unitPrice: Money;
  readonly vatRate: number;
  readonly charge: ReservationCharge;
  /** Of the part; missing: what the centre's settings say. */
  readonly warrantyMonths?: number;
}

/** The open reservations of a repair. */
export type FindReserved = (tenantId: string, repairId: string) => Promise<readonly ReservedPart[]>;

/**
 * Asks the assets service, because an event of a moment ago may be on its way. When assets is away, a repair for which
 * nothing was ever reserved goes on; for any other, throws 503.
 */
export const createFindReserved =
  ({ reservations }: Pick<Replicas, 'reservations'>, assets: InternalClient): FindReserved =>
  async (tenantId, repairId) => {
    try {
      return await assets.get<readonly ReservedPart[]>(
        `/internal/reservations?tenantId=${encodeURIComponent(tenantId)}&repairId=${repairId}`,
      );
    } catch (error) {
      const isAway = isDomainError(error) && error.kind === 'unavailable';
      if (isAway && (await reservations.in(tenantId).findOne({ repairId })) === undefined) return [];
      throw error;
    }
  };
