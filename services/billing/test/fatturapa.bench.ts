import type { FiscalIdentity } from '@riparo/shared/contracts/centre-terms';
import type { Caller } from '@riparo/shared/contracts/caller';
import { totalsOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { createPrinter } from '@riparo/shared/pdf/create-printer';
import {
  createTestPlatform,
  type RunningTestService,
  type TestPlatform,
  type TestPlatformOptions,
} from '@riparo/shared/testing/test-platform';
import { randomUUID } from 'node:crypto';
import { checkFattura } from '../src/invoice/fatturapa/check/check-fattura.js';
import { describeFatturapa } from '../src/invoice/fatturapa/describe/describe-fatturapa.js';
import type { Fattura } from '../src/invoice/fatturapa/fattura.js';
import type { Buyer, Invoice, InvoiceContent } from '../src/invoice/invoice.js';
import { createInvoiceFiles, createInvoices, type InvoiceFiles, type Invoices } from '../src/invoice/invoice.repository.js';
import { createBillingService } from '../src/service.js';
import { CONFIG, type Person } from './bench.js';

/** No other service is asked for what is in a document. */
const NOBODY: InternalClient = {
  get: () => Promise.reject(new Error('nobody is asked')),
  post: () => Promise.reject(new Error('nobody is asked')),
};

export const euros = (amount: number) => ({ amount, currency: 'EUR' });

export const buildLine = (overrides: Partial<PriceLine> = {}): PriceLine => ({
  kind: 'LABOUR',
  description: 'Sostituzione del display',
  quantity: 1,
  unitPrice: euros(5000),
  vatRate: 22,
  ...overrides,
});

export const IDENTITY: FiscalIdentity = {
  legalName: 'Officina Verdi S.r.l.',
  vatNumber: '00743110157',
  taxRegime: 'RF01',
  street: 'Via Emilia',
  streetNumber: '1',
  postalCode: '41121',
  city: 'Modena',
  province: 'MO',
  country: 'IT',
};

export const ROSA: Buyer = {
  type: 'INDIVIDUAL',
  name: 'Rosa',
  surname: 'Bianchi',
  contactEmail: 'rosa@example.test',
  fiscalCode: 'RCCMNL83S18D969H',
  billingAddress: { line1: 'Via Po 3', city: 'Torino', state: 'TO', postalCode: '10121', country: 'Italia' },
};

/** A document of these lines, its sums made from them. */
export const buildContent = (overrides: Partial<InvoiceContent> = {}): InvoiceContent => {
  const lines = overrides.lines ?? [buildLine()];
  const totals = totalsOf(lines, 'EUR');
  const duty = overrides.chargesStampDuty === true ? (overrides.stampDuty?.amount ?? 0) : 0;
  const total = overrides.total ?? euros(totals.total.amount + duty);
  return {
    kind: 'INVOICE',
    seller: { companyName: 'Officina Verdi', contactEmail: 'desk@example.test', contactPhone: '+39 059 123456', fiscalIdentity: IDENTITY },
    buyer: ROSA,
    subject: { number: 'REP-2026-000001', device: { brand: 'Acme', model: 'Book 3', serialNumber: 'PF-1' } },
    lines,
    ...totals,
    total,
    chargesStampDuty: false,
    issuedOn: '2026-03-02',
    dueOn: '2026-04-01',
    settledBefore: [],
    leftToPay: total,
    language: 'it',
    ...overrides,
  };
};

export const buildInvoice = (content: Partial<InvoiceContent> = {}, overrides: Partial<Invoice> = {}): Invoice => {
  const now = new Date('2026-03-02T09:00:00Z');
  return {
    id: randomUUID(),
    version: 1,
    createdAt: now,
    updatedAt: now,
    repairId: randomUUID(),
    number: 'A-2026-000001',
    series: 'A',
    year: '2026',
    sequence: 1,
    customerId: randomUUID(),
    content: buildContent(content),
    issuedAt: now,
    status: 'ISSUED',
    paid: euros(0),
    credited: euros(0),
    ...overrides,
  };
};

/** The credit note of a document, for the whole of it. */
export const buildCreditNote = (content: Partial<InvoiceContent> = {}): Invoice =>
  buildInvoice(
    {
      kind: 'CREDIT_NOTE',
      credits: { invoiceId: randomUUID(), number: 'A-2026-000001', issuedOn: '2026-03-01', reason: 'Prezzo concordato' },
      ...content,
    },
    { number: 'A-2026-000002', sequence: 2 },
  );

export const describeOf = (content: Partial<InvoiceContent> = {}): Fattura => describeFatturapa(buildInvoice(content), 'R0001');

/** Codes of what the exchange system would refuse the document for. */
export const codesOf = (fattura: Fattura, today = '2026-03-02'): readonly string[] => checkFattura(fattura, today).map(({ code }) => code);

export interface FatturapaBench extends TestPlatform, RunningTestService {
  readonly invoices: Invoices;
  readonly files: InvoiceFiles;
  person(role: Caller['role'], part?: Partial<Caller>): Person;
  /** A document in the database. */
  issue(content?: Partial<InvoiceContent>, overrides?: Partial<Invoice>): Promise<Invoice>;
}

interface Options extends Omit<TestPlatformOptions, 'service'> {
  readonly dropDir?: string;
}

/** The real service; documents are put into its database, as if they had been issued long ago. */
export const startFatturapaBench = async ({ dropDir, ...options }: Options = {}): Promise<FatturapaBench> => {
  const world = await createTestPlatform({ service: 'billing', now: '2026-03-02T09:00:00Z', ...options });
  const config = { ...CONFIG, FATTURAPA_DROP_DIR: dropDir };
  const running = await world.startService((platform) =>
    createBillingService(platform, config, { auth: NOBODY, tickets: NOBODY, print: createPrinter() }),
  );
  const invoices = createInvoices(world.platform);
  return {
    ...running,
    ...world,
    invoices,
    files: createInvoiceFiles(world.platform),
    stop: () => world.stop(),
    person: (role, part = {}) => {
      const caller = world.callerOf({ role, ...part });
      return { caller, token: world.tokenFor(caller) };
    },
    issue: (content, overrides) => invoices.in('default').insert(buildInvoice(content, overrides)),
  };
};
