import { readDecimal } from '../decimals.js';
import type { DetailLine, Fattura, Summary } from '../fattura.js';
import { correctDocument, correctSettings, faultsOf, type Fault } from './fault.js';

const isZero = (rate: string): boolean => readDecimal(rate) === 0n;
/** Codes that were split up. */
const OLD = new Set(['N2', 'N3', 'N6']);

type Taxed = Pick<DetailLine, 'AliquotaIVA' | 'Natura'>;

/** Exactly what is at 0 % says why. */
const checkOne = (
  what: string,
  { AliquotaIVA, Natura }: Taxed,
  element: string,
  [missing, needless]: readonly [string, string],
): readonly Fault[] =>
  faultsOf(
    [
      isZero(AliquotaIVA) && Natura === undefined,
      missing,
      element,
      correctSettings(`${what} at 0 % does not say why it bears no VAT (\`invoiceTerms.vatExemption\`)`),
    ],
    [
      !isZero(AliquotaIVA) && Natura !== undefined,
      needless,
      element,
      correctDocument(`${what} at ${AliquotaIVA} % bears VAT, and says with ${Natura ?? ''} why it bears none`),
    ],
    [
      Natura !== undefined && OLD.has(Natura),
      '00445',
      element,
      correctSettings(`The reason ${Natura ?? ''} has been split up: take one of its parts, such as ${Natura ?? ''}.1`),
    ],
  );

const isSameGroup = (one: Taxed, other: Taxed): boolean => one.AliquotaIVA === other.AliquotaIVA && one.Natura === other.Natura;

/** 00419 for rates, 00443 for reasons. */
const checkSummarised = (line: DetailLine, summaries: readonly Summary[]): readonly Fault[] => {
  const { NumeroLinea, AliquotaIVA, Natura } = line;
  const hasRate = summaries.some((summary) => summary.AliquotaIVA === AliquotaIVA);
  const hasBoth = summaries.some((summary) => isSameGroup(summary, line));
  return faultsOf(
    [!hasRate, '00419', 'DatiBeniServizi.DatiRiepilogo', correctDocument(`The rate ${AliquotaIVA} % of line ${NumeroLinea} is in no sum`)],
    [
      hasRate && !hasBoth,
      '00443',
      'DatiBeniServizi.DatiRiepilogo',
      correctDocument(`The reason ${Natura ?? 'that is missing'} of line ${NumeroLinea} is in no sum`),
    ],
  );
};

/** Why lines bear no VAT: 00400, 00401, 00419, 00429, 00430, 00443, 00445. */
export const checkExemptions = ({ FatturaElettronicaBody: { DatiBeniServizi } }: Fattura): readonly Fault[] => {
  const { DettaglioLinee: lines, DatiRiepilogo: summaries } = DatiBeniServizi;
  const line = 'DatiBeniServizi.DettaglioLinee.Natura';
  const summary = 'DatiBeniServizi.DatiRiepilogo.Natura';
  return [
    ...lines.flatMap((each) => checkOne(`Line ${each.NumeroLinea}`, each, line, ['00400', '00401'])),
    ...summaries.flatMap((each) => checkOne('The sum', each, summary, ['00429', '00430'])),
    ...lines.flatMap((each) => checkSummarised(each, summaries)),
  ];
};
