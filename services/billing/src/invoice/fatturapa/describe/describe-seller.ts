import { normaliseFiscalCode } from '@riparo/shared/contracts/fiscal';
import type { FiscalIdentity } from '@riparo/shared/contracts/centre-terms';
import type { Seller } from '../../invoice.js';
import { writeCents } from '../decimals.js';
import type { Cedente, FiscalId } from '../fattura.js';
import { basicLatin, latin } from '../text.js';

/** Without a fiscal identity nothing of the seller is known; `checkSeller` says so. */
const UNKNOWN: FiscalIdentity = {
  vatNumber: '',
  taxRegime: 'RF01',
  street: '',
  postalCode: '',
  city: '',
  country: '',
};

const PHONE = /^\+?\d{5,12}$/;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** `+39 059 123456` is written `+39059123456`. A number that does not fit into 12 characters even without its country is left out. */
const phoneOf = (phone = ''): string | undefined => {
  const digits = phone.replace(/[^\d+]/g, '');
  return [digits, digits.replace(/^(\+|00)39/, '')].find((each) => each.length <= 12 && PHONE.test(each));
};

const mailOf = (mail = ''): string | undefined => (mail.length >= 7 && MAIL.test(mail) ? basicLatin(mail, 256) : undefined);

const contactsOf = ({ contactPhone, contactEmail }: Seller): Cedente['Contatti'] => {
  const contacts = { Telefono: phoneOf(contactPhone), Email: mailOf(contactEmail) };
  return contacts.Telefono === undefined && contacts.Email === undefined ? undefined : contacts;
};

/** Companies show their entry in the register (civil code, art. 2250). */
const registerOf = (identity: FiscalIdentity): Cedente['IscrizioneREA'] => {
  const { registerOffice, registerNumber, shareCapital, soleShareholder, inLiquidation = false } = identity;
  if (registerOffice === undefined || registerNumber === undefined) return undefined;
  return {
    Ufficio: registerOffice,
    NumeroREA: basicLatin(registerNumber, 20) ?? '',
    CapitaleSociale: shareCapital === undefined ? undefined : writeCents(shareCapital),
    SocioUnico: soleShareholder === undefined ? undefined : soleShareholder ? 'SU' : 'SM',
    StatoLiquidazione: inLiquidation ? 'LS' : 'LN',
  };
};

/** Who transmits: in Italy by the fiscal code, which for a person is not the VAT number (check 00300). */
export const transmitterOf = ({ fiscalIdentity: { country, fiscalCode, vatNumber } = UNKNOWN }: Seller): FiscalId => ({
  IdPaese: country,
  IdCodice: fiscalCode === undefined ? vatNumber : normaliseFiscalCode(fiscalCode),
});

/** The centre as it was at the issue. */
export const describeSeller = (seller: Seller): Cedente => {
  const identity = seller.fiscalIdentity ?? UNKNOWN;
  return {
    DatiAnagrafici: {
      IdFiscaleIVA: { IdPaese: identity.country, IdCodice: identity.vatNumber },
      CodiceFiscale: identity.fiscalCode,
      Anagrafica: { Denominazione: latin(identity.legalName ?? seller.companyName, 80) },
      RegimeFiscale: identity.taxRegime,
    },
    Sede: {
      Indirizzo: latin(identity.street, 60) ?? '',
      NumeroCivico: basicLatin(identity.streetNumber, 8),
      CAP: identity.postalCode,
      Comune: latin(identity.city, 60) ?? '',
      Provincia: identity.province,
      Nazione: identity.country,
    },
    IscrizioneREA: registerOf(identity),
    Contatti: contactsOf(seller),
  };
};
