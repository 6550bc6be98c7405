import { expect } from 'chai';
import fc from 'fast-check';
import { createPrinter } from '../../src/pdf/create-printer.js';
import { eventually } from '../../src/testing/eventually.js';
import { boxesIn, pdfText } from '../../src/testing/pdf-text.js';
import type { Printed } from './printing-module.js';

const MODULE = new URL('./printing-module.js', import.meta.url);

describe('createPrinter', () => {
  const printer = createPrinter();
  const print = (content: Printed) => printer(MODULE, content);
  const linesOf = async (content: Printed) =>
    pdfText(await print(content))
      .join('\n')
      .split('\n');

  it('when a module fails, then its caller is told, and the next print goes on', async () => {
    const [failed, printed] = await Promise.allSettled([print({ text: 'fail' }), print({ text: 'fine' })]);
    expect(failed.status === 'rejected' && (failed.reason as Error).message).to.equal('the module failed');
    expect(printed.status === 'fulfilled' && pdfText(printed.value).join()).to.equal('fine');
  });

  it('when a print never ends, then it and those behind it are 503, and the next one is printed', async () => {
    const hasty = createPrinter({ limitMs: 2_000 });
    const both = await Promise.allSettled([hasty(MODULE, { text: 'hang' }), hasty(MODULE, { text: 'behind it' })]);
    for (const one of both) expect(one).to.have.nested.property('reason.kind', 'unavailable');
    const printed = await eventually(() => hasty(MODULE, { text: 'fine' }));
    expect(pdfText(printed).join()).to.equal('fine');
  });

  it('when very many wait, then the next one is 503 at once', async () => {
    const busy = createPrinter();
    const asked = Array.from({ length: 51 }, () => busy(MODULE, { text: 'one of many' }));
    const answers = await Promise.allSettled(asked);
    expect(answers.map(({ status }) => status).filter((status) => status === 'rejected')).to.have.length(1);
    expect(answers.at(-1)).to.have.nested.property('reason.kind', 'unavailable');
  });

  it('when a text is wider than its box, then it is broken between words, and a long word anywhere', async () => {
    const words = await linesOf({ text: 'one two three four five', width: 60 });
    expect(words.length).to.be.greaterThan(1);
    expect(words.join(' ')).to.equal('one two three four five');
    expect((await linesOf({ text: 'x'.repeat(50), width: 60 })).join('')).to.equal('x'.repeat(50));
    expect(await linesOf({ text: 'abc', width: 1 })).to.deep.equal(['a', 'b', 'c']);
  });

  it('when words have no blanks between them, then a line still ends between two of them', async () => {
    expect(await linesOf({ text: 'ภาษาไทยภาษาไทย', width: 45 })).to.deep.equal(['ภาษาไทย', 'ภาษาไทย']);
  });

  it('when there is room for fewer lines, then the last one ends in dots', async () => {
    const lines = await linesOf({ text: 'one two three four five six', width: 60, maxLines: 2 });
    expect(lines).to.have.length(2);
    expect(lines[1]).to.match(/…$/);
  });

  it('when a text holds anything, then no character becomes an empty box', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 30 }), async (text) => {
        expect(boxesIn(await print({ text }))).to.equal(0);
      }),
      { numRuns: 60 },
    );
  });
});
