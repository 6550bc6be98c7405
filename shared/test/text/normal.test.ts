import { expect } from 'chai';
import fc from 'fast-check';
import { isSameLine, normalCode, normalEmail, normalLine, normalText, spellingsOf } from '../../src/text/normal.js';
import { serialKeyOf, serialKeysOf } from '../../src/text/serial-key.js';

/** Each is pasted, and becomes. */
type Pairs = readonly (readonly [string, string])[];
const becomes = (normal: (text: string) => string, pairs: Pairs) => {
  for (const [pasted, kept] of pairs) expect(normal(pasted), JSON.stringify(pasted)).to.equal(kept);
};

const WOMAN_WITH_WRENCH = '\u{1f469}\u200d\u{1f527}';
const FLAG_OF_ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const PERSIAN = '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';
const HINDI = '\u0915\u094d\u200d\u0937';
const YEAR_OF_HIJRA = '\u0661\u0664\u0664\u0667 \u0647\u200d';
const HEART = '\u2764\ufe0f';

/** Zero width, direction, fillers, empty Braille, variation selectors, tags, blanks. */
const NOTHING = [
  '',
  ' ',
  '\u200b',
  '\u200d\u200c',
  '\u202e\u2066',
  '\u3164',
  '\uffa0',
  '\u2800',
  '\ufe0f',
  '\u{e0041}',
  '\u3000\u00a0',
  '\u00ad',
  '\ufff9',
];

describe('texts as people paste them', () => {
  it('when a line has other blanks, accents apart or idle marks, then they are ordinary or gone', () => {
    becomes(normalLine, [
      ['Caffe\u0300', 'Caff\u00e8'],
      ['Caffe\u200b\u0300', 'Caff\u00e8'],
      ['\ufeffVia\u00a0Roma\u30001\u2028', 'Via Roma 1'],
      ['co\u00adop\u202e\u2066 ', 'coop'],
      ['Anna\u200d Ros\u200bsi\u200c', 'Anna Rossi'],
      ['1\u200d2', '12'],
    ]);
  });

  it('when a joiner, a selector or a tag means something, then it stays', () => {
    for (const text of [WOMAN_WITH_WRENCH, FLAG_OF_ENGLAND, PERSIAN, HINDI, YEAR_OF_HIJRA, HEART]) {
      becomes(normalLine, [[` ${text} `, text]]);
      becomes(normalText, [[` ${text} `, text]]);
    }
  });

  it('when nothing in a text can be seen, then it is empty', () => {
    for (const text of NOTHING) {
      for (const normal of [normalLine, normalText, normalCode, normalEmail]) becomes(normal, [[text + text, '']]);
    }
    becomes(normalText, [['\u3164\r\n\u3164', '']]);
    becomes(normalLine, [['\u3164a', '\u3164a']]);
  });

  it('when a text has several lines, then letters are composed, and all else stays as it was written', () => {
    becomes(normalText, [['e\u0300\r\n\u00a0\u200ba\u00ad\u202eb\rc', '\u00e8\n\u00a0\u200ba\u00ad\u202eb\nc']]);
  });

  it('when a code has wide characters or other dashes, then they are ASCII', () => {
    becomes(normalCode, [
      ['\uff33\uff2e\u2013\uff11\u22122\u20113', 'SN-1-2-3'],
      ['\u202a+39\u00a0059\u202f123456\u202c', '+39 059 123456'],
      ['A\u200dB\ufe0f', 'AB'],
    ]);
  });

  it('when an e-mail address has wide characters or marks, then other letters stay what they are', () => {
    becomes(normalEmail, [
      ['\u200eanna\uff20example.it\ufeff', 'anna@example.it'],
      ['info@caffe\u0300.it', 'info@caff\u00e8.it'],
      ['x\u00b2@stra\u00dfe.de', 'x\u00b2@stra\u00dfe.de'],
    ]);
  });

  it('when a text is normal, then it stays', () => {
    const signs = fc.constantFrom(
      'a',
      'e',
      '\u0300',
      ' ',
      '\u00a0',
      '\u200b',
      '\u200c',
      '\u200d',
      '\u3164',
      '\u2800',
      '\u0647',
      '\uff21',
      '\u2011',
      '\n',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs).map((all) => all.join('')),
    );
    for (const normal of [normalLine, normalText, normalCode, normalEmail]) {
      fc.assert(fc.property(texts, (text) => normal(normal(text)) === normal(text)));
    }
  });

  it('when two lines look the same, then they are the same', () => {
    expect(isSameLine('Caffe\u0300 Centrale', 'CAFF\u00c8\u00a0Centrale\u200b')).to.equal(true);
    expect(isSameLine('Caffe', 'Caff\u00e8')).to.equal(false);
    expect(spellingsOf('Caff\u00e8')).to.deep.equal(['Caff\u00e8', 'Caffe\u0300']);
    expect(spellingsOf('Bar')).to.deep.equal(['Bar']);
  });

  it('when a serial number is written in another way, then it has the same key or is found', () => {
    for (const text of ['sn-1', 'SN \u20111', '\uff33\uff2e\uff11', 'S\u200bN\u22121']) expect(serialKeyOf(text)).to.equal('SN1');
    expect(serialKeyOf('--')).to.equal('--');
    expect(serialKeysOf('SN1')).to.deep.equal(['SN1']);
    expect(serialKeysOf('sn-1')).to.include.members(['SN1', 'SN\u20111', 'SN\u22121']).and.have.length(8);
  });
});
