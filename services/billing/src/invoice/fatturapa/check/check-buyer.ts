import { isFiscalCode, isVatNumber, SDI_FOREIGN } from '@riparo/shared/contracts/fiscal';
import type { Cessionario, Fattura, Trasmissione } from '../fattura.js';
import { correctCustomer, faultsOf, type Fault } from './fault.js';

const BUYER = 'CessionarioCommittente';
const NUMBERS = `${BUYER}.DatiAnagrafici`;

const checkAddress = ({ Sede: { Indirizzo, CAP, Comune, Nazione } }: Cessionario): readonly Fault[] => {
  if ([Indirizzo, CAP, Comune, Nazione].every((part) => part === ''))
    return faultsOf([true, '00200', `${BUYER}.Sede`, correctCustomer('The billing address of the customer is missing')]);
  return faultsOf(
    [Indirizzo === '', '00200', `${BUYER}.Sede.Indirizzo`, correctCustomer('The street in the billing address is missing')],
    [
      !/^\d{5}$/.test(CAP),
      '00200',
      `${BUYER}.Sede.CAP`,
      correctCustomer(`The postal code “${CAP}” is not the five digits of an address in Italy`),
    ],
    [Comune === '', '00200', `${BUYER}.Sede.Comune`, correctCustomer('The town in the billing address is missing')],
    [
      !/^[A-Z]{2}$/.test(Nazione),
      '00200',
      `${BUYER}.Sede.Nazione`,
      correctCustomer('No country is called what the billing address says: write its two letters, such as IT or DE'),
    ],
  );
};

const checkName = ({ DatiAnagrafici: { Anagrafica } }: Cessionario): readonly Fault[] => {
  const { Denominazione, Nome, Cognome } = Anagrafica;
  const isMissing =
    Denominazione === undefined ? Nome === undefined || Nome === '' || Cognome === undefined || Cognome === '' : Denominazione === '';
  return faultsOf([isMissing, '00200', `${NUMBERS}.Anagrafica`, correctCustomer('The name of the customer is missing')]);
};

/** 00305, 00306, 00313, 00417. */
const checkNumbers = ({ DatiAnagrafici }: Cessionario, { CodiceDestinatario }: Trasmissione): readonly Fault[] => {
  const { IdFiscaleIVA: vat, CodiceFiscale } = DatiAnagrafici;
  const isForeign = CodiceDestinatario === SDI_FOREIGN;
  const hasForeignNumber = vat !== undefined && vat.IdPaese !== 'IT' && vat.IdCodice !== '';
  return faultsOf(
    [
      vat === undefined && CodiceFiscale === undefined,
      '00417',
      NUMBERS,
      correctCustomer('The customer has neither a fiscal code nor a VAT number: a person in Italy needs the fiscal code'),
    ],
    [
      isForeign && !hasForeignNumber,
      '00313',
      `${NUMBERS}.IdFiscaleIVA`,
      correctCustomer('A customer outside Italy needs a number of the own country, a business of the EU its VAT number'),
    ],
    [
      vat?.IdPaese === 'IT' && !isVatNumber(vat.IdCodice),
      '00305',
      `${NUMBERS}.IdFiscaleIVA`,
      correctCustomer(`${vat?.IdCodice ?? ''} is not an Italian VAT number: 11 digits, the last of which is a check digit`),
    ],
    [!isForeign && vat?.IdCodice === '', '00305', `${NUMBERS}.IdFiscaleIVA`, correctCustomer('The VAT number of the customer is missing')],
    [
      CodiceFiscale !== undefined && !isFiscalCode(CodiceFiscale),
      '00306',
      `${NUMBERS}.CodiceFiscale`,
      correctCustomer(`${CodiceFiscale ?? ''} is not a fiscal code: 16 characters or 11 digits with a correct check character`),
    ],
  );
};

const PEC = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
/** The addresses of the exchange system itself. */
const EXCHANGE_SYSTEM = /@pec\.fatturapa\.it$/i;

/** Where it goes: 00330, 00427, 00428. */
const checkRecipient = ({ versione, FatturaElettronicaHeader: header }: Fattura): readonly Fault[] => {
  const { FormatoTrasmissione, CodiceDestinatario: code, PECDestinatario: pec } = header.DatiTrasmissione;
  const length = FormatoTrasmissione === 'FPA12' ? 6 : 7;
  return faultsOf(
    [
      !/^[A-Z0-9]+$/.test(code) || code.length !== length,
      '00427',
      'DatiTrasmissione.CodiceDestinatario',
      correctCustomer(`The recipient code ${code} has to be ${length} letters or digits: 6 are for public bodies, 7 for everybody else`),
    ],
    [
      versione !== FormatoTrasmissione,
      '00428',
      'DatiTrasmissione.FormatoTrasmissione',
      `The file says that it is ${versione} and ${FormatoTrasmissione}. That is a fault of this program: report it.`,
    ],
    [
      pec !== undefined && (pec.length > 256 || !PEC.test(pec)),
      '00200',
      'DatiTrasmissione.PECDestinatario',
      correctCustomer(`“${pec ?? ''}” is not a PEC address`),
    ],
    [
      pec !== undefined && EXCHANGE_SYSTEM.test(pec),
      '00330',
      'DatiTrasmissione.PECDestinatario',
      correctCustomer('The PEC address is one of the exchange system, not of the customer'),
    ],
  );
};

/** 00471, 00476: a centre does not write invoices to itself. */
const checkBoth = ({
  FatturaElettronicaHeader: { CedentePrestatore: seller, CessionarioCommittente: buyer },
}: Fattura): readonly Fault[] => {
  const { IdFiscaleIVA: own, CodiceFiscale: ownCode } = seller.DatiAnagrafici;
  const { IdFiscaleIVA: theirs, CodiceFiscale: theirCode } = buyer.DatiAnagrafici;
  const isSameNumber = theirs?.IdPaese === own.IdPaese && theirs.IdCodice === own.IdCodice;
  const isSameCode = theirCode !== undefined && theirCode === (ownCode ?? own.IdCodice);
  return faultsOf(
    [isSameNumber || isSameCode, '00471', NUMBERS, correctCustomer('The customer is the centre itself: the numbers are the same')],
    [
      own.IdPaese !== 'IT' && theirs !== undefined && theirs.IdPaese !== 'IT',
      '00476',
      NUMBERS,
      correctCustomer('Neither the centre nor the customer is in Italy'),
    ],
  );
};

/** The customer: what the schema wants, its numbers, and where the file goes. */
export const checkBuyer = (fattura: Fattura): readonly Fault[] => {
  const { CessionarioCommittente: buyer, DatiTrasmissione: transmission } = fattura.FatturaElettronicaHeader;
  return [
    ...checkName(buyer),
    ...checkAddress(buyer),
    ...checkNumbers(buyer, transmission),
    ...checkRecipient(fattura),
    ...checkBoth(fattura),
  ];
};
