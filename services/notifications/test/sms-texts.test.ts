import { expect } from 'chai';
import { fitSms, MAX_SEGMENTS, segmentsOf } from '../src/sms/fit-sms.js';
import { toE164 } from '../src/sms/e164.js';
import { SMS_KEYS, smsTextOf } from '../src/sms/sms-texts.js';
import { createRenderer } from '../src/template/render.js';
import { definitionOf, LOCALES } from '../src/template/template.js';

describe('texts of text messages', () => {
  it('when they are filled with ordinary data, then each takes at most two segments of the small alphabet', () => {
    const renderer = createRenderer();
    for (const key of SMS_KEYS)
      for (const locale of LOCALES) {
        const source = { subject: smsTextOf(key, locale) ?? '', body: '' };
        const text = fitSms(renderer.render(source, { ...definitionOf(key).sample, timeZone: 'Europe/Rome' }, locale).subject);
        expect(text, key).to.have.length.greaterThan(30);
        expect(segmentsOf(text), `${key} ${locale}: ${text}`).to.be.at.most(2);
        expect(text, key).not.to.match(/\{|undefined|\[object/);
      }
  });

  it('when letters are counted, then as phones do it', () => {
    expect(segmentsOf('a'.repeat(160))).to.equal(1);
    expect(segmentsOf('a'.repeat(161))).to.equal(2);
    expect(segmentsOf('€'.repeat(80))).to.equal(1);
    expect(segmentsOf('€'.repeat(81))).to.equal(2);
    expect(segmentsOf('ж'.repeat(70))).to.equal(1);
    expect(segmentsOf('ж'.repeat(71))).to.equal(2);
    expect(segmentsOf('😀'.repeat(36))).to.equal(2);
  });

  it('when signs are beyond the small alphabet, then they are written plainly where they can be', () => {
    expect(fitSms('L’amico di Žižek – “qui”…')).to.equal('L\'amico di Zizek - "qui"...');
    expect(fitSms('perché è così, à, ù, ò')).to.equal('perchè è cosi, à, ù, ò'.replace('perchè', 'perché').replace('cosi', 'così'));
    expect(fitSms('Привет')).to.equal('Привет');
  });

  it('when a text is too long, then it ends within three segments and says that there was more', () => {
    for (const text of ['a', '€', 'ж', '😀', 'a€', 'é]'].map((letters) => letters.repeat(600))) {
      const fitted = fitSms(text);
      expect(segmentsOf(fitted)).to.be.at.most(MAX_SEGMENTS);
      expect(fitted).to.match(/\.\.\.$/);
      expect(fitted).not.to.match(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
    expect(fitSms('a'.repeat(600)).length).to.be.greaterThan(440);
  });

  it('when a number has a country code, then it is written as E.164; others are not guessed at', () => {
    expect(toE164('+39 (059) 65-43.21')).to.equal('+39059654321');
    expect(toE164('0039 059 654321')).to.equal('+39059654321');
    for (const wrong of ['059 654321', '', '+0 123 456 789', '+39', '+1234567890123456']) expect(toE164(wrong)).to.equal(undefined);
  });
});
