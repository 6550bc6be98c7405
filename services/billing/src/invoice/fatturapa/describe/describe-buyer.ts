import { isVatNumber, normaliseVatNumber, SDI_FOREIGN, SDI_UNKNOWN } from '@riparo/shared/contracts/fiscal';
import type { Buyer } from '../../invoice.js';
import type { Anagrafica, Cessionario, FiscalId, Format, Sede, Trasmissione } from '../fattura.js';
import { latin } from '../text.js';
import { countryCode, isInEu, provinceCode } from './places.js';

/** Where the electronic invoice goes, and by which numbers the customer is known there. */
export interface Recipient extends Pick<Trasmissione, 'FormatoTrasmissione' | 'CodiceDestinatario' | 'PECDestinatario'> {
  readonly identifiers: Pick<Cessionario['DatiAnagrafici'], 'IdFiscaleIVA' | 'CodiceFiscale'>;
}

/** The code of a public body whose office is not known. */
const PUBLIC_UNKNOWN = '999999';
const SAN_MARINO = '2R4GTO8';
/** What is written in the place of a number that nobody has, by custom: outside the EU, and for private persons. */
const NO_NUMBER = { business: 'OO99999999999', person: '0000000' };

const isPerson = ({ type }: Buyer): boolean => type === 'INDIVIDUAL';
const isPublicBody = ({ type, sdiCode = '' }: Buyer): boolean =>
  sdiCode.length === 6 || (type === 'GOVERNMENT' && (sdiCode === '' || sdiCode === SDI_UNKNOWN));

/** `''`: no country is called what the address says. */
const countryOf = ({ billingAddress }: Buyer): string => (billingAddress === undefined ? '' : (countryCode(billingAddress.country) ?? ''));

const ofItaly = (vatNumber: string): FiscalId => ({ IdPaese: 'IT', IdCodice: normaliseVatNumber(vatNumber) });

/** A public body by its fiscal code, everybody else with a VAT number by that alone: two numbers can contradict each other (00324). */
const italianIdentifiers = (buyer: Buyer): Recipient['identifiers'] => {
  const { fiscalCode, vatNumber } = buyer;
  if (vatNumber === undefined || (isPublicBody(buyer) && fiscalCode !== undefined)) return { CodiceFiscale: fiscalCode };
  return { IdFiscaleIVA: ofItaly(vatNumber) };
};

/**
 * Numbers of other countries are written without the country's letters, which stand before them: `DE`, `811907980`. The Swiss
 * `CHE…` begins with three letters of its own.
 */
const withoutCountry = (number: string, country: string): string => {
  const code = number.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
  const letters = country === 'GR' ? '(EL|GR)' : country;
  return code.replace(new RegExp(isInEu(country) ? `^${letters}` : `^${letters}(?=\\d)`), '');
};

const foreignNumber = (buyer: Buyer, country: string): string => {
  const known = buyer.vatNumber ?? buyer.fiscalCode;
  if (known !== undefined) return withoutCountry(known, country);
  if (isPerson(buyer)) return NO_NUMBER.person;
  // A business of the EU has a number, and is asked for it.
  return isInEu(country) ? '' : NO_NUMBER.business;
};

/** A foreign customer who is registered in Italy, by the Italian number and a recipient code. */
const isRegisteredInItaly = ({ vatNumber = '', sdiCode = SDI_FOREIGN }: Buyer): boolean =>
  sdiCode !== SDI_FOREIGN && isVatNumber(normaliseVatNumber(vatNumber));

const foreignRecipient = (buyer: Buyer, country: string): Recipient => {
  const code = country === 'SM' && !isPerson(buyer) ? SAN_MARINO : SDI_FOREIGN;
  return {
    FormatoTrasmissione: 'FPR12',
    CodiceDestinatario: code,
    identifiers: { IdFiscaleIVA: { IdPaese: country, IdCodice: foreignNumber(buyer, country) } },
  };
};

/** The cases of customers, as the README lists them. A customer whose country is not known counts as Italian; a check says so. */
export const recipientOf = (buyer: Buyer): Recipient => {
  const country = countryOf(buyer);
  const { sdiCode = SDI_UNKNOWN, vatNumber = '' } = buyer;
  if (country !== '' && country !== 'IT' && !isRegisteredInItaly(buyer)) return foreignRecipient(buyer, country);
  const identifiers = country === '' || country === 'IT' ? italianIdentifiers(buyer) : { IdFiscaleIVA: ofItaly(vatNumber) };
  if (isPublicBody(buyer)) {
    const code = sdiCode === SDI_UNKNOWN ? PUBLIC_UNKNOWN : sdiCode;
    return { FormatoTrasmissione: 'FPA12' satisfies Format, CodiceDestinatario: code, identifiers };
  }
  return {
    FormatoTrasmissione: 'FPR12',
    CodiceDestinatario: sdiCode,
    PECDestinatario: sdiCode === SDI_UNKNOWN ? buyer.pec : undefined,
    identifiers,
  };
};

const nameOf = (buyer: Buyer): Anagrafica => {
  const { name, surname } = buyer;
  if (isPerson(buyer) && surname !== undefined) return { Nome: latin(name, 60) ?? '', Cognome: latin(surname, 60) ?? '' };
  return { Denominazione: latin(surname === undefined ? name : `${name} ${surname}`, 80) ?? '' };
};

/** Postal codes of other countries have no place of their own, and follow the street. */
const streetOf = ({ line1, line2, postalCode }: NonNullable<Buyer['billingAddress']>, isItalian: boolean): string | undefined => {
  const lines = [line1, line2, isItalian ? undefined : postalCode].filter((line) => line !== undefined);
  return latin(lines.join(', '), 60);
};

const addressOf = (buyer: Buyer): Sede => {
  const { billingAddress: address } = buyer;
  if (address === undefined) return { Indirizzo: '', CAP: '', Comune: '', Nazione: '' };
  const country = countryOf(buyer);
  const isItalian = country === 'IT' || country === '';
  return {
    Indirizzo: streetOf(address, isItalian) ?? '',
    CAP: isItalian ? address.postalCode.trim() : '00000',
    Comune: latin(address.city, 60) ?? '',
    Provincia: isItalian ? provinceCode(address.state) : undefined,
    Nazione: country,
  };
};

/** The customer as it was at the issue. */
export const describeBuyer = (buyer: Buyer): Cessionario => ({
  DatiAnagrafici: { ...recipientOf(buyer).identifiers, Anagrafica: nameOf(buyer) },
  Sede: addressOf(buyer),
});
