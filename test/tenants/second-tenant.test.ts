import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { roleMay, type Permission } from '@riparo/shared/contracts/permissions';
import { ROLES, type Role } from '@riparo/shared/contracts/roles';
import { ALL_EVENTS } from '@riparo/shared/contracts/topology';
import type { Route } from '@riparo/shared/http/route';
import { ourEvent } from './events.js';
import { METRICS_TOKEN, openInstallation, type Installation } from './installation.js';
import { titleOf } from './kinds.js';
import { LIMITS, useUp } from './limits.js';
import { NOT_LOOKED_UP } from './not-looked-up.js';
import * as probing from './probe.js';
import type { Probe, Someone, Answered } from './probe.js';
import { refuseUnfit, requestOf, searchesOf } from './requests.js';
import { callerOf, furnish, routesOf, send, type World } from './world.js';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * Whoever calls them has no token, so no tenant: they serve the first one (docs/adr/0017), or the tenant that the
 * signed link in their path names.
 */
const PUBLIC = [
  'POST /api/v1/auth/register',
  'POST /api/v1/auth/register/staff',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/forgot-password',
  'POST /api/v1/auth/reset-password',
  'POST /api/v1/auth/verify-email',
  'POST /api/v1/auth/accept-invitation',
  'GET /verify-email',
  'POST /verify-email',
  'GET /reset-password',
  'POST /reset-password',
  'GET /accept-invitation',
  'POST /accept-invitation',
  'GET /sign-in',
  'POST /sign-in',
  'POST /sign-out',
  'GET /.well-known/jwks.json',
  'GET /api/v1/public/ratings/:token',
  'POST /api/v1/public/ratings/:token',
  'GET /api/v1/public/repairs/status',
  'GET /repair-status',
  'GET /api/v1/public/calendars/:token.ics',
  'GET /api/v1/public/appointments/:token',
  'POST /api/v1/public/appointments/:token/confirm',
  'POST /api/v1/public/appointments/:token/cancel',
  'GET /api/v1/public/quotes/:token',
  'POST /api/v1/public/quotes/:token/accept',
  'POST /api/v1/public/quotes/:token/decline',
  'GET /api/v1/public/quotes/:token/quote.pdf',
  'GET /api/v1/public/quotes/:token/repair-information-form.pdf',
  'GET /api/v1/public/invoices/:token',
  'GET /api/v1/public/invoices/:token/invoice.pdf',
  'GET /quote/:token',
  'POST /quote/:token/accept',
  'POST /quote/:token/decline',
  'GET /api/v1/public/work-reports/:token',
  'GET /api/v1/public/work-reports/:token/report.pdf',
  'POST /api/v1/public/work-reports/:token/approve',
  'POST /api/v1/public/work-reports/:token/dispute',
  'GET /sign/:token',
  'POST /sign/:token/approve',
  'POST /sign/:token/dispute',
  'GET /rate/:token',
  'POST /rate/:token',
  'GET /appointments/:token',
  'POST /appointments/:token/confirm',
  'POST /appointments/:token/cancel',
  'GET /appointments/:token/move',
  'POST /appointments/:token/move',
  'GET /api/v1/public/appointments/:token/slots',
  'POST /api/v1/public/appointments/:token/move',
  'GET /pay/:token',
  'POST /pay/:token/checkout',
  // The account at the payment provider is the installation's; the tenant is in what the provider is asked for.
  'POST /api/v1/payments/stripe/webhook',
  // Nor has the account at the provider of text messages; what its calls say is signed.
  'POST /api/v1/sms/twilio/status',
  'POST /api/v1/sms/twilio/inbound',
  'GET /',
  'GET /unsubscribe',
  'GET /api/v1/public/unsubscribe',
  'POST /api/v1/public/unsubscribe',
  // A mailbox is the installation's, too.
  'POST /api/v1/inbound-mail',
  'GET /dev/mail',
  'GET /dev/mail/:name',
];

describe('a second tenant', function () {
  this.timeout(180_000);
  let installation: Installation;
  let ours: World;
  let theirs: World;
  let routes: readonly Route[];
  let lists: readonly Route[];
  /** What the second tenant's lists and reports said before the first one had anything. */
  let listedAlone: Readonly<Record<string, string>>;
  let probes: readonly Probe[];
  let ourIds: ReadonlySet<string>;

  before(async () => {
    installation = await openInstallation();
    // A page that is signed in to takes no token in a header; it shows what the reports of the API answer.
    routes = routesOf(installation).filter(({ access, cookies }) => access === 'public' || cookies === undefined);
    lists = routes.filter(({ method, access, path }) => method === 'GET' && access !== 'public' && !/:\w*id\b/i.test(path));
    theirs = await furnish(installation, 'elsewhere', 'brampton');
    await probing.settled(installation, theirs.tenantId);
    listedAlone = await listed();
    ours = await furnish(installation, 'default', 'quolith');
    probes = probing.probesOf(routes.filter(({ access }) => access !== 'public'));
    ourIds = new Set([...(await probing.settled(installation, 'default')).values()].join(' ').match(UUID));
  });
  after(() => installation.stop());

  const someone = (world: World, role: Role): Someone => ({ role, token: installation.tokenOf(callerOf(world, role)) });
  /** Somebody of the second tenant with the ids of somebody of the first: the tenant in the token alone tells them apart. */
  const twin = (role: Role): Someone => someone({ ...theirs, ids: ours.ids }, role);
  const listed = async (): Promise<Readonly<Record<string, string>>> => {
    const who = someone(theirs, 'SUPER_ADMIN');
    const answers: Record<string, string> = {};
    await probing.inLanes(lists, async (route) => {
      for (const sending of searchesOf(route, theirs)) answers[sending.path] = (await probing.tell(installation, who, sending)).shape;
    });
    return answers;
  };
  const mayAsk = ({ access }: Route, { role }: Someone): boolean =>
    access === 'signed-in' || access === 'internal' || [access].flat().some((permission) => roleMay(role, permission as Permission));

  /** What an answer shows of the first tenant beside what was sent. */
  const leaksIn = ({ text }: Answered, sent: readonly (string | undefined)[]): readonly string[] => [
    ...ours.secrets.filter((secret) => text.includes(secret)),
    ...(text.match(UUID) ?? []).filter((id) => ourIds.has(id) && !sent.includes(id)),
  ];
  const ask = (who: Someone, probe: Probe, id?: string, world: World = theirs): Promise<Answered> =>
    probing.tell(installation, who, probing.asked(probe, who, world, id));
  /** Does something and expects nothing of the first tenant to have changed. */
  const leavesOursAlone = async (work: () => Promise<void>): Promise<void> => {
    const before = await probing.settled(installation, ours.tenantId);
    await work();
    expect(probing.changesIn(before, await probing.settled(installation, ours.tenantId))).to.deep.equal([]);
  };

  it('when a route is public, then it is on the list of those that know no tenant', () => {
    expect(routes.filter(({ access }) => access === 'public').map(titleOf)).to.have.members(PUBLIC);
  });

  it('when a route names a thing, then what the test sends fits its schema', () => {
    for (const probe of probes) for (const role of ROLES) refuseUnfit(probe.route, probing.asked(probe, { role, token: '' }, theirs));
  });

  it('when the first tenant fills up, then lists and reports of the second say what they said before', async () => {
    expect(await listed()).to.deep.equal(listedAlone);
  });

  it('when lists, reports and searches are asked for, then they show nothing of another tenant', async () => {
    const shown: string[] = [];
    const look = async (route: Route, who: Someone, word?: string): Promise<void> => {
      for (const sending of searchesOf(route, theirs, word)) {
        const told = await probing.tell(installation, who, sending);
        const caller = callerOf(ours, who.role);
        const leaks = leaksIn(told, [caller.userId, caller.customerId]);
        if (told.status >= 500) shown.push(`${sending.path} by ${who.role}: ${told.text}`);
        if (leaks.length > 0) shown.push(`${sending.path} by ${who.role} shows ${leaks.join(', ')}: ${told.text}`);
      }
    };
    const [searching, twins] = [someone(theirs, 'SUPER_ADMIN'), (['CUSTOMER_ADMIN', 'ENGINEER', 'ADMIN'] as const).map(twin)];
    const everybody = [...ROLES.map((role) => someone(theirs, role)), ...twins];
    await probing.inLanes(lists, async (route) => {
      for (const who of everybody) if (mayAsk(route, who)) await look(route, who);
      if (mayAsk(route, searching)) await look(route, searching, ours.word);
    });
    expect(shown.join('\n')).to.equal('');
  });

  it('when somebody names what another tenant has, then the answer is that for an id of nowhere', () =>
    leavesOursAlone(async () => {
      const wrong: string[] = [];
      const absent = new Map<Probe, string>();
      const compare = async (probe: Probe, who: Someone): Promise<void> => {
        const id = ours.ids[probe.slot.kind];
        const foreign = await ask(who, probe, id);
        // The guard refuses a role before it looks at anything else of the request.
        if (!mayAsk(probe.route, who) && foreign.status === 403) return;
        const leaks = leaksIn(foreign, [id]);
        if (leaks.length > 0) wrong.push(`${probing.probeTitle(probe)} by ${who.role} shows ${leaks.join(', ')}`);
        // The words that another role had for an id of nowhere.
        if (foreign.status === 404 && foreign.shape === absent.get(probe)) return;
        const none = await ask(who, probe, probing.nowhere());
        if (none.status === 404) absent.set(probe, none.shape);
        const alike = NOT_LOOKED_UP.includes(probing.probeTitle(probe)) ? foreign.status === none.status : foreign.shape === none.shape;
        if (!alike) wrong.push(`${probing.probeTitle(probe)} by ${who.role}: ${foreign.text} instead of ${none.text}`);
      };
      const everybody = ROLES.map((role) => someone(theirs, role));
      await probing.inLanes(probes, async (probe) => {
        for (const who of probe.route.access === 'internal' ? everybody.slice(-1) : everybody) await compare(probe, who);
      });
      expect(wrong.join('\n')).to.equal('');
    }));

  it("when a token has ids of another tenant's people, then its holder sees and changes nothing there", () =>
    leavesOursAlone(async () => {
      const wrong: string[] = [];
      await probing.inLanes(probes, async (probe) => {
        if (probe.slot.part !== 'path' || probe.route.access === 'internal') return;
        for (const who of (['CUSTOMER_ADMIN', 'ENGINEER'] as const).map(twin).filter((each) => mayAsk(probe.route, each))) {
          const told = await ask(who, probe, ours.ids[probe.slot.kind], { ...theirs, ids: ours.ids });
          const leaks = leaksIn(told, Object.values(ours.ids));
          if (told.status < 300 || leaks.length > 0)
            wrong.push(`${probing.probeTitle(probe)} by ${who.role}: ${told.text} ${leaks.join()}`);
        }
      });
      expect(wrong.join('\n')).to.equal('');
    }));

  it('when somebody knows the version of what another tenant has, then no header tells that it is there', async () => {
    const told: string[] = [];
    const who = someone(theirs, 'SUPER_ADMIN');
    const inPath = probes.filter(({ slot, route }) => slot.part === 'path' && route.access !== 'internal' && mayAsk(route, who));
    await probing.inLanes(inPath, async (probe) => {
      const headers = probe.route.method === 'GET' ? { 'if-none-match': '*' } : { 'if-match': '"999"' };
      const { status } = await send(installation, who.token, probing.asked(probe, who, theirs, ours.ids[probe.slot.kind]), headers);
      if (status !== 404) told.push(`${probing.probeTitle(probe)}: ${status}`);
    });
    expect(told).to.deep.equal([]);
  });

  it('when a key of another tenant is used again, then its answer is not given', async () => {
    const route = routes.find((each) => titleOf(each) === 'POST /api/v1/canned-replies') as Route;
    const sending = requestOf(route, { ...ours, isStaff: true });
    const key = { 'idempotency-key': randomUUID() };
    const first = await send(installation, someone(ours, 'ENGINEER').token, sending, key);
    const second = await send(installation, twin('ENGINEER').token, sending, key);
    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(second.headers.get('idempotent-replayed')).to.equal(null);
    expect(second.body.data.id).to.not.equal(first.body.data.id);
  });

  it('when things are numbered, then each tenant counts from one', () => {
    expect([theirs.ticketNumber, theirs.repairNumber]).to.deep.equal([ours.ticketNumber, ours.repairNumber]);
    expect(theirs.ticketNumber).to.match(/-001$/);
  });

  it('when two tenants have a repair of one number, then the public page knows that of the first alone', async () => {
    const statusOf = async ({ word, repairNumber: number }: World): Promise<number> =>
      (
        await installation.api.get(
          `/public/repairs/status?${new URLSearchParams({ number, serialNumber: `${word} serialNumber` }).toString()}`,
        )
      ).status;
    expect([await statusOf(ours), await statusOf(theirs)]).to.deep.equal([200, 404]);
  });

  it('when a calendar is followed, then it shows the days of its own technician', async () => {
    const read = async ({ calendarUrl }: World): Promise<string> =>
      (await installation.api.get(new URL(calendarUrl).pathname, { root: true })).text;
    expect(await read(theirs))
      .to.contain(theirs.ticketNumber)
      .and.not.to.contain(ours.word);
    expect(await read(ours))
      .to.contain(ours.ticketNumber)
      .and.not.to.contain(theirs.word);
  });

  it('when one address is used in both, then sign-ins and sessions are those of the first', async () => {
    const { api } = installation;
    const account = { email: 'both@example.com', password: 'correct-horse-battery-staple' };
    const customer = { type: 'INDIVIDUAL', name: 'Ada', surname: 'Rossi', contactEmail: account.email, contactPhone: '+39059123456' };
    const { body } = await api.post<{ token: string; user: { id: string } }>('/auth/register', { ...account, name: 'Ada', customer });
    const { token, user } = body.data;
    const admin = someone(theirs, 'SUPER_ADMIN').token;
    const invited = await api.post('/users', { email: account.email, name: 'Ada', role: 'AGENT' }, { token: admin });
    expect(invited.status).to.equal(201);
    const double = installation.tokenOf({ tenantId: theirs.tenantId, userId: user.id, role: 'AGENT', name: 'Ada', email: account.email });
    await api.post('/auth/logout-all', {}, { token: double });
    expect((await api.delete(`/users/${invited.body.data.id}`, { token: admin })).status).to.equal(204);
    expect((await api.get('/auth/me', { token })).status).to.equal(200);
    expect((await api.post('/auth/login', account)).status).to.equal(200);
  });

  it('when one tenant has used a limit up, then people of the same ids in the other have all of theirs', async () => {
    const { api } = installation;
    const [first, second] = [twin('ADMIN').token, someone(ours, 'ADMIN').token];
    for (const [name, ask] of Object.entries(LIMITS)) {
      expect(await useUp(ask, api, first), name).to.equal(true);
      expect((await ask(api, second)).status, name).to.not.equal(429);
    }
  });

  it('when metrics are read, then no series names a tenant or what it has', async () => {
    const { text } = await installation.api.get('/metrics', { root: true, token: METRICS_TOKEN });
    expect(text).to.contain('http_request_duration_seconds');
    expect([ours.word, theirs.word, ours.tenantId, theirs.tenantId, ...ourIds].filter((word) => text.includes(`"${word}`))).to.deep.equal(
      [],
    );
  });

  it('when events of the second tenant name ids of the first, then no copy of the first changes', () =>
    leavesOursAlone(async () => {
      for (const [order, contract] of ALL_EVENTS.entries())
        await installation.bus.publish(ourEvent(contract, ours, theirs.tenantId, order));
      const parked = await Promise.all(installation.services.map(({ name }) => installation.bus.listParked(name)));
      expect(parked.flat()).to.deep.equal([]);
    }));

  // Last, because it changes and removes what the second tenant has.
  it("when the ids are the tenant's own, then every place that names one makes a difference", async () => {
    const alike: string[] = [];
    for (const route of probing.inOrder(routes)) {
      const looked = probes.filter((probe) => probe.route === route && !NOT_LOOKED_UP.includes(probing.probeTitle(probe)));
      const open = new Set(looked);
      for (const role of ['SUPER_ADMIN', 'CUSTOMER_ADMIN', 'ENGINEER'] as const) {
        const who = someone(theirs, role);
        if (open.size === 0 || !mayAsk(route, who)) continue;
        const none = new Map<Probe, Answered>();
        for (const probe of open) none.set(probe, await ask(who, probe, probing.nowhere()));
        let inPath: Answered | undefined;
        for (const probe of [...open]) {
          const own =
            probe.slot.part === 'path' ? (inPath ??= await ask(who, probe)) : await ask(who, probe, undefined, await withFile(probe, who));
          if (own.shape !== none.get(probe)?.shape) open.delete(probe);
        }
      }
      alike.push(...[...open].map(probing.probeTitle));
    }
    expect(alike).to.deep.equal([]);
  });
  /** An entry takes its file along, so each needs one of its own. */
  const withFile = async ({ slot }: Probe, who: Someone): Promise<World> => {
    if (slot.kind !== 'attachment') return theirs;
    const route = routes.find((each) => titleOf(each) === 'POST /api/v1/attachments') as Route;
    const { text } = await probing.tell(installation, who, requestOf(route, { ...theirs, isStaff: true }));
    return { ...theirs, ids: { ...theirs.ids, attachment: (JSON.parse(text) as { data: { id: string } }).data.id } };
  };
});
