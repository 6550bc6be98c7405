import type { PublishedServicePlan } from '@riparo/shared/contracts/assets.events';
import type { WorkTerms } from '@riparo/shared/contracts/centre-terms';
import type { CoverageLevel } from '@riparo/shared/contracts/enums';
import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { ReportedPart } from '@riparo/shared/contracts/work-reports.events';
import type { ReservedPart } from '../../repair/parts/find-reserved.js';

/** What a plan bears. */
export interface Cover {
  readonly labour: boolean;
  /** Kilometres and the fee for coming. */
  readonly journey: boolean;
  readonly parts: boolean;
}

const NO_COVER: Cover = { labour: false, journey: false, parts: false };

const COVERS: Readonly<Record<CoverageLevel, (onsite: boolean) => Cover>> = {
  REMOTE_ONLY: (onsite) => ({ ...NO_COVER, labour: !onsite }),
  REMOTE_PLUS_ONSITE: () => ({ labour: true, journey: true, parts: false }),
  FULL_SERVICE: () => ({ labour: true, journey: true, parts: true }),
};

/** Whether the plan covered this day of the centre's calendar. One that has expired since did: its dates decide. */
export const isActiveOn = ({ status, startDate, endDate }: PublishedServicePlan, day: string): boolean =>
  status !== 'CANCELLED' && startDate <= day && day <= endDate;

/** What a plan that is active bears; without one, nothing. */
export const coverOf = (plan: PublishedServicePlan | undefined, onsite: boolean): Cover =>
  plan === undefined ? NO_COVER : COVERS[plan.coverageLevel](onsite);

/** The work of one report. */
export interface Work {
  readonly onsite: boolean;
  readonly labourMinutes: number;
  readonly distanceKm: number;
  readonly parts: readonly ReportedPart[];
}

/** What work costs where no plan bears it. */
export interface Rates {
  readonly terms: WorkTerms;
  /** The plan that is active on the day of the work. */
  readonly plan?: PublishedServicePlan | undefined;
  readonly reserved: readonly ReservedPart[];
  /** Percent. */
  readonly vatRate: number;
  readonly currency: string;
  /** What the lines are called; `travel` names the kilometres. */
  readonly words: { readonly labour: string; readonly travel: string; readonly callOut: string };
}

/** Each begun step counts in full: 46 minutes in steps of 15 are 60. */
export const billedMinutes = (minutes: number, step: number): number => Math.ceil(minutes / Math.max(1, step)) * Math.max(1, step);

/** The plan's rate, where it is in the currency of the report. */
const labourPerHour = ({ terms, plan, currency }: Rates): number =>
  plan?.labourPerHour?.currency === currency ? plan.labourPerHour.amount : terms.labourPerHour;

type Charge = Pick<PriceLine, 'kind' | 'description' | 'minutes'> & { readonly amount: number };

/** Labour and the journey; what costs nothing has no line. Amounts are rounded half up once for each line. */
const chargesOf = (work: Work, rates: Rates, cover: Cover): readonly Charge[] => {
  const { terms, words } = rates;
  const minutes = billedMinutes(work.labourMinutes, terms.labourStepMinutes);
  const labour = { kind: 'LABOUR' as const, description: words.labour, minutes, amount: Math.round((labourPerHour(rates) * minutes) / 60) };
  const travel = {
    kind: 'FEE' as const,
    description: words.travel,
    amount: Math.round((terms.travelPerKm * Math.round(work.distanceKm * 10)) / 10),
  };
  const callOut = { kind: 'FEE' as const, description: words.callOut, amount: terms.callOutFee };
  const charges = [...(cover.labour ? [] : [labour]), ...(work.onsite && !cover.journey ? [travel, callOut] : [])];
  return charges.filter(({ amount }) => amount > 0);
};

const partLines = (parts: readonly ReportedPart[], reserved: readonly ReservedPart[]): readonly PriceLine[] => {
  const byId = new Map(reserved.map((part) => [part.id, part]));
  return parts.flatMap(({ reservationId, used, charge }) => {
    const part = byId.get(reservationId);
    if (part === undefined || used === 0 || charge !== 'BILLED') return [];
    const { name, unitPrice, vatRate, partId } = part;
    return [{ kind: 'PART' as const, description: name, quantity: used, unitPrice, vatRate, partId }];
  });
};

/** What a plan bears is not charged to the customer, like what a warranty bears. */
export const borneBy = ({ parts: isBorne }: Cover, parts: readonly ReportedPart[]): readonly ReportedPart[] =>
  isBorne ? parts.map((part) => ({ ...part, charge: 'WARRANTY' })) : parts;

/** What the work costs. What a plan bears has no line. */
export const priceWork = (work: Work, rates: Rates): readonly PriceLine[] => {
  const { vatRate, currency } = rates;
  const cover = coverOf(rates.plan, work.onsite);
  const charges = chargesOf(work, rates, cover).map(({ amount, ...charge }) => ({
    ...charge,
    quantity: 1,
    unitPrice: { amount, currency },
    vatRate,
  }));
  return [...charges, ...(cover.parts ? [] : partLines(work.parts, rates.reserved))];
};
