import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inOneSharedProcess, type Scene } from '../systems/modes.js';
import { faultsOf, overflowOf, requireChromium, unreachedByKeyboard } from './browser.js';
import { addressesOf, brandCentre } from './scene.js';

const LOOKS = [
  { width: 320, colorScheme: 'light', locale: 'en-GB' },
  { width: 360, colorScheme: 'dark', locale: 'it-IT' },
  { width: 360, colorScheme: 'light', locale: 'it-IT' },
  { width: 1280, colorScheme: 'dark', locale: 'en-GB' },
  { width: 1280, colorScheme: 'light', locale: 'en-GB' },
] as const;

/** Where pictures of the pages go, for people to look at; missing: none are taken. */
const PICTURES = process.env.RIPARO_PICTURES;
const MOST_BYTES = 50_000;
/** Pixels: a switch of languages that is higher is broken into pieces. */
const ONE_LINE = 50;

const withBrowser = (launch: () => Promise<Browser>) => (shared: () => Scene) => {
  let browser: Browser | undefined;
  let addresses: Readonly<Record<string, string>>;
  before(async () => {
    await brandCentre(shared().cast.admin);
    addresses = await addressesOf(shared(), 'en');
    browser = await launch();
  });
  after(() => browser?.close());

  const inContext = async (options: Parameters<Browser['newContext']>[0], look: (page: Page, context: BrowserContext) => Promise<void>) => {
    const context = await (browser as Browser).newContext({ ...options, baseURL: shared().cast.url });
    try {
      await look(await context.newPage(), context);
    } finally {
      await context.close();
    }
  };

  for (const { width, colorScheme, locale } of LOOKS)
    it(`when pages are opened at ${width} px, ${colorScheme}, ${locale}, then everybody can use them`, () =>
      inContext({ viewport: { width, height: 800 }, colorScheme, locale }, async (page) => {
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        for (const [name, address] of Object.entries(addresses)) {
          const response = await page.goto(address);
          expect(response?.headers()['content-type'], name).to.include('text/html');
          expect(Buffer.byteLength(await page.content()), name).to.be.below(MOST_BYTES);
          expect(await page.getAttribute('html', 'lang'), name).to.equal(locale.slice(0, 2));
          if (PICTURES !== undefined) {
            await mkdir(PICTURES, { recursive: true });
            await page.screenshot({ path: `${PICTURES}/${name}-${width}-${colorScheme}.png`, fullPage: true });
          }
          expect(await faultsOf(page), name).to.deep.equal([]);
          expect(await overflowOf(page), name).to.equal(0);
          for (const link of await page.locator('nav a').all()) expect((await link.boundingBox())?.height, name).to.be.below(ONE_LINE);
          expect(await unreachedByKeyboard(page), name).to.deep.equal([]);
        }
        expect(said.filter((text) => text.includes('Content Security Policy'))).to.deep.equal([]);
      }));

  it('when a browser runs no script, then a password is chosen all the same, after a fault is told', () =>
    inContext({ javaScriptEnabled: false, locale: 'en-GB', viewport: { width: 360, height: 800 } }, async (page) => {
      await page.goto(addresses.reset ?? '');
      await page.getByLabel('New password').fill('0123456789');
      await page.getByRole('button').click();
      expect(await page.locator('.wrong').textContent()).to.include('one of the first passwords');
      await page.getByRole('link', { name: 'Italiano' }).click();
      await page.getByLabel('Nuova password').fill('tre parole in fila');
      await page.getByRole('button').click();
      expect(await page.locator('.said').textContent()).to.include('La nuova password è stata salvata');
    }));
};

const launch = requireChromium();
if (launch !== undefined) inOneSharedProcess('pages in a browser', withBrowser(launch));
