import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where Debian, Ubuntu and people put it; `CHROMIUM` names another place. */
const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executablePath = PLACES.find((place) => place !== undefined && existsSync(place));

/** How to start a browser; `undefined`, with a word, where the machine has none. */
export const requireChromium = (): (() => Promise<Browser>) | undefined => {
  if (executablePath !== undefined) return () => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  console.log(
    '  Pages are not looked at in a browser: there is no Chromium. Get it with `apt-get install chromium`, or name it in CHROMIUM.',
  );
  return undefined;
};

/** What axe finds against WCAG 2.2 AA and good practice, in words. The page's own policy does not hold what a debugger runs. */
export const faultsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run(document, { rules: { 'target-size': { enabled: true } } })");
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
};

/** How much wider the page is than the window: somebody would have to scroll sideways. */
export const overflowOf = (page: Page): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

const FOCUSABLE = 'a[href], button, textarea, select, input:not([type=hidden]), summary, [tabindex="0"]';
/** A field for a date has places for day, month and year, and a calendar. */
const STOPS_OF_A_DATE = 4;

/** What can be used with a mouse and is not reached with the Tab key. */
export const unreachedByKeyboard = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(
    `for (const each of document.querySelectorAll(${JSON.stringify(FOCUSABLE)})) if (each.checkVisibility()) each.dataset.unreached = ''`,
  );
  const count = await page.locator('[data-unreached]').count();
  const stops = count + STOPS_OF_A_DATE * (await page.locator('input[type=date]').count());
  for (let times = 0; times < stops; times++) {
    await page.keyboard.press('Tab');
    // One of several choices is reached with the Tab key, the others from there with the arrow keys.
    await page.evaluate(
      `for (const each of document.activeElement.type === 'radio' ? document.getElementsByName(document.activeElement.name) : [document.activeElement]) delete each.dataset.unreached`,
    );
  }
  return page.evaluate<string[]>("[...document.querySelectorAll('[data-unreached]')].map((each) => each.outerHTML)");
};
