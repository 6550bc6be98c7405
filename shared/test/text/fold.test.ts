import { expect } from 'chai';
import { fold } from '../../src/text/fold.js';

describe('texts as searches compare them', () => {
  const folded: readonly (readonly [what: string, text: string, folded: string])[] = [
    ['capitals, accents and ligatures', 'Perché CAFFÈ ﬁle Ångström', 'perche caffe file angstrom'],
    ['letters without decomposition', 'Łukasz Ødegård Đặng Ħal Æsir Œuvre Þór ŋ Ŧ', 'lukasz odegard dang hal aesir oeuvre thor n t'],
    ['sharp s of both sizes', 'Straße STRAẞE STRASSE', 'strasse strasse strasse'],
    ['the two i of Turkish', 'İstanbul ISPARTA ısparta', 'istanbul isparta isparta'],
    ['the final sigma', 'ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['wide, bold, circled and raised characters', 'ＬＡＰ𝐓𝐎𝐏 Ⓐ m²', 'laptop a m2'],
    ['marks that nobody sees', 'soft\u00adhyphen zero\u200bwidth \u202edirection\u202c', 'softhyphen zerowidth direction'],
    ['vowels and stretches of Arabic', 'كِتَاب كـــتاب', 'كتاب كتاب'],
    ['accents that stand alone', 'O´Neil Oʼneil', "o'neil o'neil"],
  ];
  for (const [what, text, expected] of folded) {
    it(`when a text has ${what}, then its folded form has none`, () => expect(fold(text)).to.equal(expected));
  }

  it('when a mark is a vowel or makes another letter, then it stays', () => {
    expect(fold('ที่').normalize('NFC')).to.equal('ที่');
    expect(fold('ガ')).not.to.equal(fold('カ'));
    expect(fold('ガ')).to.equal(fold('ｶﾞ'));
  });
});
