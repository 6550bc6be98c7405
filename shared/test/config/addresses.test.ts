import { expect } from 'chai';
import { addresses } from '../../src/config/addresses.js';

describe('addresses of another service', () => {
  for (const [text, fine] of [
    ['http://localhost:4102', true],
    ['http://127.0.0.1:4102,http://127.0.0.1:4112', true],
    ['https://a.example , https://b.example/', true],
    ['localhost:4102', false],
    ['http://a.example,', false],
    ['http://a.example;http://b.example', false],
    ['ftp://a.example', false],
    ['http://a.example/path', false],
  ] as const) {
    it(`when it is "${text}", then it is ${fine ? 'taken' : 'refused'}`, () => {
      expect(addresses(4102).validate(text).error === undefined).to.equal(fine);
    });
  }

  it('when nothing is said, then this machine', () => {
    expect(addresses(4102).validate(undefined).value).to.equal('http://localhost:4102');
  });
});
