import { expect } from 'chai';
import { personalIn, withoutPersonal } from '../../src/knowledge/personal/personal.js';
import { HARMLESS_SENTENCES, KNOWN_NAMES, PERSONAL_SENTENCES } from './personal-sentences.js';

const CONTEXT = { names: KNOWN_NAMES, keep: [] };

describe('knowledge: what is taken out of texts', () => {
  it('when sentences tell of somebody, then nothing of that stays', () => {
    expect(PERSONAL_SENTENCES.length).to.be.at.least(150);
    const left = PERSONAL_SENTENCES.flatMap(([sentence, secrets]) => {
      const { text } = withoutPersonal(sentence, CONTEXT);
      const found = secrets.split('|').filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
      return found.length === 0 ? [] : [`${found.join(', ')} in: ${text}`];
    });
    expect(left).to.deep.equal([]);
  });

  it('when sentences are of the trade alone, then they stay as they are', () => {
    expect(HARMLESS_SENTENCES.length).to.be.at.least(100);
    const changed = HARMLESS_SENTENCES.map((sentence) => [sentence, withoutPersonal(sentence, CONTEXT).text] as const);
    expect(changed.filter(([before, after]) => before !== after)).to.deep.equal([]);
  });

  it('when a text was gone through, then a second time finds nothing more', () => {
    for (const [sentence] of PERSONAL_SENTENCES) {
      const { text } = withoutPersonal(sentence, CONTEXT);
      expect(withoutPersonal(text, CONTEXT)).to.deep.equal({ text, removed: [] });
    }
  });

  it('when something is taken out, then it is named with its kind, and a mark stands in its place', () => {
    expect(withoutPersonal('Fan renewed, call Sig. Ranzani at 347 1234567.', CONTEXT)).to.deep.equal({
      text: 'Fan renewed, call Sig. [name] at [phone].',
      removed: [
        { kind: 'name', text: 'Ranzani' },
        { kind: 'phone', text: '347 1234567' },
      ],
    });
  });

  it('when a serial number of the device is known, then it is found wherever it stands', () => {
    for (const serial of ['QXZ.77/1', 'SN-DESK-A', '(A)^$*+?{1}|[b]\\', 'Ünï–7'])
      expect(personalIn(`Label reads ${serial}, cleaned.`, { ...CONTEXT, secrets: [serial] })).to.deep.equal([
        { kind: 'serial', text: serial },
      ]);
  });

  it('when somebody is called as the device is, then the name of the device stays', () => {
    const text = 'The Nowak hinge is broken.';
    expect(withoutPersonal(text, { ...CONTEXT, keep: ['Nowak'] }).text).to.equal(text);
  });

  it('when an editor found a stretch harmless, then it stays; a number with a check digit never does', () => {
    const accepted = ['Via Lattea', 'anna@example.com'];
    const text = 'Theme Via Lattea set, mail anna@example.com.';
    expect(withoutPersonal(text, { ...CONTEXT, accepted }).text).to.equal('Theme Via Lattea set, mail [mail].');
  });

  it('when a text is as long as texts may be, then it is gone through in the blink of an eye', () => {
    const text = PERSONAL_SENTENCES.map(([sentence]) => sentence)
      .join(' ')
      .slice(0, 10_000);
    expect(withoutPersonal(text, CONTEXT).removed.length).to.be.above(100);
    for (const hostile of ['1 '.repeat(5_000), 'Via '.repeat(2_500), 'a.'.repeat(5_000), 'Aa '.repeat(3_300), 'password '.repeat(1_100)])
      withoutPersonal(hostile, CONTEXT);
  });
});
