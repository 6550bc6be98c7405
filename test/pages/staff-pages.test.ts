import { mkdir } from 'node:fs/promises';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { joinAsEngineer } from '../journey/journey.js';
import { ADMIN, inOneSharedProcess, type Scene } from '../systems/modes.js';
import { faultsOf, overflowOf, requireChromium, unreachedByKeyboard } from './browser.js';
import { brandCentre, LONG_NAME } from './scene.js';

const LOOKS = [
  { width: 360, colorScheme: 'light', locale: 'it-IT' },
  { width: 360, colorScheme: 'dark', locale: 'en-GB' },
  { width: 1280, colorScheme: 'light', locale: 'en-GB' },
  { width: 1280, colorScheme: 'dark', locale: 'it-IT' },
] as const;
/** Where pictures of the pages go, for people to look at; missing: none are taken. */
const PICTURES = process.env.RIPARO_PICTURES;
const MOST_BYTES = 50_000;
const LONG_WORD = 'Elektrogerätereparaturwerkstattbetriebsgesellschaft';

/** Repairs of two technicians, one with a name that fits no phone, and tickets. */
const work = async ({ cast: { admin, ...cast } }: Scene): Promise<void> => {
  for (const [name, count] of [
    [`${LONG_NAME} ${LONG_WORD}`, 4],
    ['Bea Bench', 2],
  ] as const) {
    const engineer = await joinAsEngineer({ admin, ...cast }, `figures-${count}@example.com`, name);
    for (let n = 0; n < count; n++) {
      const contactEmail = `carla-${count}-${n}@example.com`;
      const customer = { type: 'INDIVIDUAL', name: 'Carla', surname: `Figures ${count}${n}`, contactPhone: '+39 059 123456', contactEmail };
      const device = { category: 'PHONE', brand: LONG_WORD, model: `M${n}`, serialNumber: `FIG-${count}-${n}` };
      const { id } = await admin.post<{ id: string }>('/repairs', { device, problemDescription: `${LONG_WORD} ${LONG_NAME}`, customer });
      await eventually(() => engineer.post(`/repairs/${id}/take`, {}).then(() => true));
      const line = { kind: 'LABOUR', description: 'Work', unitPrice: 6_000, vatRate: 22, minutes: 60 };
      if (n % 2 === 0) await engineer.post(`/repairs/${id}/complete`, { description: 'New display', lines: [line] });
    }
  }
};

const withBrowser = (launch: () => Promise<Browser>) => (shared: () => Scene) => {
  let browser: Browser;
  before(async () => {
    await brandCentre(shared().cast.admin);
    browser = await launch();
  });
  after(() => browser.close());

  const inContext = async (options: Parameters<Browser['newContext']>[0], look: (page: Page, context: BrowserContext) => Promise<void>) => {
    const context = await browser.newContext({ ...options, baseURL: shared().cast.url });
    try {
      await look(await context.newPage(), context);
    } finally {
      await context.close();
    }
  };

  /** By the form, in whatever language. */
  const signIn = async (page: Page): Promise<void> => {
    await page.locator('#email').fill(ADMIN.adminEmail);
    await page.locator('#password').fill(ADMIN.adminPassword);
    await page.locator('main button').click();
    await page.waitForURL(({ pathname }) => pathname === '/reports');
  };

  const lookAt = async (page: Page, name: string, look: (typeof LOOKS)[number]): Promise<void> => {
    expect(Buffer.byteLength(await page.content()), name).to.be.below(MOST_BYTES);
    expect(await page.getAttribute('html', 'lang'), name).to.equal(look.locale.slice(0, 2));
    if (PICTURES !== undefined) {
      await mkdir(PICTURES, { recursive: true });
      await page.screenshot({ path: `${PICTURES}/${name}-${look.width}-${look.colorScheme}.png`, fullPage: true });
    }
    expect(await faultsOf(page), name).to.deep.equal([]);
    expect(await overflowOf(page), name).to.equal(0);
    expect(await unreachedByKeyboard(page), name).to.deep.equal([]);
  };

  const lookAtAll = (look: (typeof LOOKS)[number], how: string) =>
    inContext({ viewport: { width: look.width, height: 800 }, ...look }, async (page) => {
      await page.goto('/reports');
      await lookAt(page, `sign-in-${how}`, look);
      await signIn(page);
      expect(new URL(page.url()).pathname).to.equal('/reports');
      await lookAt(page, `reports-${how}`, look);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await faultsOf(page)).to.deep.equal([]);
      expect(await overflowOf(page)).to.equal(0);
      await page.goto('/board');
      await lookAt(page, `board-${how}`, look);
    });

  for (const look of LOOKS)
    it(`when there is nothing yet at ${look.width} px, ${look.colorScheme}, then everybody can use the pages`, () =>
      lookAtAll(look, 'empty'));

  describe('with work done', () => {
    before(() => work(shared()));

    for (const look of LOOKS)
      it(`when names are long at ${look.width} px, ${look.colorScheme}, then everybody can use the pages`, () => lookAtAll(look, 'full'));

    it('when a browser runs no script, then figures lead on to what is behind them, and people sign out', () =>
      inContext({ javaScriptEnabled: false, locale: 'en-GB', viewport: { width: 360, height: 800 } }, async (page) => {
        await page.goto('/reports');
        await signIn(page);
        const completed = page.locator('.tiles li', { hasText: 'Repairs completed' }).locator('a');
        await eventually(async () => {
          await page.reload();
          return (await completed.textContent()) === '3';
        });
        await completed.click();
        expect(page.url()).to.include('#repairs');
        await page.locator('#repairs summary').click();
        await page.locator('#repairs details a').last().click();
        expect(new URL(page.url()).searchParams.get('until')).to.equal(new URL(page.url()).searchParams.get('from'));
        const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#repairs a', { hasText: 'CSV' }).click()]);
        expect(download.suggestedFilename()).to.equal('repairs.csv');
        await page.getByRole('button', { name: 'Sign out' }).click();
        expect(await page.locator('.said').textContent()).to.equal('You are signed out.');
        await page.goto('/board');
        expect(new URL(page.url()).pathname).to.equal('/sign-in');
      }));
  });
};

const launch = requireChromium();
if (launch !== undefined) inOneSharedProcess('pages of staff in a browser', withBrowser(launch));
