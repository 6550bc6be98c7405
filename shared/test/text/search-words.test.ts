import { expect } from 'chai';
import fc from 'fast-check';
import { boundedWords, CUT_MARK, endOfPrefix, searchConditions, searchTerms, searchWords } from '../../src/text/search-words.js';

/** What a database makes of the conditions of a search. */
const finds = (search: string, ...texts: readonly string[]): boolean => {
  const words = searchWords(...texts);
  return searchConditions('words', search).every(({ words: wanted }) =>
    words.some((word) => (wanted instanceof RegExp ? wanted.test(word) : word === wanted)),
  );
};

const APOSTROPHES = Array.from("'’‘ʼ`´′＇ʻ＇‛");
const DASHES = Array.from('-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d\ufe63');
const UNSEEN = Array.from('\u00ad\u200b\u200d\u2060\ufeff\u202a');

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyzàéîõüñçłøđħœþŋßıåšждёσποשלابم0123456789');
const word = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 20 });
const sign = fc.constantFrom("'", '-');
/** A word with signs inside, such as `o'neil-rossi`. */
const compound = fc
  .array(fc.tuple(word, sign), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([text, between], index) => (index === parts.length - 1 ? text : text + between)).join(''));

/** Other ways to type the same: every function takes a text and some random numbers. */
const disguises: readonly ((text: string, pick: (from: readonly string[]) => string) => string)[] = [
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFC'),
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text, pick) => text.replace(/'/g, () => pick(APOSTROPHES)),
  (text, pick) => text.replace(/-/g, () => pick(DASHES)),
  (text, pick) => text.replace(/(?<=\p{L})(?=\p{L})/gu, () => pick([...UNSEEN, '', '', ''])),
  (text) => text.replace(/[!-~]/g, (ascii) => String.fromCodePoint((ascii.codePointAt(0) ?? 0) + 0xfee0)),
  (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
  (text) => text.replace(/['-]/g, ''),
  (text) => text.replace(/[łøđħœþŋß]/g, (letter) => ({ œ: 'oe', þ: 'th', ß: 'ss' })[letter] ?? 'lodhn'.charAt('łøđħŋ'.indexOf(letter))),
  (text, pick) => `${pick(['(', '«', '“', '¿'])}${text}${pick([')', '»', '.', '…'])}`,
];
const disguised = fc
  .tuple(compound, fc.array(fc.nat(disguises.length - 1), { maxLength: 5 }), fc.infiniteStream(fc.nat(1_000)))
  .map(([text, chosen, numbers]) => {
    const pick = (from: readonly string[]): string => from[(numbers.next().value as number) % from.length] ?? '';
    const other = chosen.reduce((now, index) => disguises[index]?.(now, pick) ?? now, text);
    return { text, other };
  });

describe('words of searches', () => {
  it('when a word is typed in another way, then it finds the stored one, and the other way round', () => {
    fc.assert(
      fc.property(disguised, fc.array(word, { maxLength: 3 }), ({ text, other }, around) => {
        expect(finds(other, ...around, text), JSON.stringify([text, other])).to.equal(true);
        expect(finds(text, [...around, other].join(' ')), JSON.stringify([other, text])).to.equal(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('when only the beginning of a word or of one of its parts is typed, then it finds the word', () => {
    fc.assert(
      fc.property(compound, fc.nat(), (text, some) => {
        for (const part of [text, ...text.split(/['-]/)]) {
          const letters = Array.from(part.replace(/['-]/g, ''));
          const beginning = letters.slice(0, 1 + (some % letters.length)).join('');
          expect(finds(beginning, text), JSON.stringify([text, beginning])).to.equal(true);
        }
      }),
    );
  });

  it('when any part of a text without blanks is typed, then it finds the text', () => {
    const letter = fc.constantFrom(...Array.from('打印机坏了请修理电脑のプリンターがเครื่องพิมพ์'.normalize('NFC')));
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(), (letters, first, length) => {
        const clusters = Array.from(new Intl.Segmenter().segment(letters.join('')), ({ segment }) => segment);
        const from = first % clusters.length;
        const part = clusters.slice(from, from + 1 + (length % clusters.length)).join('');
        expect(finds(part, clusters.join('')), JSON.stringify([clusters.join(''), part])).to.equal(true);
      }),
    );
  });

  const found: readonly (readonly [search: string, text: string])[] = [
    ["won't", 'Printer won’t start'],
    ['wont', 'Printer won’t start'],
    ["O'Neil", 'O’Neil'],
    ['oneil', 'O’Neil'],
    ['neil', 'O’Neil'],
    ["D'Angelo", 'D’Angelo'],
    ['lukasz', 'Łukasz'],
    ['PF-3X9K21', 'PF\u20113X9K21'],
    ['pf3x9k21', 'PF\u20113X9K21'],
    ['3x9k', 'PF\u20113X9K21'],
    ['打印', '打印机坏了'],
    ['坏', '打印机坏了'],
    ['iphone打印', 'iPhone打印机'],
    ['พิมพ์', 'เครื่องพิมพ์เสีย'],
    ['info@dangelo', 'info@d-angelo.example'],
    ['a'.repeat(70), 'a'.repeat(80)],
  ];
  for (const [search, text] of found) {
    it(`when ${search.slice(0, 20)} is searched, then ${text.slice(0, 20)} is found`, () => expect(finds(search, text)).to.equal(true));
  }
  const missed: readonly (readonly [search: string, text: string])[] = [
    ['eil', 'O’Neil'],
    ['机打', '打印机坏了'],
    ['...', 'What…'],
    ['.*', 'anything'],
    [CUT_MARK, 'anything'],
    ['カラス', 'ガラス'],
  ];
  for (const [search, text] of missed) {
    it(`when ${search} is searched, then ${text} is not found`, () => expect(finds(search, text)).to.equal(false));
  }

  it('when a text has more words than are kept, then the first are kept, and a mark that no search finds', () => {
    const words = Array.from({ length: 501 }, (_, index) => `w${index}`);
    expect(boundedWords(words.slice(0, 500)))
      .to.have.length(500)
      .and.not.to.include(CUT_MARK);
    expect(boundedWords(words)).to.deep.equal([...words.slice(0, 500), CUT_MARK]);
    expect(searchTerms(CUT_MARK)).to.deep.equal([]);
  });

  it('when words begin with a term, then they lie between it and the end of its range, and no others do', () => {
    const words = ['caff', 'caffe', 'caffè', 'caff\u{10fffe}', 'cafg', 'cafe', 'caf'];
    expect(words.filter((word) => word >= 'caff' && word < endOfPrefix('caff'))).to.deep.equal(words.slice(0, 4));
  });
});
