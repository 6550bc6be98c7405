import { expect } from 'chai';
import { DomainError, type ErrorKind } from '../../src/errors/domain-error.js';
import { get } from '../../src/http/route.js';
import { captureLog } from '../log-capture.js';
import { startDemo, type Demo } from './demo-app.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8';

describe('errors for people', () => {
  let demo: Demo;
  beforeEach(async () => {
    const fails =
      (kind: ErrorKind, code = 'ODD', details = {}) =>
      () =>
        Promise.reject(new DomainError(kind, code, 'Detail <b>of</b> it.', details));
    const routes = [
      get('/forbidden', 'public', 'Fails', {}, fails('forbidden')),
      get('/throttled', 'public', 'Fails', {}, fails('throttled', 'ODD', { retryAfter: 7 })),
      get('/away', 'public', 'Fails', {}, fails('unavailable', 'ODD', { retryAfter: 7 })),
      get('/link', 'public', 'Fails', {}, fails('invalid', 'LINK_NOT_VALID')),
      get('/breaks', 'public', 'Fails', {}, () => Promise.reject(new Error('secret of ours'))),
    ];
    demo = await startDemo({ routes, log: captureLog().log });
  });
  afterEach(() => demo.stop());

  const open = (path: string, headers: Record<string, string> = {}) => demo.api.get(path, { headers: { accept: BROWSER, ...headers } });

  for (const [path, status, said] of [
    ['/nothing', 404, 'Page not found'],
    ['/forbidden', 403, 'You cannot open this page'],
    ['/throttled', 429, 'Too many requests'],
    ['/away', 503, 'Back in a moment'],
    ['/link', 422, 'This link no longer works'],
    ['/breaks', 500, 'Something went wrong'],
  ] as const)
    it(`when a browser opens what is answered ${status}, then it shows a page with the request id`, async () => {
      const { status: got, text, headers } = await open(path);
      expect([got, headers.get('content-type')]).to.deep.equal([status, 'text/html; charset=utf-8']);
      expect(text)
        .to.include(said)
        .and.include(String(headers.get('x-request-id')))
        .and.include('href="/repair-status"');
      expect(text).to.not.match(/secret|Detail|ODD|<script/);
      expect(headers.get('content-security-policy')).to.include("default-src 'none'");
      expect(headers.get('vary')).to.match(/Accept\b.*Accept-Language/);
      expect(headers.get('retry-after')).to.equal(status === 429 || status === 503 ? '7' : null);
    });

  it('when the browser reads Italian, then so does the page', async () => {
    expect((await open('/nothing', { 'accept-language': 'it-IT,it;q=0.9' })).text)
      .to.include('Pagina non trovata')
      .and.include('lang="it"');
    expect((await open('/nothing?lang=it')).text).to.include('Pagina non trovata');
  });

  for (const accept of ['*/*', 'application/json', 'application/problem+json, text/html;q=0.9', 'text/html;q=0.5, */*'])
    it(`when ${accept} is asked for, then the answer is a problem document`, async () => {
      const { status, headers, body } = await open('/nothing', { accept });
      expect([status, body.code]).to.deep.equal([404, 'ROUTE_NOT_FOUND']);
      expect(headers.get('content-type')).to.match(/^application\/problem\+json/);
    });
});
