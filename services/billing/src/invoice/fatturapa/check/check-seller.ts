import { isFiscalCode, isVatNumber } from '@riparo/shared/contracts/fiscal';
import type { Fattura } from '../fattura.js';
import { correctSettings, faultsOf, type Fault } from './fault.js';

const SELLER = 'CedentePrestatore';

/** The centre: what the schema wants of it, and its numbers (00300, 00301, 00302, 00473). */
export const checkSeller = ({ FatturaElettronicaHeader: header }: Fattura): readonly Fault[] => {
  const { CedentePrestatore: seller, DatiTrasmissione: transmission } = header;
  const { IdFiscaleIVA, CodiceFiscale, Anagrafica } = seller.DatiAnagrafici;
  if (IdFiscaleIVA.IdCodice === '') {
    const message = correctSettings(
      'When the document was issued, the settings did not say who the centre is for the tax office (`fiscalIdentity`)',
    );
    return [{ code: '00200', element: SELLER, message }];
  }
  const { Sede } = seller;
  return faultsOf(
    [Sede.Nazione !== 'IT', '00473', `${SELLER}.Sede.Nazione`, correctSettings('Only a centre in Italy can make a FatturaPA')],
    [
      !isVatNumber(IdFiscaleIVA.IdCodice),
      '00301',
      `${SELLER}.DatiAnagrafici.IdFiscaleIVA`,
      correctSettings(`${IdFiscaleIVA.IdCodice} is not an Italian VAT number: 11 digits, the last of which is a check digit`),
    ],
    [
      CodiceFiscale !== undefined && !isFiscalCode(CodiceFiscale),
      '00302',
      `${SELLER}.DatiAnagrafici.CodiceFiscale`,
      correctSettings(`${CodiceFiscale ?? ''} is not a fiscal code of the centre`),
    ],
    [
      !isFiscalCode(transmission.IdTrasmittente.IdCodice),
      '00300',
      'DatiTrasmissione.IdTrasmittente',
      correctSettings('The centre has no valid fiscal code or VAT number to transmit with'),
    ],
    [
      Anagrafica.Denominazione === undefined,
      '00200',
      `${SELLER}.DatiAnagrafici.Anagrafica`,
      correctSettings('The name of the centre is missing'),
    ],
    [Sede.Indirizzo === '', '00200', `${SELLER}.Sede.Indirizzo`, correctSettings('The street of the centre is missing')],
    [!/^\d{5}$/.test(Sede.CAP), '00200', `${SELLER}.Sede.CAP`, correctSettings('The postal code of the centre is not five digits')],
    [Sede.Comune === '', '00200', `${SELLER}.Sede.Comune`, correctSettings('The town of the centre is missing')],
  );
};
