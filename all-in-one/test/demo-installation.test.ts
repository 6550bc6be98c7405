import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROLES } from '@riparo/shared/contracts/roles';
import { roleMay } from '@riparo/shared/contracts/permissions';
import { loadConfig } from '@riparo/shared/config/load-config';
import { pathOf } from '@riparo/shared/http/path';
import type { Route } from '@riparo/shared/http/route';
import { createHttpClient, type HttpClient } from '@riparo/shared/testing/http-client';
import { expect } from 'chai';
import { pino } from 'pino';
import { allInOneKeys } from '../src/config.js';
import { prepareDemo } from '../src/demo/prepare-demo.js';
import { startAllInOne, type AllInOne } from '../src/start.js';
import { createLookUp, type Asked } from './demo-look-up.js';

/** Lists and reports in which the demo has nothing, and why. */
const EMPTY: Readonly<Record<string, string>> = {
  '/api/v1/inbound-mail': 'no mail comes in: there is no mailbox',
  '/api/v1/failed-addresses': 'every mail of the demo arrives',
  '/api/v1/webhooks': 'there is no other system to tell',
  '/api/v1/parked-events': 'nothing has failed',
  '/api/v1/me/payment-methods': 'it is for customers',
  '/api/v1/assets/rebuild': 'nobody had to rebuild anything',
  '/api/v1/reports/rebuild': 'nobody had to rebuild anything',
};
/** Its ids stand in what it belongs to. */
const INSIDE = ['/api/v1/attachments/:id', '/api/v1/assets/:id/photos/:photoId'];
/** It tells what helps with one ticket, and the newest is like none. */
const OF_ONE = ['/api/v1/knowledge/suggestions'];
/** They go on for as long as somebody listens. */
const STREAMS = ['/api/v1/events/stream'];

/** Whether there is something in an answer: an item, a figure above zero, a line below the head of a CSV. */
const hasContent = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.values(value).some(hasContent);
  return typeof value === 'number' ? value > 0 : value === true;
};
const isFilled = ({ text, contentType }: Asked): boolean => {
  if (contentType.includes('csv')) return text.trim().split('\n').length > 1;
  if (!contentType.includes('json')) return text.length > 0;
  return hasContent((JSON.parse(text) as { readonly data?: unknown }).data);
};

describe('an installation of the demo', function () {
  this.timeout(600_000);
  const said: string[] = [];
  let dataDir: string;
  let running: AllInOne;
  let api: HttpClient;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'riparo-demo-'));
    const config = loadConfig(allInOneKeys, { PORT: '0', DATA_DIR: dataDir, RATE_LIMIT_PER_MINUTE: '0', BCRYPT_COST: '4' });
    const log = pino({ level: 'silent' });
    await prepareDemo({ config, log, say: (line) => void said.push(line) });
    const onDatabaseFailure = (error: Error): never => {
      throw error;
    };
    running = await startAllInOne({ config, log, onInitialAdmin: () => undefined, onDatabaseFailure });
    api = createHttpClient(`http://127.0.0.1:${running.port}`);
  });
  after(async () => {
    await running.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  const signIns = () => {
    const rows = said.map((line) => /^(\w+) {2,}.*?(\S+@\S+) +(\S+)$/.exec(line)).filter((row) => row !== null);
    return rows.map(([, role = '', email = '', password = '']) => ({ role, email, password }));
  };
  const tokenOf = async ({ email, password }: { readonly email: string; readonly password: string }): Promise<string> => {
    const { status, body } = await api.post<{ token: string }>('/auth/login', { email, password });
    expect(status, email).to.equal(200);
    return body.data.token;
  };

  it('when it is ready, then somebody of each role is named and can sign in', async () => {
    expect(signIns().map(({ role }) => role)).to.have.members([...ROLES]);
    for (const person of signIns()) await tokenOf(person);
  });

  describe('as its administrator sees it', () => {
    let token: string;
    let asked: readonly Asked[];
    const mayAsk = ({ access }: Route): boolean => {
      if (access === 'internal') return false;
      if (access === 'public' || access === 'signed-in') return true;
      return [access].flat().some((permission) => roleMay('ADMIN', permission));
    };
    before(async () => {
      const admin = signIns().find(({ role }) => role === 'ADMIN');
      token = await tokenOf(admin ?? { email: '', password: '' });
      const routes = running.services.flatMap((service) => service.routes);
      const wanted = routes.filter((route) => route.method === 'GET' && mayAsk(route) && !STREAMS.includes(pathOf(route)));
      const { ask } = createLookUp(api, token, routes);
      const answers: Asked[] = [];
      for (const route of wanted) answers.push(...(await ask(pathOf(route))));
      asked = answers;
    });

    it('when every GET of the route table is asked, then none answers 5xx', () => {
      expect(asked.filter(({ status }) => status >= 500).map(({ path, text }) => `${path}: ${text}`)).to.deep.equal([]);
      expect(asked).to.have.length.greaterThan(100);
    });

    it('when a path takes an id, then there is one in the lists and it is found', () => {
      const ofIds = asked.filter(
        ({ route, isPublic }) =>
          /\/:\w+$/.test(route) && !isPublic && !INSIDE.includes(route) && EMPTY[route.replace(/\/:\w+.*$/, '')] === undefined,
      );
      const notFound = ofIds.filter(({ status }) => status !== 200).map(({ path, status }) => `${path}: ${status}`);
      expect(notFound).to.deep.equal([]);
      expect(ofIds).to.have.length.greaterThan(20);
    });

    it('when a list or report is asked for, then there is something in it, but for those that are named', () => {
      const lists = asked.filter(
        ({ route, isPublic }) => !route.includes(':') && !isPublic && !OF_ONE.includes(route) && route.startsWith('/api/v1/'),
      );
      const empty = lists.filter((answer) => answer.status !== 200 || !isFilled(answer)).map(({ route, status }) => `${route}: ${status}`);
      expect(empty.filter((line) => EMPTY[line.split(': ')[0] ?? ''] === undefined)).to.deep.equal([]);
      const named = Object.keys(EMPTY).filter((route) =>
        lists.some((answer) => answer.route === route && answer.status === 200 && isFilled(answer)),
      );
      expect(named, 'named as empty, and are not').to.deep.equal([]);
    });

    type Found = Readonly<Record<string, unknown>>;
    const isThere = (): boolean => true;
    const HAS: Readonly<Record<string, readonly [path: string, is: (one: Found) => boolean]>> = {
      'a merged ticket': ['/tickets?status=CLOSED&pageSize=100', ({ mergedIntoId }) => mergedIntoId !== undefined],
      'a coming appointment': [
        '/appointments?sort=-scheduledStartAt&pageSize=100',
        ({ scheduledStartAt, status }) => Date.parse(String(scheduledStartAt)) > Date.now() && status === 'SCHEDULED',
      ],
      'a claim under warranty': ['/repairs?pageSize=100', ({ warrantyClaimOf }) => warrantyClaimOf !== undefined],
      'a part in short supply': ['/parts?lowStock=true', isThere],
      'a device that nobody has collected': ['/repairs?uncollected=true', isThere],
      'a repair that waits for its part': ['/repairs?status=AWAITING_PARTS', isThere],
      'a mail that can be read': ['/notifications?pageSize=100', ({ channel }) => channel === 'EMAIL'],
    };
    for (const [what, [path, is]] of Object.entries(HAS))
      it(`when ${what} is looked for, then there is one`, async () => {
        const { status, body } = await api.get<readonly Found[]>(path, { token });
        expect(status, path).to.equal(200);
        expect(body.data.filter(is), JSON.stringify(body.data[0])).not.to.deep.equal([]);
      });

    it('when files of tickets are looked for, then there is one to download', async () => {
      const { data: tickets } = (await api.get<readonly Found[]>('/tickets?pageSize=100', { token })).body;
      const files: string[] = [];
      for (const { id } of tickets.filter(({ title }) => String(title).startsWith('Schermata blu'))) {
        const { activities } = (
          await api.get<{ activities: readonly { attachments?: readonly { id: string }[] }[] }>(`/tickets/${String(id)}`, { token })
        ).body.data;
        files.push(...activities.flatMap(({ attachments = [] }) => attachments.map((file) => file.id)));
      }
      expect(files).not.to.deep.equal([]);
      expect((await api.get(`/attachments/${files[0]}`, { token })).status).to.equal(200);
    });
  });
});
