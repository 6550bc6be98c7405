import { expect } from 'chai';
import { createRenderer } from '../src/template/render.js';
import { builtInText } from '../src/template/texts.js';
import { definitionOf } from '../src/template/template.js';

const ISOLATED = '\u2068محمد\u2069';

describe('names written from the right, in mails', () => {
  const render = (data: object) =>
    createRenderer().render(
      builtInText('ticket-replied-customer', 'it'),
      { ...definitionOf('ticket-replied-customer').sample, ...data },
      'it',
    );

  it('when a name stands in a sentence, then it changes the order of nothing beside it', () => {
    const { subject, text, html } = render({ name: 'محمد', title: 'محمد (12)', company: 'محمد' });
    expect(subject).to.contain('\u2068محمد (12)\u2069');
    expect(text).to.contain(`Ciao ${ISOLATED},`).and.contain(`inviato da ${ISOLATED}.`);
    expect(html).to.contain('Ciao <bdi>محمد</bdi>,').and.contain('inviato da <bdi>محمد</bdi>.');
  });

  it('when somebody writes a paragraph of their own, then its letters say in which direction it is read', () => {
    const { html } = render({ reply: 'שלום\nעולם' });
    expect(html).to.match(/<p dir="auto"[^>]*>שלום<br>עולם<\/p>/);
  });

  it('when a text turns the direction by marks, then the marks are taken out', () => {
    const { subject, text } = render({ title: 'evil\u202Egnp', reply: 'שלום\u2069\u202E!' });
    expect(subject + text).not.to.match(/\u202E/);
    expect(text).to.contain('\u2068שלום!\u2069');
  });

  it('when no letter is written from the right, then no mark is in the mail', () => {
    const { subject, text, html } = render({ name: 'Żółw', title: '王', reply: 'Però' });
    expect(subject + text + html).not.to.match(/[\u2066-\u2069]|<bdi>|dir=/);
  });

  it('when a mail is written by hand, then each of its paragraphs is read in its own direction', () => {
    const { text, html } = createRenderer().renderPlain('שלום', 'שלום עולם\n\nCiao', 'Riparo', 'it');
    expect(html)
      .to.match(/<p dir="auto"[^>]*>שלום עולם<\/p>/)
      .and.match(/<p style[^>]*>Ciao<\/p>/);
    expect(text).to.contain('\u2068שלום עולם\u2069\n\nCiao');
  });
});
