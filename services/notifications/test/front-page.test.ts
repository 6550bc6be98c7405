import { get } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { expect } from 'chai';
import { knowCompany, startBench, type Bench, type BenchOptions } from './bench.js';

describe('GET /', () => {
  let bench: Bench | undefined;
  afterEach(() => bench?.stop());

  const open = async (options: BenchOptions = {}, headers: Readonly<Record<string, string>> = {}) => {
    bench = await startBench(options);
    await knowCompany(bench, 'it');
    const response = await fetch(`${bench.url}/`, { headers: { accept: 'text/html', ...headers } });
    return { status: response.status, text: await response.text() };
  };

  it('when it is opened, then the company greets in the language of the browser, and leads on', async () => {
    const { status, text } = await open({}, { 'accept-language': 'en' });
    expect(status).to.equal(200);
    expect(text).to.include('<bdi>Officina Riparo</bdi>').and.include('href="/repair-status"').and.include('href="/docs"');
    expect(text).to.include('Check the status of a repair').and.include('href="/?lang=it"').and.not.include('/dev/mail');
  });

  it('when the browser names no language, then in that of the centre', async () => {
    expect((await open()).text).to.include('Controlla lo stato di una riparazione');
  });

  it('when mails are kept as files, then whoever sits at the machine finds them, and nobody else', async () => {
    const kept = { withoutSmtp: true, parts: { devMail: true } };
    expect((await open(kept)).text).to.include('href="/dev/mail"');
    const { url = '' } = bench ?? {};
    const elsewhere = await new Promise<string>((resolve, reject) => {
      get(url, { headers: { host: 'shop.example.test' } }, (answer) => void textOf(answer).then(resolve, reject)).on('error', reject);
    });
    expect(elsewhere).to.include('href="/docs"').and.not.include('/dev/mail');
  });
});
