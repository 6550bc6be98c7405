import { expect } from 'chai';
import type { Buyer } from '../src/invoice/invoice.js';
import { codesOf, describeOf, ROSA } from './fatturapa.bench.js';

const ITALY = { line1: 'Via Po 3', city: 'Torino', state: 'Torino', postalCode: '10121', country: 'IT' };
const BERLIN = { line1: 'Unter den Linden 1', city: 'Berlin', state: 'Berlin', postalCode: '10117', country: 'Germania' };
const at = (address: typeof ITALY, country: string) => ({ ...address, country });
const contact = { contactEmail: 'desk@example.test' };
const company: Buyer = { type: 'BUSINESS', name: 'Rossi S.p.A.', ...contact, vatNumber: '00743110157', billingAddress: ITALY };
const foreign: Buyer = { type: 'BUSINESS', name: 'Müller GmbH', ...contact, vatNumber: 'DE811907980', billingAddress: BERLIN };

/** Another seller than the customer, who has the number of the bench's centre. */
const seen = (buyer: Buyer) => {
  const fattura = describeOf({
    buyer,
    seller: {
      companyName: 'Officina Verdi',
      fiscalIdentity: {
        vatNumber: '01234567897',
        taxRegime: 'RF01',
        street: 'Via Emilia 1',
        postalCode: '41121',
        city: 'Modena',
        country: 'IT',
      },
    },
  });
  const { DatiTrasmissione: transmission, CessionarioCommittente: customer } = fattura.FatturaElettronicaHeader;
  const { IdFiscaleIVA: vat, CodiceFiscale, Anagrafica } = customer.DatiAnagrafici;
  return {
    format: fattura.versione,
    code: transmission.CodiceDestinatario,
    pec: transmission.PECDestinatario,
    vat: vat && `${vat.IdPaese} ${vat.IdCodice}`,
    fiscalCode: CodiceFiscale,
    name: Anagrafica.Denominazione ?? `${Anagrafica.Nome ?? ''} / ${Anagrafica.Cognome ?? ''}`,
    address: customer.Sede,
    faults: codesOf(fattura),
  };
};

type Seen = Partial<ReturnType<typeof seen>>;

const CASES: readonly (readonly [customer: string, buyer: Buyer, wanted: Seen])[] = [
  [
    'an Italian person',
    ROSA,
    { format: 'FPR12', code: '0000000', vat: undefined, fiscalCode: 'RCCMNL83S18D969H', name: 'Rosa / Bianchi', pec: undefined },
  ],
  ['an Italian person with a PEC address', { ...ROSA, pec: 'rosa@pec.example.it' }, { code: '0000000', pec: 'rosa@pec.example.it' }],
  [
    'an Italian business with a recipient code',
    { ...company, sdiCode: 'ABC1234' },
    { code: 'ABC1234', vat: 'IT 00743110157', fiscalCode: undefined },
  ],
  [
    'an Italian business whose PEC address is not needed beside its code',
    { ...company, sdiCode: 'ABC1234', pec: 'rossi@pec.example.it' },
    { code: 'ABC1234', pec: undefined },
  ],
  [
    'an Italian business with a PEC address alone',
    { ...company, pec: 'rossi@pec.example.it' },
    { code: '0000000', pec: 'rossi@pec.example.it', vat: 'IT 00743110157', name: 'Rossi S.p.A.' },
  ],
  [
    'a sole trader',
    { ...company, name: 'Rosa', surname: 'Bianchi', fiscalCode: 'RCCMNL83S18D969H' },
    { vat: 'IT 00743110157', fiscalCode: undefined, name: 'Rosa Bianchi' },
  ],
  [
    'a person with a VAT number, who buys for the business',
    { ...ROSA, vatNumber: '00743110157' },
    { vat: 'IT 00743110157', fiscalCode: undefined, name: 'Rosa / Bianchi' },
  ],
  [
    'an association without a VAT number',
    { type: 'NONPROFIT', name: 'Circolo', ...contact, fiscalCode: '00743110157', billingAddress: ITALY },
    { format: 'FPR12', code: '0000000', vat: undefined, fiscalCode: '00743110157' },
  ],
  [
    'a public body with a code of its office',
    {
      type: 'GOVERNMENT',
      name: 'Comune di Torino',
      ...contact,
      sdiCode: 'UFAB12',
      fiscalCode: '00743110157',
      vatNumber: '00743110157',
      billingAddress: ITALY,
    },
    { format: 'FPA12', code: 'UFAB12', vat: undefined, fiscalCode: '00743110157' },
  ],
  [
    'a public body whose office is not known',
    { type: 'GOVERNMENT', name: 'Comune', ...contact, fiscalCode: '00743110157', billingAddress: ITALY },
    { format: 'FPA12', code: '999999' },
  ],
  [
    'a public body that gave 0000000',
    { type: 'GOVERNMENT', name: 'Comune', ...contact, sdiCode: '0000000', fiscalCode: '00743110157', billingAddress: ITALY },
    { format: 'FPA12', code: '999999' },
  ],
  [
    'a public body with a VAT number alone',
    { type: 'GOVERNMENT', name: 'Comune', ...contact, vatNumber: '00743110157', billingAddress: ITALY },
    { format: 'FPA12', vat: 'IT 00743110157', fiscalCode: undefined },
  ],
  [
    'a company of the state with a code of seven',
    { type: 'GOVERNMENT', name: 'Acqua S.p.A.', ...contact, sdiCode: 'ABC1234', vatNumber: '00743110157', billingAddress: ITALY },
    { format: 'FPR12', code: 'ABC1234' },
  ],
  [
    'a state school',
    { type: 'EDUCATION', name: 'Liceo', ...contact, sdiCode: 'UFAB12', fiscalCode: '00743110157', billingAddress: ITALY },
    { format: 'FPA12', code: 'UFAB12' },
  ],
  [
    'a private school',
    { type: 'EDUCATION', name: 'Scuola', ...contact, vatNumber: '00743110157', billingAddress: ITALY },
    { format: 'FPR12', code: '0000000' },
  ],
  ['a business of the EU', foreign, { format: 'FPR12', code: 'XXXXXXX', vat: 'DE 811907980', fiscalCode: undefined, name: 'Müller GmbH' }],
  [
    'a business of Greece',
    { ...foreign, vatNumber: 'EL094259216', billingAddress: at(BERLIN, 'Grecia') },
    { code: 'XXXXXXX', vat: 'GR 094259216' },
  ],
  ['a business of the EU with a fiscal code', { ...foreign, fiscalCode: 'ABC123' }, { vat: 'DE 811907980', fiscalCode: undefined }],
  [
    'a business outside the EU',
    { ...foreign, vatNumber: 'CHE-116.281.710', billingAddress: at(BERLIN, 'Switzerland') },
    { code: 'XXXXXXX', vat: 'CH CHE116281710' },
  ],
  [
    'a business outside the EU without a number',
    { type: 'BUSINESS', name: 'Acme Inc.', ...contact, billingAddress: at(BERLIN, 'USA') },
    { code: 'XXXXXXX', vat: 'US OO99999999999' },
  ],
  [
    'a foreign person with a number',
    { ...ROSA, fiscalCode: 'L01X00T47', billingAddress: BERLIN },
    { code: 'XXXXXXX', vat: 'DE L01X00T47', fiscalCode: undefined, name: 'Rosa / Bianchi' },
  ],
  [
    'a foreign person without a number',
    { type: 'INDIVIDUAL', name: 'Jane', surname: 'Doe', ...contact, billingAddress: at(BERLIN, 'Regno Unito') },
    { code: 'XXXXXXX', vat: 'GB 0000000', name: 'Jane / Doe' },
  ],
  [
    'a foreign business that is registered in Italy',
    { ...foreign, vatNumber: '00743110157', sdiCode: 'ABC1234' },
    { code: 'ABC1234', vat: 'IT 00743110157' },
  ],
  [
    'a foreign business with eleven digits that are not of Italy',
    { ...foreign, vatNumber: '00743110157', billingAddress: at(BERLIN, 'Croatia') },
    { code: 'XXXXXXX', vat: 'HR 00743110157' },
  ],
  [
    'a business of San Marino',
    { ...foreign, vatNumber: 'SM12345', billingAddress: at(BERLIN, 'San Marino') },
    { code: '2R4GTO8', vat: 'SM 12345' },
  ],
  [
    'a person of San Marino',
    { type: 'INDIVIDUAL', name: 'Luca', surname: 'Neri', ...contact, billingAddress: at(BERLIN, 'San Marino') },
    { code: 'XXXXXXX', vat: 'SM 0000000' },
  ],
];

describe('whom an electronic invoice is for', () => {
  for (const [customer, buyer, wanted] of CASES)
    it(`when it is for ${customer}, then it goes there by these numbers, and nothing is refused`, () => {
      const found = seen(buyer);
      expect(found.faults).to.deep.equal([]);
      expect(Object.fromEntries(Object.keys(wanted).map((key) => [key, found[key as keyof Seen]]))).to.deep.equal(wanted);
    });

  it('when the address is in Italy, then it has its postal code and province', () => {
    expect(seen(company).address).to.deep.equal({ Indirizzo: 'Via Po 3', CAP: '10121', Comune: 'Torino', Provincia: 'TO', Nazione: 'IT' });
  });

  it('when the province is a region, then it is left out', () => {
    expect(seen({ ...company, billingAddress: { ...ITALY, state: 'Piemonte' } }).address.Provincia).to.equal(undefined);
  });

  it('when the address is abroad, then its postal code follows the street', () => {
    expect(seen(foreign).address).to.deep.equal({
      Indirizzo: 'Unter den Linden 1, 10117',
      CAP: '00000',
      Comune: 'Berlin',
      Provincia: undefined,
      Nazione: 'DE',
    });
  });

  for (const [situation, buyer, codes] of [
    ['an Italian customer has no number at all', { ...ROSA, fiscalCode: undefined }, ['00417']],
    ['a business of the EU has no number', { ...foreign, vatNumber: undefined }, ['00313']],
    ['the address is missing', { ...ROSA, billingAddress: undefined }, ['00200']],
    ['no country has that name', { ...ROSA, billingAddress: at(ITALY, 'Atlantide') }, ['00200']],
    ['the postal code has four digits', { ...ROSA, billingAddress: { ...ITALY, postalCode: '1012' } }, ['00200']],
    ['the fiscal code has a wrong check character', { ...ROSA, fiscalCode: 'RCCMNL83S18D969X' }, ['00306']],
    ['the VAT number has a wrong check digit', { ...company, vatNumber: '00743110158' }, ['00305']],
    ['the PEC address is one of the exchange system', { ...ROSA, pec: 'sdi01@pec.fatturapa.it' }, ['00330']],
    ['the domain of the PEC address has no dot', { ...ROSA, pec: 'rosa@pec' }, ['00200']],
    ['a foreign code stands beside an Italian address', { ...company, sdiCode: 'XXXXXXX' }, ['00313']],
    ['the recipient code is too long', { ...company, sdiCode: 'ABC12345' }, ['00427']],
    ['the customer is the centre', { ...company, vatNumber: '01234567897' }, ['00471']],
    ['the name is in letters that have no place', { ...ROSA, name: 'Олена' }, ['00200']],
  ] as const)
    it(`when ${situation}, then that is told`, () => {
      expect(seen(buyer).faults).to.deep.equal(codes);
    });

  it('when several things are wrong, then all are told at once', () => {
    const { faults } = seen({ ...company, vatNumber: '1', sdiCode: 'ABC', billingAddress: { ...ITALY, postalCode: '1', country: '?' } });
    expect(faults).to.have.members(['00305', '00427', '00200', '00200']);
  });
});
