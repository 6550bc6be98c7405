import type { FiscalIdentity, TaxRegime, VatExemption } from '@riparo/shared/contracts/centre-terms';
import type { CustomerType, PaymentMethod } from '@riparo/shared/contracts/enums';
import type { InvoiceKind, InvoiceStatus } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { PriceLine, Totals } from '@riparo/shared/contracts/price-lines';
import type { Entity } from '@riparo/shared/persistence/repository';
import type { Language } from '@riparo/shared/time/write-time';
import type { WorkId } from '../work/work.js';

/** The bytes of a document: where they lie, and their SHA-256 in hexadecimal digits. */
export interface KeptFile {
  readonly fileId: string;
  readonly sha256: string;
}

/** The centre as it was at the issue. */
export interface Seller {
  readonly companyName: string;
  readonly address?: string;
  readonly contactEmail?: string;
  readonly contactPhone?: string;
  readonly fiscalIdentity?: FiscalIdentity;
}

/** The customer as it was at the issue. */
export interface Buyer {
  readonly type: CustomerType;
  readonly name: string;
  readonly surname?: string;
  readonly contactEmail: string;
  readonly billingAddress?: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
    readonly country: string;
  };
  readonly fiscalCode?: string;
  readonly vatNumber?: string;
  readonly pec?: string;
  readonly sdiCode?: string;
}

/** A payment that had come in at the issue. */
export interface SettledBefore {
  readonly method: PaymentMethod;
  readonly amount: Money;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** What is on the paper. Nothing of it changes after the issue. */
export interface InvoiceContent extends Totals {
  readonly kind: InvoiceKind;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly subject: {
    /** Number of the repair or of the ticket. */
    readonly number: string;
    readonly device?: { readonly brand: string; readonly model: string; readonly serialNumber: string };
  };
  /** The prices of all lines are without VAT; `vatGroups` are what counts, since charges in one sum include VAT. */
  readonly lines: readonly PriceLine[];
  readonly taxRegime?: TaxRegime;
  /** Why lines at 0 % bear no VAT. */
  readonly vatExemption?: VatExemption;
  readonly vatExemptionReason?: string;
  /** Owed to the state on documents above 77.47 EUR without VAT, see `fatturapa`. Part of `total` only where `chargesStampDuty`. */
  readonly stampDuty?: Money;
  readonly chargesStampDuty: boolean;
  /** `YYYY-MM-DD` in the centre's time zone. */
  readonly issuedOn: string;
  readonly dueOn?: string;
  readonly settledBefore: readonly SettledBefore[];
  /** What was left to pay at the issue. */
  readonly leftToPay: Money;
  /** Of a credit note: the document that it takes back, and why. */
  readonly credits?: { readonly invoiceId: string; readonly number: string; readonly issuedOn: string; readonly reason: string };
  readonly language: Language;
}

/** An issued document: the paper, and what became of it. */
export interface Invoice extends Entity, WorkId {
  /** `A-2026-000001`: series, year, number. */
  readonly number: string;
  readonly series: string;
  readonly year: string;
  readonly sequence: number;
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly content: InvoiceContent;
  readonly issuedAt: Date;
  /** Missing: the system issued it at the hand-over. */
  readonly issuedByUserId?: string;
  readonly pdf?: KeptFile;
  /** The electronic invoice, once it was asked for; it is made once and kept. */
  readonly fatturapa?: KeptFile & { readonly progressive: string; readonly fileName: string };
  readonly status: InvoiceStatus;
  readonly paid: Money;
  readonly credited: Money;
}
