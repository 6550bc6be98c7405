import { expect } from 'chai';
import fc from 'fast-check';
import { toCsv, withoutMarks } from '../../src/files/csv.js';

const written = (cell: string): string => toCsv([[cell]]).slice(1, -2);
/** A cell without the quotes around it. */
const unquoted = (cell: string): string => (cell.startsWith('"') ? cell.slice(1).replace(/"$/, '').replaceAll('""', '"') : cell);
/** How a spreadsheet reads a line that separates by semicolons: quotes in the middle of a cell are ordinary characters. */
const cellsBySemicolon = (line: string): readonly string[] => line.split(/[;\t\r\n]/).map((cell) => unquoted(cell.trim()));

describe('CSV', () => {
  for (const formula of ['=1+1', '+39 059', '-2', '@SUM(A1)', '＝1'])
    it(`when a cell is ${formula}, then it is marked as text`, () => {
      expect(written(formula)).to.equal(`'${formula}`);
    });

  it('when a semicolon, a tab or a line break stands before a formula, then that is marked too', () => {
    expect(written('x;=cmd|calc')).to.equal("x;'=cmd|calc");
    expect(written('x; =cmd')).to.equal("x; '=cmd");
    expect(written('x\t@cmd')).to.equal("x\t'@cmd");
    expect(written('x\n-cmd')).to.equal('"x\n\'-cmd"');
  });

  it('when a cell is a number or nothing, then it stays so', () => {
    expect(
      toCsv([
        ['a', 'b'],
        [-2, undefined],
      ]),
    ).to.equal('\uFEFFa,b\r\n-2,\r\n');
  });

  it('when it is read by semicolons or by commas, then no cell begins a formula, whatever was written', () => {
    const risky = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ';', '\t', '\n', '"', "'", ',', ' ', 'a') });
    fc.assert(
      fc.property(risky, risky, (one, other) => {
        const line = toCsv([[one, other]]).slice(1, -2);
        const cells = [...cellsBySemicolon(line), ...[one, other].map((cell) => unquoted(written(cell)))];
        expect(cells.filter((cell) => /^[=+\-@]/.test(cell))).to.deep.equal([]);
      }),
    );
  });

  it('when marks are taken off, then every text is as it was', () => {
    const risky = fc.string({ unit: fc.constantFrom('=', '-', ';', '\n', "'", ' ', 'a', '＝') });
    fc.assert(
      fc.property(risky, (text) => {
        expect(withoutMarks(unquoted(written(text)))).to.equal(text);
      }),
    );
  });
});
