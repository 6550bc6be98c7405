import { expect } from 'chai';
import fc from 'fast-check';
import { customerSchema } from '@riparo/shared/http/customer-schema';
import { buildAddress, buildCustomer } from './customer.builder.js';

/** The faulty fields of a customer, each once. */
const faultsOf = (customer: object): readonly string[] => {
  const { error } = customerSchema.validate(customer, { abortEarly: false });
  return [...new Set(error?.details.map(({ path }) => path.join('.')) ?? [])].sort();
};
const valueOf = (customer: object): Record<string, unknown> => customerSchema.validate(customer).value as Record<string, unknown>;

const abroad = buildAddress({ country: 'FR' });
const inItaly = buildAddress({ country: 'IT' });

describe('customer data', () => {
  const cases: readonly (readonly [string, object, readonly string[]])[] = [
    ['a person', {}, []],
    ['a person without surname', { surname: undefined }, ['surname']],
    ['a company without surname', { type: 'BUSINESS', surname: undefined }, []],
    ['an Italian company without VAT number', { type: 'BUSINESS', billingAddress: inItaly }, ['vatNumber']],
    [
      'an Italian company by its country in words',
      { type: 'BUSINESS', billingAddress: buildAddress({ country: 'Italia' }) },
      ['vatNumber'],
    ],
    ['an Italian company with VAT number', { type: 'BUSINESS', billingAddress: inItaly, vatNumber: 'IT00743110157' }, []],
    ['a French company without VAT number', { type: 'BUSINESS', billingAddress: abroad }, []],
    ['a French VAT number', { type: 'BUSINESS', billingAddress: abroad, vatNumber: 'FR40303265045' }, []],
    ['a wrong VAT number', { vatNumber: '00743110158' }, ['vatNumber']],
    ['a wrong fiscal code', { fiscalCode: 'RCCMNL83S18D969X' }, ['fiscalCode']],
    ['an SDI code', { sdiCode: 'M5UXCR1' }, []],
    ['an SDI code of 6 for a person', { sdiCode: 'UFABCD' }, ['sdiCode']],
    ['an SDI code of 6 for a public body', { type: 'GOVERNMENT', sdiCode: 'UFABCD' }, []],
    ['XXXXXXX with an Italian address', { sdiCode: 'XXXXXXX', billingAddress: inItaly }, ['sdiCode']],
    ['XXXXXXX without an address', { sdiCode: 'XXXXXXX' }, ['sdiCode']],
    ['XXXXXXX abroad', { sdiCode: 'XXXXXXX', billingAddress: abroad }, []],
    ['PEC alone', { pec: 'rossi@pec.example' }, []],
    ['PEC beside 0000000', { pec: 'rossi@pec.example', sdiCode: '0000000' }, []],
    ['PEC beside another code', { pec: 'rossi@pec.example', sdiCode: 'M5UXCR1' }, ['pec']],
    ['PEC that is no e-mail', { pec: 'rossi' }, ['pec']],
    [
      'an address without its parts',
      { billingAddress: {} },
      ['city', 'country', 'line1', 'postalCode', 'state'].map((part) => `billingAddress.${part}`),
    ],
    [
      'everything wrong at once',
      {
        type: 'BUSINESS',
        name: '',
        contactEmail: 'x',
        contactPhone: 'y',
        billingAddress: inItaly,
        fiscalCode: 'x',
        sdiCode: 'x',
        status: 'ACTIVE',
      },
      ['contactEmail', 'contactPhone', 'fiscalCode', 'name', 'sdiCode', 'status', 'vatNumber'],
    ],
    ['operators instead of texts', { name: { $ne: null }, fiscalCode: { $gt: '' } }, ['fiscalCode', 'name']],
  ];
  for (const [what, part, faults] of cases) {
    it(`when there is ${what}, then it is ${faults.length === 0 ? 'accepted' : 'refused for ' + faults.join(', ')}`, () => {
      expect(faultsOf(buildCustomer(part))).to.deep.equal(faults);
    });
  }

  it('when identifiers are written in any form, then they are stored in one', () => {
    const value = valueOf(
      buildCustomer({ fiscalCode: 'rccmnl83s18d969h', vatNumber: 'it 00743110157', sdiCode: 'm5uxcr1', contactEmail: 'A@B.Example' }),
    );
    expect(value).to.include({ fiscalCode: 'RCCMNL83S18D969H', vatNumber: '00743110157', sdiCode: 'M5UXCR1', contactEmail: 'a@b.example' });
  });

  it('when an SDI code has seven letters and digits, then it is valid, and at no other length', () => {
    const character = fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVW0123456789'));
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 12 }), (characters) => {
        const valid = faultsOf(buildCustomer({ sdiCode: characters.join('') })).length === 0;
        return valid === (characters.length === 7);
      }),
    );
  });
});
