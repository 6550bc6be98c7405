import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { startBench, type Bench, type Person, type QuoteView } from './bench.js';

describe('the page of a quote', () => {
  let bench: Bench;
  let agent: Person;
  let repair: PublishedRepair;
  let quote: QuoteView;
  let path: string;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    repair = await bench.repair({ device: { category: 'LAPTOP', brand: '<b>Dell</b>', model: 'X', serialNumber: 'S1' } });
    quote = await bench.sent(agent.token, { repairId: repair.id });
    path = `/quote/${bench.linkTo(quote)}`;
  });
  afterEach(() => bench.stop());

  const open = (at = path) => bench.api.get(at, { root: true });
  const submit = (verb: string, fields: Record<string, string>, at = path) =>
    bench.api.request('POST', `${at}/${verb}`, new URLSearchParams(fields).toString(), {
      root: true,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it('when the page is opened, then it shows the offer in the language of the PDF and loads nothing', async () => {
    const { status, text, headers } = await open();
    expect(status).to.equal(200);
    expect(headers.get('content-security-policy')).to.equal(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('referrer-policy')).to.equal('no-referrer');
    expect(text).to.include('lang="it"').and.include('Preventivo QUO-2026-000001').and.include('61,00');
    expect(text).to.include('&lt;b&gt;Dell').and.not.include('<b>Dell').and.not.include('<script');
  });

  it('when the centre writes English, then so does the page', async () => {
    await bench.settings({ locale: 'en-GB' });
    const other = await bench.sent(agent.token, { repairId: (await bench.repair()).id });
    expect((await open(`/quote/${bench.linkTo(other)}`)).text)
      .to.include('lang="en"')
      .and.include('Accept for €61.00');
  });

  it('when the form is sent, then the quote is accepted and the page says so', async () => {
    const { status, text } = await submit('accept', { version: '1', name: ' Rosa Bianchi ' });
    expect(status).to.equal(200);
    expect(text).to.include('Ha accettato questo preventivo').and.not.include('<form');
    const { decision } = (await bench.api.get<QuoteView>(`/quotes/${quote.id}`, { token: agent.token })).body.data;
    expect(decision).to.deep.include({ by: 'LINK', name: 'Rosa Bianchi' });
    expect((await submit('accept', { version: '1', name: 'Rosa Bianchi' })).status).to.equal(200);
    const other = await submit('decline', { version: '1', name: 'Rosa Bianchi' });
    expect([other.status, other.text.includes('è già stata data una risposta')]).to.deep.equal([409, true]);
  });

  it('when it is declined with a comment, then the centre reads it', async () => {
    expect((await submit('decline', { version: '1', name: 'Rosa', comment: 'Too dear.\r\nSorry.' })).text).to.include('Ha rifiutato');
    expect((await bench.events()).at(-1)?.quote).to.deep.include({ status: 'DECLINED', comment: 'Too dear.\nSorry.' });
  });

  it('when the name is missing, then the page asks for it and keeps the comment', async () => {
    const { status, text } = await submit('decline', { version: '1', name: '', comment: 'Too "dear"' });
    expect([status, text.includes('Too &quot;dear&quot;'), text.includes('Inserisca nome e cognome')]).to.deep.equal([422, true, true]);
  });

  it('when there is a newer version, then the page of the older one says so', async () => {
    await bench.api.put(`/quotes/${quote.id}`, {}, { token: agent.token });
    await bench.act(quote.id, 'send', agent.token);
    const { status, text } = await open();
    expect([status, text.includes('versione più recente'), text.includes('<form')]).to.deep.equal([200, true, false]);
    expect((await submit('accept', { version: '1', name: 'Rosa' })).status).to.equal(409);
  });

  it('when an accepted version has a newer one, then its page says both', async () => {
    await submit('accept', { version: '1', name: 'Rosa' });
    await bench.api.put(`/quotes/${quote.id}`, {}, { token: agent.token });
    await bench.act(quote.id, 'send', agent.token);
    const { text } = await open();
    expect(text).to.include('Ha accettato questa versione').and.include('nuova offerta').and.not.include('<form');
  });

  it('when the link is not valid, then the page says so in words, also to a form', async () => {
    for (const at of ['/quote/nonsense', `/quote/${'x'.repeat(3_000)}`, `${path}x`]) {
      for (const answer of [await open(at), await submit('accept', { version: '1', name: 'Rosa' }, at)]) {
        expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([422, 'text/html; charset=utf-8']);
        expect(answer.text).to.include('Questo link non è valido');
      }
    }
  });

  it('when the address was lengthened on its way, then the page is the same', async () => {
    expect((await open(`${path}?fbclid=1&fbclid=2&x=%ff`)).status).to.equal(200);
  });

  it('when something else than a form is posted, then it is refused', async () => {
    const { status } = await bench.api.post(`${path}/accept`, { version: 1, name: 'Rosa' }, { root: true });
    expect(status).to.equal(415);
  });

  it('when the repair is over and tickets agrees, then the page says that the work has ended', async () => {
    const sent = (await open()).text;
    await bench.repair({ ...repair, status: 'CLOSED' }, 2);
    const ended = (await open()).text;
    expect([sent, ended].map((page) => [page.includes('<form'), page.includes('già concluso')])).to.deep.equal([
      [true, false],
      [false, true],
    ]);
    bench.known.set(repair.id, { ...repair, status: 'CLOSED', version: 2 });
    const { status, text } = await submit('accept', { version: '1', name: 'Rosa' });
    expect([status, text.includes('già concluso')]).to.deep.equal([409, true]);
  });
});
