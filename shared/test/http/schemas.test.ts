import { expect } from 'chai';
import type Joi from 'joi';
import { toSort } from '../../src/http/pagination.js';
import { code, day, email, instant, line, money, oneOf, paragraph, password, phone, uuid } from '../../src/http/schemas.js';

interface Row {
  readonly name: string;
  readonly schema: Joi.Schema;
  /** Input and what becomes of it. */
  readonly good: readonly (readonly [unknown, unknown])[];
  readonly bad: readonly unknown[];
}

const rows: readonly Row[] = [
  {
    name: 'uuid',
    schema: uuid(),
    good: [['0192F3A0-0000-7000-8000-00000000000A', '0192f3a0-0000-7000-8000-00000000000a']],
    bad: ['', '1', '0192f3a0', { $gt: '' }, '{0192f3a0-0000-7000-8000-00000000000a}'],
  },
  {
    name: 'line',
    schema: line(5),
    good: [
      [' a b ', 'a b'],
      ['Ünï', 'Ünï'],
      ['a\u00a0e\u0300\u200b', 'a \u00e8'],
    ],
    bad: ['', '   ', '\u200b', '\u3164\u2800', 'abcdef', 'a\nb', 'a\u0000b', 'a\u007fb', 'a\u0085b', 5],
  },
  { name: 'code', schema: code(5), good: [['\uff33\uff2e\u20131', 'SN-1']], bad: ['', '\u200b', 'abcdef', 'a\nb', 5] },
  {
    name: 'paragraph',
    schema: paragraph(20),
    good: [['one\r\ntwo\rthree\n\tfour ', 'one\ntwo\nthree\n\tfour']],
    bad: ['', ' \n ', '\u3164\n\u200b', 'a\u0000b', 'a\u001b[31m', 'x'.repeat(21)],
  },
  {
    name: 'email',
    schema: email(),
    good: [
      [' Anna.Rossi@Example.TEST ', 'anna.rossi@example.test'],
      ['a+b@sub.example.it', 'a+b@sub.example.it'],
      ['\u202aAnna\uff20Caffe\u0300.example\u202c', 'anna@caff\u00e8.example'],
    ],
    bad: [
      'anna',
      'anna@',
      '@example.test',
      'a@b',
      'a b@example.test',
      'a@example.test\r\nBcc: x@example.test',
      `${'x'.repeat(250)}@example.test`,
    ],
  },
  { name: 'password', schema: password(), good: [['12345678', '12345678']], bad: ['1234567', 'x'.repeat(129), 12345678] },
  {
    name: 'phone',
    schema: phone(),
    good: [
      ['+39 010 123456', '+39 010 123456'],
      ['(010) 12-34.56', '(010) 12-34.56'],
      ['+39\u00a0059\u2011123456', '+39 059-123456'],
    ],
    bad: ['12', 'call me', '+39 +10 123456', '1'.repeat(16), ' '.repeat(40)],
  },
  {
    name: 'instant',
    schema: instant(),
    good: [['2026-03-29T02:30:00+02:00', new Date('2026-03-29T00:30:00Z')]],
    bad: [
      'yesterday',
      '29/03/2026',
      1774744200000,
      '2026-13-01T00:00:00Z',
      '2026-02-30T00:00:00Z',
      '2026-03-29T02:30:00',
      '2026-03-29T02:30',
      '2026-03-29',
      {},
    ],
  },
  { name: 'day', schema: day(), good: [['2026-02-28', '2026-02-28']], bad: ['2026-2-28', '2026-02-30', '2026-02-28T00:00:00Z', 20260228] },
  { name: 'oneOf', schema: oneOf(['A', 'B']), good: [['A', 'A']], bad: ['C', 'a', '', null] },
  {
    name: 'money',
    schema: money(),
    good: [
      [
        { amount: 4990, currency: 'EUR' },
        { amount: 4990, currency: 'EUR' },
      ],
    ],
    bad: [
      { amount: 1.5, currency: 'EUR' },
      { amount: -1, currency: 'EUR' },
      { amount: 1 },
      { amount: 1, currency: 'eur' },
      { amount: 1e12, currency: 'EUR' },
      5,
    ],
  },
];

describe('fragments of input schemas', () => {
  for (const { name, schema, good, bad } of rows) {
    for (const [input, output] of good) {
      it(`when ${name} gets ${JSON.stringify(input)}, then it takes it`, () => {
        expect(schema.validate(input)).to.deep.equal({ value: output });
      });
    }
    for (const input of bad) {
      it(`when ${name} gets ${JSON.stringify(input).slice(0, 60)}, then it refuses it`, () => {
        expect(schema.validate(input).error).to.be.instanceOf(Error);
      });
    }
  }

  it('when phone numbers or lines are hostile, then they are refused at once', () => {
    // A pattern that backtracks would need longer than the universe has.
    expect(phone().validate(`${'1 '.repeat(15)}x`).error).to.be.instanceOf(Error);
    expect(line(100_000).validate(`${'a'.repeat(99_999)}\u0000`).error).to.be.instanceOf(Error);
  });
});

describe('texts with nothing to see', () => {
  it('when a field holds one, then it has one fault, as if it were empty', () => {
    const faultsOf = (schema: Joi.Schema, text: string) =>
      schema.validate(text, { abortEarly: false }).error?.details.map(({ type }) => type);
    for (const schema of [line(), code(), paragraph(), email(), phone()]) {
      for (const text of ['', '\u200b', '\u3164\u00a0']) expect(faultsOf(schema, text)).to.deep.equal(['string.empty']);
    }
  });
});

describe('sort of a list', () => {
  it('when a list is sorted, then ties are broken by id in the same direction', () => {
    expect(toSort('-createdAt')).to.deep.equal({ createdAt: -1, id: -1 });
    expect(toSort('name')).to.deep.equal({ name: 1, id: 1 });
    expect(toSort('-id')).to.deep.equal({ id: -1 });
  });
});
