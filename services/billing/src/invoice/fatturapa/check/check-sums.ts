import { CENT, distance, EURO, readDecimal, roundToCent, showDecimal, times } from '../decimals.js';
import type { DetailLine, Fattura, Summary } from '../fattura.js';
import { faultsOf, type Fault } from './fault.js';

/*
 * Readers of the checks disagree whether a difference of exactly 0.01 or 1.00 passes. Here it does not. Documents of this
 * program differ by nothing; what these checks find is a fault of the program.
 */
const report = (what: string): string => `${what}. The document was issued with sums that do not agree: report it, and issue it again.`;

const MOST_ROUNDED = 5n * CENT;

const LINES = 'DatiBeniServizi.DettaglioLinee';
const SUMMARIES = 'DatiBeniServizi.DatiRiepilogo';

/** So many percent of an amount. */
const percentOf = (rate: string, amount: bigint): bigint => times(readDecimal(rate), amount) / 100n;

const groupOf = ({ AliquotaIVA, Natura = '' }: Pick<Summary, 'AliquotaIVA' | 'Natura'>): string => `${AliquotaIVA} ${Natura}`;
const sumOf = (numbers: readonly bigint[]): bigint => numbers.reduce((sum, number) => sum + number, 0n);

/** 00423: the price of a line is the price of a piece times the quantity. */
const checkLine = ({ NumeroLinea, Quantita = '1.00', PrezzoUnitario, PrezzoTotale }: DetailLine): readonly Fault[] => {
  const product = times(readDecimal(PrezzoUnitario), readDecimal(Quantita));
  const message = report(`Line ${NumeroLinea} costs ${PrezzoTotale}, but ${Quantita} times ${PrezzoUnitario} is ${showDecimal(product)}`);
  return faultsOf([distance(product, readDecimal(PrezzoTotale)) >= CENT, '00423', `${LINES}.PrezzoTotale`, message]);
};

/** 00421: VAT is computed once for each rate, on the sum. */
const checkVat = ({ AliquotaIVA, ImponibileImporto, Imposta }: Summary): readonly Fault[] => {
  const vat = roundToCent(percentOf(AliquotaIVA, readDecimal(ImponibileImporto)));
  const message = report(`${AliquotaIVA} % of ${ImponibileImporto} is ${showDecimal(vat)}, not ${Imposta}`);
  return faultsOf([distance(vat, readDecimal(Imposta)) >= CENT, '00421', `${SUMMARIES}.Imposta`, message]);
};

/** 00422: each sum is that of its lines; and none is negative, since nobody is paid for a repair. */
const checkNet = (summary: Summary, lines: readonly DetailLine[]): readonly Fault[] => {
  const { AliquotaIVA, ImponibileImporto } = summary;
  const sum = sumOf(lines.filter((line) => groupOf(line) === groupOf(summary)).map(({ PrezzoTotale }) => readDecimal(PrezzoTotale)));
  const net = readDecimal(ImponibileImporto);
  return faultsOf(
    [
      distance(sum, net) >= EURO,
      '00422',
      `${SUMMARIES}.ImponibileImporto`,
      report(`The lines at ${AliquotaIVA} % are ${showDecimal(sum)} together, not ${ImponibileImporto}`),
    ],
    [
      net < 0n,
      '00422',
      `${SUMMARIES}.ImponibileImporto`,
      report(`Discounts at ${AliquotaIVA} % take off more than is charged: ${ImponibileImporto}`),
    ],
  );
};

/** Rates as a percentage: 22 % is `22.00`, not `0.22`. No rate of VAT is below 1 %. */
const isFraction = (rate: string): boolean => readDecimal(rate) > 0n && readDecimal(rate) < EURO;

/** 00424. */
const checkRates = (lines: readonly DetailLine[]): readonly Fault[] =>
  lines.flatMap(({ NumeroLinea, AliquotaIVA }) =>
    faultsOf([
      isFraction(AliquotaIVA),
      '00424',
      `${LINES}.AliquotaIVA`,
      report(`The rate of line ${NumeroLinea} is ${AliquotaIVA} %: rates are percentages, such as 22.00`),
    ]),
  );

/**
 * Not checked by the exchange system: the total is that of the sums, but for a few cents at each rate. A charge in one sum leaves
 * one; the last of many credit notes leaves what they left.
 */
const checkTotal = ({
  DatiGenerali,
  DatiBeniServizi: { DatiRiepilogo: summaries },
}: Fattura['FatturaElettronicaBody']): readonly Fault[] => {
  const { ImportoTotaleDocumento: total, Arrotondamento = '0.00' } = DatiGenerali.DatiGeneraliDocumento;
  const sum = sumOf(summaries.map(({ ImponibileImporto, Imposta }) => readDecimal(ImponibileImporto) + readDecimal(Imposta)));
  const rounding = readDecimal(Arrotondamento);
  return faultsOf([
    sum + rounding !== readDecimal(total) || distance(rounding, 0n) > MOST_ROUNDED * BigInt(summaries.length),
    '00421',
    'DatiGenerali.DatiGeneraliDocumento.ImportoTotaleDocumento',
    report(`The sums are ${showDecimal(sum)} with VAT, the total is ${total}`),
  ]);
};

/** All that is added and multiplied: 00421, 00422, 00423, 00424. */
export const checkSums = ({ FatturaElettronicaBody: body }: Fattura): readonly Fault[] => {
  const { DettaglioLinee: lines, DatiRiepilogo: summaries } = body.DatiBeniServizi;
  return [
    ...lines.flatMap(checkLine),
    ...summaries.flatMap(checkVat),
    ...summaries.flatMap((summary) => checkNet(summary, lines)),
    ...checkRates(lines),
    ...checkTotal(body),
  ];
};
