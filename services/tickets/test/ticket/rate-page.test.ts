import { randomUUID } from 'node:crypto';
import { RATING_LINK, ratingPath } from '@riparo/shared/contracts/links';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';
import { readPage } from '../read-page.js';

describe('the page /rate/:token', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let id: string;
  let path: string;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    ({ id } = await bench.open(rosa, { title: '<b>Screen</b> stays black' }));
    await setStatus('CLOSED');
    path = pathFor(id);
  });
  afterEach(() => bench.stop());

  const setStatus = (status: string) => bench.api.patch(`/tickets/${id}/status`, { status }, agent);
  const pathFor = (subjectId: string, days = 60): string =>
    ratingPath(
      bench.test.platform.links.sign(
        RATING_LINK,
        { tenantId: 'default', subjectId },
        new Date(bench.test.clock.now().getTime() + days * DAY_MS),
      ),
    );
  const show = (form?: Readonly<Record<string, string>>, of = path) => readPage(bench, of, form);
  const ratingOf = async () => (await bench.read(rosa, id)).rating;

  it('when it is opened, then it asks for a rating in the language of the browser, and changes nothing', async () => {
    const { status, text, forms, fields } = await show();
    expect([status, forms]).to.deep.equal([200, [path]]);
    expect(fields).to.deep.equal([...Array<string>(5).fill('score'), 'comment']);
    expect(text).to.include('TKT-2026-001: &lt;b&gt;Screen&lt;/b&gt;').and.include('How did we do?');
    expect((await readPage(bench, path, undefined, 'it')).text)
      .to.include('Com’è andata?')
      .and.include('lang="it"');
    expect(await ratingOf()).to.equal(undefined);
  });

  it('when it is rated, then the ticket has the rating, and the link says that it is used', async () => {
    const done = await show({ score: '4', comment: ' Fast. ' });
    expect([done.status, done.forms]).to.deep.equal([200, []]);
    expect(done.text).to.include('We have received your rating');
    expect(await ratingOf()).to.deep.include({ score: 4, comment: 'Fast.' });
    const again = await show();
    expect([again.status, again.forms, again.text.includes('already rated')]).to.deep.equal([200, [], true]);
    expect((await show({ score: '1' })).status).to.equal(409);
    expect(await ratingOf()).to.include({ score: 4 });
  });

  it('when there are no stars, or there is an endless comment, then it asks again and keeps what was typed', async () => {
    for (const [form, fault] of [
      [{ comment: 'Fine' }, 'choose one of the five'],
      [{ score: '6', comment: 'Fine' }, 'choose one of the five'],
      [{ score: '5', comment: `Fine${'x'.repeat(2_000)}` }, '2,000 characters'],
    ] as const) {
      const { status, text } = await show(form);
      expect([status, text.includes(fault), text.includes('>Fine')]).to.deep.equal([422, true, true]);
    }
    expect((await show({ score: '5', comment: 'x'.repeat(2_001) })).text).to.match(/value="5" required checked/);
    expect(await ratingOf()).to.equal(undefined);
  });

  it('when the ticket was opened again, then it says so and takes no rating; closed again, it does', async () => {
    await setStatus('IN_PROGRESS');
    const { status, text, forms } = await show();
    expect([status, forms, text.includes('working on this ticket again')]).to.deep.equal([200, [], true]);
    expect((await show({ score: '5' })).status).to.equal(409);
    await setStatus('CLOSED');
    expect((await show({ score: '5' })).status).to.equal(200);
  });

  it('when it was closed too long ago, then it says so', async () => {
    bench.test.clock.advance(31 * DAY_MS);
    const { status, text, forms } = await show();
    expect([status, forms, text.includes('too long ago')]).to.deep.equal([200, [], true]);
  });

  it('when the link is wrong, too old or for another ticket, then 422 in words, for its form too', async () => {
    for (const bad of [ratingPath('nonsense'), `${path}x`, pathFor(id, -1), pathFor(randomUUID())]) {
      for (const form of [undefined, { score: '5' }]) {
        const { status, text, forms } = await show(form, bad);
        expect([status, forms, text.includes('This link has expired')]).to.deep.equal([422, [], true]);
      }
    }
    expect(await ratingOf()).to.equal(undefined);
  });
});
