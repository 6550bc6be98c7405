import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { InvoiceContent } from '../../invoice.js';
import { writeCents } from '../decimals.js';
import type { Payment, PaymentDetail } from '../fattura.js';
import { latin } from '../text.js';

/** Code list ModalitaPagamento. It has no code for anything else, so such payments are left out. */
const METHODS: Readonly<Record<PaymentMethod, string | undefined>> = {
  CASH: 'MP01',
  CARD: 'MP08',
  BANK_TRANSFER: 'MP05',
  ONLINE: 'MP08',
  OTHER: undefined,
};

type Settled = InvoiceContent['settledBefore'][number];

/** Payments without what was given back of them, the newest first. */
const withoutRefunds = (settled: readonly Settled[]): readonly Settled[] => {
  let refunded = settled.reduce((sum, { amount }) => sum + Math.max(0, -amount.amount), 0);
  const left: Settled[] = [];
  for (const payment of settled.filter(({ amount }) => amount.amount > 0).toReversed()) {
    const taken = Math.min(refunded, payment.amount.amount);
    refunded -= taken;
    if (taken < payment.amount.amount) left.unshift({ ...payment, amount: { ...payment.amount, amount: payment.amount.amount - taken } });
  }
  return left;
};

const paidBefore = ({ settledBefore }: InvoiceContent): readonly PaymentDetail[] =>
  withoutRefunds(settledBefore).flatMap(({ method, amount, on }) => {
    const code = METHODS[method];
    return code === undefined ? [] : [{ ModalitaPagamento: code, DataScadenzaPagamento: on, ImportoPagamento: writeCents(amount.amount) }];
  });

/** By bank transfer where the centre has said its account, otherwise at its counter. */
const stillDue = ({ leftToPay, dueOn, seller }: InvoiceContent): readonly PaymentDetail[] => {
  if (leftToPay.amount <= 0) return [];
  const { iban, bankName } = seller.fiscalIdentity ?? {};
  const due = { DataScadenzaPagamento: dueOn, ImportoPagamento: writeCents(leftToPay.amount) };
  if (iban === undefined) return [{ ModalitaPagamento: 'MP01', ...due }];
  return [{ ModalitaPagamento: 'MP05', ...due, IstitutoFinanziario: latin(bankName, 80), IBAN: iban.replace(/\s+/g, '').toUpperCase() }];
};

/** What was paid before the issue, and what is left. A credit note asks for nothing. */
export const describePayments = (content: InvoiceContent): readonly Payment[] => {
  if (content.kind === 'CREDIT_NOTE') return [];
  const before = paidBefore(content);
  const rest = stillDue(content);
  const paid: Payment = { CondizioniPagamento: rest.length > 0 ? 'TP03' : before.length > 1 ? 'TP01' : 'TP02', DettaglioPagamento: before };
  const due: Payment = { CondizioniPagamento: 'TP02', DettaglioPagamento: rest };
  return [paid, due].filter(({ DettaglioPagamento }) => DettaglioPagamento.length > 0);
};
