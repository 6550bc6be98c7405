import { expect } from 'chai';
import type { Document } from 'mongodb';
import { describeEmbedded, errorOf, withServer } from './test-server.js';

const SMILE = '\u{1f600}';

/** Pattern, flags, text, and where PCRE (in the way MongoDB sets it up) finds it: start in code points, what it is, captures. */
const FOUND: [string, string, string, [number, string, (string | null)[]] | null][] = [
  ['^(a+)+$', '', `${'a'.repeat(30)}!`, null],
  ['^(a+)+$', '', 'aaa', [0, 'aaa', ['aaa']]],
  ['(a|aa)+b', '', 'aaab', [0, 'aaab', ['a']]],
  ['(x+x+)+y', '', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', null],
  ['a$', '', 'a\n', [0, 'a', []]],
  ['(a)(\\s*)$', '', 'a\n', [0, 'a\n', ['a', '\n']]],
  ['a\\Z', '', 'a\n', [0, 'a', []]],
  ['a\\z', '', 'a\n', null],
  ['\\Ab', '', 'a\nb', null],
  ['^b', 'm', 'a\nb', [2, 'b', []]],
  ['a$', 'm', 'a\nb', [0, 'a', []]],
  ['^b', 'm', 'a\rb', null],
  ['a.b', '', 'a\rb', [0, 'a\rb', []]],
  ['a.b', '', 'a\nb', null],
  ['a.b', 's', 'a\nb', [0, 'a\nb', []]],
  ['(?s)a.b', '', 'a\nb', [0, 'a\nb', []]],
  ['A B # note\n c', 'x', 'ABc', [0, 'ABc', []]],
  ['[ #] \\ b', 'x', '# b', [0, '# b', []]],
  ['\\s', '', '\u00a0', null],
  ['\\d+', '', '\u0663', null],
  ['\\w+', '', 'é', null],
  ['ÀB', 'i', 'xàb', [1, 'àb', []]],
  ['x(?i:A)b', '', 'xab', [0, 'xab', []]],
  ['x(?i:A)b', '', 'xaB', null],
  ['a(?i)b|c', '', 'C', [0, 'C', []]],
  ['[[:alpha:]_]+\\d', '', '-a_b1', [1, 'a_b1', []]],
  ['[]a]+', '', 'x]a', [1, ']a', []]],
  ['[^]a]', '', ']ab', [2, 'b', []]],
  ['a{,3}', '', 'a{,3}', [0, 'a{,3}', []]],
  ['\\Qa.b\\E+', '', 'axb a.bb', [4, 'a.bb', []]],
  ['\\-\\/\\"\\@', '', '-/"@', [0, '-/"@', []]],
  ['\\x41\\x{1f600}\\t', '', `A${SMILE}\t`, [0, `A${SMILE}\t`, []]],
  ['\\p{Greek}\\pL', '', 'λx', [0, 'λx', []]],
  [`^.${SMILE}{2}(b)?(c)$`, '', `é${SMILE}${SMILE}c`, [0, `é${SMILE}${SMILE}c`, [null, 'c']]],
  ['(?<year>\\d+)-(\\d+)', '', `${SMILE} 2026-11`, [2, '2026-11', ['2026', '11']]],
  ['a+?b??', '', 'aab', [0, 'a', []]],
  ['[a-z]+ (\\d{2,3}) of', '', 'word 1234 word 567 of', [10, 'word 567 of', ['567']]],
];

/** Never matches here, and could take an engine that backtracks for ever: the pattern beside it is left to the one that does not. */
const slowly = (pattern: string): string => `(?:${pattern})|(?:z+z+)+y`;

describe('regular expressions', () => {
  const server = withServer();

  for (const [pattern, options, text, found] of FOUND) {
    it(`/${pattern}/${options} on ${JSON.stringify(text)}`, async () => {
      const texts = server.fresh<{ _id: number; text: string }>();
      await texts.insertOne({ _id: 1, text });
      for (const regex of [pattern, slowly(pattern)]) {
        const matching = await texts.countDocuments({ text: { $regex: regex, $options: options } });
        const outside = await texts.countDocuments({ text: { $not: { $regex: regex, $options: options } } });
        const find = { $regexFind: { input: '$text', regex, options } };
        const [first] = await texts.aggregate([{ $project: { _id: 0, find } }]).toArray();
        expect([matching, outside]).to.deep.equal(found ? [1, 0] : [0, 1]);
        expect(first).to.deep.equal({ find: found && { match: found[1], idx: found[0], captures: found[2] } });
      }
    });
  }

  it('finds every place, also of nothing', async () => {
    const input = `a${SMILE}b`;
    const all = (regex: string): Document => ({ $map: { input: { $regexFindAll: { input, regex } }, in: ['$$this.idx', '$$this.match'] } });
    const [first] = await server.db
      .aggregate([{ $documents: [{}] }, { $project: { dots: all('.'), nothing: all('x*'), repeated: all('(?:b|(?:a+)+)') } }])
      .toArray();
    const places = (...list: [number, string][]): unknown => list;
    expect(first).to.deep.equal({
      dots: places([0, 'a'], [1, SMILE], [2, 'b']),
      nothing: places([0, ''], [1, ''], [2, ''], [3, '']),
      repeated: places([0, 'a'], [2, 'b']),
    });
  });

  for (const pattern of ['(a', 'a)', '*a', '[a', 'a\\', '[b-a]', 'a{2,1}', '\\p{Nonsense}', '(?<1a>b)'])
    it(`refuses /${pattern}/, which is none`, async () => {
      expect(await errorOf(server.fresh().findOne({ text: { $regex: pattern } }))).to.include({ code: 51091 });
    });
});

describeEmbedded('regular expressions of this server', () => {
  const server = withServer();

  for (const pattern of [
    '(?=a)b',
    '(?<!a)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    'a++',
    '(?>a)',
    '(?R)',
    '\\R',
    'a{2000}',
    '((a|b){60}){60}',
    `(${'ab|'.repeat(900)}c)+`,
  ])
    it(`refuses /${pattern.slice(0, 20)}/, which it could not match in time`, async () => {
      const items = server.fresh();
      const input = 'a';
      expect(await errorOf(items.findOne({ text: { $regex: pattern } }))).to.include({ code: 51091 });
      expect(
        await errorOf(
          server.db
            .aggregate([{ $documents: [{ input }] }, { $match: { $expr: { $regexMatch: { input: '$input', regex: pattern } } } }])
            .toArray(),
        ),
      ).to.include({ code: 51091 });
    });

  it('gives up where a pattern would take long on one text', async () => {
    const texts = server.fresh<{ text: string }>();
    await texts.insertMany([{ text: `${'ab'.repeat(200_000)}!` }]);
    expect(await texts.countDocuments({ text: /!/ })).to.equal(1);
    expect(await texts.countDocuments({ text: /^ab.*!/ })).to.equal(1);
    expect(await errorOf(texts.countDocuments({ text: /^(?:(?:a|b)+)+(?:c|d)*$/ }))).to.include({ code: 50 });
  });
});
