import { expect } from 'chai';
import fc from 'fast-check';
import { isFiscalCode, isVatNumber, normaliseFiscalCode, normaliseVatNumber } from '../../src/contracts/fiscal.js';

/** The check character by the tables of D.M. 23/12/1976, written out one by one and apart from the code under test. */
const EVEN = new Map(Array.from('0123456789', (digit) => [digit, Number(digit)] as const));
for (const [index, letter] of Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ').entries()) EVEN.set(letter, index);
const ODD = new Map(
  '01 10 25 37 49 513 615 717 819 921 A1 B0 C5 D7 E9 F13 G15 H17 I19 J21 K2 L4 M18 N20 O11 P3 Q6 R8 S12 T14 U16 V10 W22 X25 Y24 Z23'
    .split(' ')
    .map((entry) => [entry.slice(0, 1), Number(entry.slice(1))] as const),
);

const withCheck = (fifteen: string): string => {
  let sum = 0;
  for (let place = 1; place <= 15; place++) sum += (place % 2 === 1 ? ODD : EVEN).get(fifteen[place - 1]!)!;
  return fifteen + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[sum % 26]!;
};

const letters = (length: number) =>
  fc
    .array(fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')), { minLength: length, maxLength: length })
    .map((list) => list.join(''));
const number = (min: number, max: number, width: number) => fc.integer({ min, max }).map((value) => String(value).padStart(width, '0'));
const month = fc.constantFrom(...Array.from('ABCDEHLMPRST'));

const person = fc
  .tuple(letters(6), number(0, 99, 2), month, fc.integer({ min: 1, max: 28 }), fc.boolean(), letters(1), number(0, 999, 3))
  .map(([name, year, birthMonth, day, woman, town, place]) => ({
    fifteen: `${name}${year}${birthMonth}${String(day + (woman ? 40 : 0)).padStart(2, '0')}${town}${place}`,
  }));

/** Replaces any of the seven digits by its letter. */
const omocode = (fifteen: string, mask: number): string =>
  [6, 7, 9, 10, 12, 13, 14].reduce(
    (text, place, bit) => (mask & (1 << bit) ? text.slice(0, place) + 'LMNPQRSTUV'[Number(text[place])]! + text.slice(place + 1) : text),
    fifteen,
  );

describe('fiscal code', () => {
  for (const code of ['RCCMNL83S18D969H', 'CNTCHR83T41D969D', 'RCCMNL83S18D96VW', '00743110157']) {
    it(`when the code is ${code}, then it is valid`, () => expect(isFiscalCode(code)).to.be.true);
  }
  for (const [code, why] of [
    ['RCCMNL83S18D969A', 'a wrong check character'],
    ['RCCMNL83F18D969H', 'no such month'],
    ['RCCMNL83S18D96', 'too short'],
    ['RCCMNL83S18D969HH', 'too long'],
    ['rccmnl83s18d969h', 'not normalised'],
    ['00743110158', 'an entity with a wrong check digit'],
    ['', 'empty'],
  ] as const) {
    it(`when the code is "${code}", ${why}, then it is refused`, () => expect(isFiscalCode(code)).to.be.false);
  }

  it('when a person has a code, then each of its 128 omocodia forms is valid', () => {
    fc.assert(
      fc.property(person, fc.integer({ min: 0, max: 127 }), ({ fifteen }, mask) => isFiscalCode(withCheck(omocode(fifteen, mask)))),
    );
  });

  it('when the check character is another, then it is refused', () => {
    fc.assert(
      fc.property(person, fc.integer({ min: 1, max: 25 }), ({ fifteen }, shift) => {
        const good = withCheck(fifteen);
        const wrong = String.fromCharCode(65 + ((good.charCodeAt(15) - 65 + shift) % 26));
        return !isFiscalCode(fifteen + wrong);
      }),
    );
  });

  it('when no month has the day, then it is refused, for men and women, in omocodia too', () => {
    const bad = fc.constantFrom('00', '32', '39', '40', '72', '99');
    fc.assert(
      fc.property(
        person,
        bad,
        fc.integer({ min: 0, max: 127 }),
        ({ fifteen }, day, mask) => !isFiscalCode(withCheck(omocode(fifteen.slice(0, 9) + day + fifteen.slice(11), mask))),
      ),
    );
  });

  it('when the day is 30 February, then it is refused, but not 29 February', () => {
    expect(isFiscalCode(withCheck('RCCMNL83B30D969'))).to.be.false;
    expect(isFiscalCode(withCheck('RCCMNL84B29D969'))).to.be.true;
  });

  it('when a code has blanks and small letters, then it is normalised', () =>
    expect(normaliseFiscalCode(' rccmnl 83s18 d969h ')).to.equal('RCCMNL83S18D969H'));
});

/** Luhn, the other way round: the digit that completes ten others. */
const luhnDigit = (ten: string): string => {
  let sum = 0;
  for (let index = 0; index < 10; index++) {
    const digit = Number(ten[index]);
    sum += index % 2 === 0 ? digit : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit]!;
  }
  return String((10 - (sum % 10)) % 10);
};

describe('VAT number', () => {
  it('when the number is 00743110157, then it is valid, and 00743110158 is not', () => {
    expect(isVatNumber('00743110157')).to.be.true;
    expect(isVatNumber('00743110158')).to.be.false;
  });
  it('when the office digits are unusual, then they are no reason to refuse', () =>
    expect(isVatNumber(`1234567999${luhnDigit('1234567999')}`)).to.be.true);
  it('when it has eleven zeros, letters or another length, then it is refused', () => {
    for (const text of ['00000000000', 'ABCDEFGHIJK', '0074311015', '007431101570', '']) expect(isVatNumber(text), text).to.be.false;
  });
  it('when ten digits are given, then exactly one eleventh fits', () => {
    fc.assert(
      fc.property(number(1, 9_999_999_999, 10), (ten) => {
        const fitting = Array.from('0123456789').filter((digit) => isVatNumber(ten + digit));
        return fitting.length === 1 && fitting[0] === luhnDigit(ten);
      }),
    );
  });
  it('when a single digit is wrong, then it is noticed', () => {
    fc.assert(
      fc.property(number(1, 9_999_999_999, 10), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 9 }), (ten, place, shift) => {
        const good = ten + luhnDigit(ten);
        const wrong = good.slice(0, place) + String((Number(good[place]) + shift) % 10) + good.slice(place + 1);
        return !isVatNumber(wrong);
      }),
    );
  });
  it('when a number has country prefix, blanks or dots, then they are taken off', () => {
    for (const text of ['IT00743110157', 'it 0074 3110 157', '007.431.101.57']) expect(normaliseVatNumber(text)).to.equal('00743110157');
  });
});
