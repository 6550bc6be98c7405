import {
  DEFAULT_INVOICE_TERMS,
  DEFAULT_PICKUP_TERMS,
  DEFAULT_WORK_TERMS,
  DEFAULT_WORK_WARRANTY,
  type PickupTerms,
  type WorkTerms,
  type WorkWarrantyTerms,
} from '@riparo/shared/contracts/centre-terms';
import type { Language } from '@riparo/shared/time/write-time';
import type { Replicas } from '../replica/replicas.js';

/** What a centre promises and asks of its customers, as its settings say. */
export interface CentreTerms {
  readonly workWarranty: WorkWarrantyTerms;
  readonly pickupTerms: PickupTerms;
  /** What work on tickets costs, and which reports of it customers have to approve. */
  readonly workTerms: WorkTerms;
  /** Percent, on what is charged in one sum. */
  readonly vatRate: number;
  /** Of documents. */
  readonly language: Language;
}

export type TermsOf = (tenantId: string) => Promise<CentreTerms>;

export const createTermsOf =
  ({ settings }: Pick<Replicas, 'settings'>): TermsOf =>
  async (tenantId) => {
    const { workWarranty, pickupTerms, workTerms, invoiceTerms, locale } = (await settings.find(tenantId, tenantId)) ?? {};
    return {
      workWarranty: workWarranty ?? DEFAULT_WORK_WARRANTY,
      pickupTerms: pickupTerms ?? DEFAULT_PICKUP_TERMS,
      workTerms: workTerms ?? DEFAULT_WORK_TERMS,
      vatRate: (invoiceTerms ?? DEFAULT_INVOICE_TERMS).vatRate,
      language: locale?.startsWith('it') === true ? 'it' : 'en',
    };
  };
