import { lineNet, vatOf, type PriceLine, type VatGroup } from '@riparo/shared/contracts/price-lines';
import { dutyInTotal, type InvoiceContent } from '../../invoice.js';
import { writeCents, writeQuantity, writeRate } from '../decimals.js';
import type { DetailLine, Summary } from '../fattura.js';
import { latin } from '../text.js';

/** As long as the schema lets a description be. */
const MOST_LETTERS = 1_000;

/** For a centre in the RF19 regime a duty that it charges is income like its work; for others an expense in the customer's name. */
const dutyExemption = ({ taxRegime }: Pick<InvoiceContent, 'taxRegime'>): string => (taxRegime === 'RF19' ? 'N2.2' : 'N1');

/** Exactly the lines at 0 % say why. */
const exemptionOf = (vatRate: number, { vatExemption }: Pick<InvoiceContent, 'vatExemption'>): string | undefined =>
  vatRate === 0 ? vatExemption : undefined;

const describeLine = (line: PriceLine, index: number, content: InvoiceContent): DetailLine => {
  const { kind, description, quantity, unitPrice, vatRate } = line;
  const isDiscount = kind === 'DISCOUNT';
  return {
    NumeroLinea: String(index + 1),
    TipoCessionePrestazione: isDiscount ? 'SC' : undefined,
    Descrizione: latin(description, MOST_LETTERS) ?? '',
    Quantita: writeQuantity(quantity),
    // The quantity is never negative: what is taken off has a negative price.
    PrezzoUnitario: writeCents(isDiscount ? -unitPrice.amount : unitPrice.amount),
    PrezzoTotale: writeCents(lineNet(line)),
    AliquotaIVA: writeRate(vatRate),
    Natura: exemptionOf(vatRate, content),
  };
};

const dutyLine = (duty: number, index: number, content: InvoiceContent): DetailLine => ({
  NumeroLinea: String(index + 1),
  Descrizione: 'Imposta di bollo',
  Quantita: writeQuantity(1),
  PrezzoUnitario: writeCents(duty),
  PrezzoTotale: writeCents(duty),
  AliquotaIVA: writeRate(0),
  Natura: dutyExemption(content),
});

/** The lines of the paper; a stamp duty that the customer pays, or has back, is one more. */
export const describeLines = (content: InvoiceContent): readonly DetailLine[] => {
  const lines = content.lines.map((line, index) => describeLine(line, index, content));
  const duty = dutyInTotal(content);
  return duty === 0 ? lines : [...lines, dutyLine(duty, lines.length, content)];
};

/** The law that lines at 0 % rest on, where the settings do not say it. */
const LAWS: Readonly<Record<string, string>> = { N1: 'Escluso ex art. 15 DPR 633/72' };
const RF19_LAW = 'Art. 1, commi 54-89, L. 190/2014';

const lawOf = (exemption: string, { taxRegime, vatExemption, vatExemptionReason }: InvoiceContent): string | undefined => {
  if (exemption === vatExemption && vatExemptionReason !== undefined) return latin(vatExemptionReason, 100);
  return exemption === 'N2.2' && taxRegime === 'RF19' ? RF19_LAW : LAWS[exemption];
};

interface Group {
  readonly vatRate: number;
  readonly exemption: string | undefined;
  readonly net: number;
}

const withDuty = (groups: readonly Group[], content: InvoiceContent): readonly Group[] => {
  const duty = dutyInTotal(content);
  if (duty === 0) return groups;
  const exemption = dutyExemption(content);
  const isSame = (group: Group): boolean => group.vatRate === 0 && group.exemption === exemption;
  if (!groups.some(isSame)) return [...groups, { vatRate: 0, exemption, net: duty }];
  return groups.map((group) => (isSame(group) ? { ...group, net: group.net + duty } : group));
};

/** The VAT of a group, as the exchange system computes it. A negative group is refused by a check. */
const vatInCents = ({ net, vatRate }: Pick<Group, 'net' | 'vatRate'>): number => vatOf(Math.max(0, net), vatRate);

const describeGroup = (group: Group, content: InvoiceContent): Summary => {
  const { vatRate, exemption, net } = group;
  return {
    AliquotaIVA: writeRate(vatRate),
    Natura: exemption,
    ImponibileImporto: writeCents(net),
    Imposta: writeCents(vatInCents(group)),
    // Under RF17 VAT is owed when the customer pays.
    EsigibilitaIVA: vatRate === 0 ? undefined : content.taxRegime === 'RF17' ? 'D' : 'I',
    RiferimentoNormativo: exemption === undefined ? undefined : lawOf(exemption, content),
  };
};

const groupsOf = (content: InvoiceContent): readonly Group[] =>
  withDuty(
    content.vatGroups.map(({ vatRate, net }: VatGroup) => ({ vatRate, exemption: exemptionOf(vatRate, content), net: net.amount })),
    content,
  );

/** One for each rate and reason. */
export const describeSummaries = (content: InvoiceContent): readonly Summary[] =>
  groupsOf(content).map((group) => describeGroup(group, content));

/** What the total is above its sums, in cents: the `rounding` of the content. Documents of before have that cent in their VAT. */
export const roundingOf = (content: InvoiceContent): number =>
  content.total.amount - groupsOf(content).reduce((sum, group) => sum + group.net + vatInCents(group), 0);
