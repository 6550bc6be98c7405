import Joi from 'joi';
import { text } from './fragments.js';

/** Regimes of Italian electronic invoices that a repair centre can be in (code list RegimeFiscale of FatturaPA). */
export const TAX_REGIMES = ['RF01', 'RF02', 'RF14', 'RF17', 'RF18', 'RF19', 'RF20'] as const;
export type TaxRegime = (typeof TAX_REGIMES)[number];

/** Why a line bears no VAT (code list Natura of FatturaPA): the codes that one centre can use for all its work. */
export const VAT_EXEMPTIONS = ['N1', 'N2.1', 'N2.2', 'N3.5', 'N3.6', 'N4', 'N5', 'N6.7', 'N6.9', 'N7'] as const;
export type VatExemption = (typeof VAT_EXEMPTIONS)[number];

/** Who issues the documents, for the tax office. */
export interface FiscalIdentity {
  /** As in the register of companies; default: the name of the company. */
  readonly legalName?: string;
  /** Without the country's letters. */
  readonly vatNumber: string;
  readonly fiscalCode?: string;
  readonly taxRegime: TaxRegime;
  readonly street: string;
  readonly streetNumber?: string;
  readonly postalCode: string;
  readonly city: string;
  /** Two letters, in Italy. */
  readonly province?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Entry in the register of companies: `MI`, `1234567`. */
  readonly registerOffice?: string;
  readonly registerNumber?: string;
  /** Minor units of EUR. */
  readonly shareCapital?: number;
  readonly soleShareholder?: boolean;
  readonly inLiquidation?: boolean;
  readonly pec?: string;
  readonly iban?: string;
  readonly bankName?: string;
}

/** How documents are made out. */
export interface InvoiceTerms {
  /** Percent on charges that were said in one sum, VAT included. */
  readonly vatRate: number;
  /** For lines at 0 %. */
  readonly vatExemption?: VatExemption;
  /** The law that it rests on, printed on documents. */
  readonly vatExemptionReason?: string;
  /** Days until an invoice is due. */
  readonly dueDays: number;
  /** The customer pays the stamp duty of 2.00 EUR: it is taken out of a charge of one sum, and never added to it. */
  readonly chargesStampDuty: boolean;
  /** The letters before the number of a document: `A` in `A-2026-000001`. */
  readonly series: string;
}

/** The centre's warranty on its own work. */
export interface WorkWarrantyTerms {
  readonly labourMonths: number;
  /** Where a part does not say another number. */
  readonly partsMonths: number;
}

/** What becomes of a device that nobody collects. It is copied into each repair at the intake. */
export interface PickupTerms {
  /** Days after the device is ready until it counts as left behind. */
  readonly daysToCollect: number;
  /** Days after the device is ready on which a notice goes out, ascending; the last one is the last step. */
  readonly noticeDays: readonly number[];
  /** For each day after `daysToCollect`, VAT included, in minor units; 0: none. */
  readonly storageFeePerDay: number;
  /** The most that is charged for storage, VAT included, in minor units. */
  readonly storageFeeCap: number;
  /** Days after the last notice until the device may be given up. */
  readonly daysAfterLastNotice: number;
}

/** Which reports of work a customer has to approve before their ticket can be resolved. */
export const APPROVAL_DEMANDS = ['ONSITE_VISITS', 'ALL_REPORTS', 'NONE'] as const;
export type ApprovalDemand = (typeof APPROVAL_DEMANDS)[number];

/** What work on a ticket costs where no service plan bears it, and who has to approve it. Prices in minor units, without VAT. */
export interface WorkTerms {
  /** 0: labour is not charged. */
  readonly labourPerHour: number;
  /** Labour is charged in steps of so many minutes, each begun one in full. */
  readonly labourStepMinutes: number;
  readonly travelPerKm: number;
  /** Once for every visit, beside the kilometres. */
  readonly callOutFee: number;
  readonly approval: ApprovalDemand;
}

/** Until the settings say otherwise. */
export const DEFAULT_INVOICE_TERMS: InvoiceTerms = { vatRate: 22, dueDays: 30, chargesStampDuty: true, series: 'A' };
export const DEFAULT_WORK_WARRANTY: WorkWarrantyTerms = { labourMonths: 3, partsMonths: 12 };
export const DEFAULT_PICKUP_TERMS: PickupTerms = {
  daysToCollect: 30,
  noticeDays: [7, 30, 60],
  storageFeePerDay: 0,
  storageFeeCap: 0,
  daysAfterLastNotice: 30,
};

export const DEFAULT_WORK_TERMS: WorkTerms = {
  labourPerHour: 0,
  labourStepMinutes: 15,
  travelPerKm: 0,
  callOutFee: 0,
  approval: 'ONSITE_VISITS',
};

const count = Joi.number().integer().min(0);

export const eventFiscalIdentity = Joi.object<FiscalIdentity>({
  legalName: text,
  vatNumber: text.required(),
  fiscalCode: text,
  taxRegime: Joi.valid(...TAX_REGIMES).required(),
  street: text.required(),
  streetNumber: text,
  postalCode: text.required(),
  city: text.required(),
  province: text,
  country: text.required(),
  registerOffice: text,
  registerNumber: text,
  shareCapital: count,
  soleShareholder: Joi.boolean(),
  inLiquidation: Joi.boolean(),
  pec: text,
  iban: text,
  bankName: text,
}).unknown(true);

export const eventInvoiceTerms = Joi.object<InvoiceTerms>({
  vatRate: Joi.number().required(),
  vatExemption: Joi.valid(...VAT_EXEMPTIONS),
  vatExemptionReason: text,
  dueDays: count.required(),
  chargesStampDuty: Joi.boolean().required(),
  series: text.required(),
}).unknown(true);

export const eventWorkWarranty = Joi.object<WorkWarrantyTerms>({
  labourMonths: count.required(),
  partsMonths: count.required(),
}).unknown(true);

export const eventPickupTerms = Joi.object<PickupTerms>({
  daysToCollect: count.required(),
  noticeDays: Joi.array().items(count).required(),
  storageFeePerDay: count.required(),
  storageFeeCap: count.required(),
  daysAfterLastNotice: count.required(),
}).unknown(true);

export const eventWorkTerms = Joi.object<WorkTerms>({
  labourPerHour: count.required(),
  labourStepMinutes: count.required(),
  travelPerKm: count.required(),
  callOutFee: count.required(),
  approval: Joi.valid(...APPROVAL_DEMANDS).required(),
}).unknown(true);
