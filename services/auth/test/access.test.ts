import { expect } from 'chai';
import type { Route } from '@riparo/shared/http/route';
import { permissionsOf, roleMay } from '@riparo/shared/contracts/permissions';
import { ROLES, type Role } from '@riparo/shared/contracts/roles';
import { ADMIN, startBench, type Bench, type SignedIn } from './bench.js';

const MISSING = '018f0000-0000-7000-8000-000000000000';

const isOpen = ({ access }: Route): boolean => access === 'public';
/** For other services only: no user's token opens it. */
const isInternal = ({ access }: Route): boolean => access === 'internal';

const mayCall = ({ access }: Route, role: Role): boolean => {
  if (access === 'signed-in') return true;
  if (access === 'internal') return false;
  const permissions = typeof access === 'string' ? [access] : access;
  return permissions.some((permission) => roleMay(role, permission as Parameters<typeof roleMay>[1]));
};

/** Every endpoint with every role: what the one permission table says is what happens. */
describe('access to the auth service', () => {
  let bench: Bench;
  let mine: SignedIn;
  let other: SignedIn;
  before(async () => {
    bench = await startBench();
    [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
  });
  after(() => bench.stop());

  /** An id of the right kind for the path: a customer's or a user's. */
  const fill = ({ path }: Route, signedIn: SignedIn | undefined): string => {
    const id = path.startsWith('/customers') ? signedIn?.customer?.id : signedIn?.user.id;
    return path.replace(/:(id|userId)\b/, id ?? MISSING);
  };
  const call = (route: Route, path: string, token?: string) => {
    const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : '{}';
    return bench.api.request(route.method, path, body, { token, headers: { 'content-type': 'application/json' }, root: route.root });
  };

  it('when the routes are read, then each is public, for all signed in, or names a permission a role has', () => {
    const known = new Set<string>(ROLES.flatMap((role) => [...permissionsOf(role)]));
    expect(bench.service.routes.length).to.be.greaterThan(35);
    for (const { access, method, path } of bench.service.routes) {
      if (access === 'public' || access === 'signed-in' || access === 'internal') continue;
      for (const permission of typeof access === 'string' ? [access] : access)
        expect(known.has(permission), `${method} ${path}`).to.equal(true);
    }
  });

  it('when a route is asked without a token, then it answers 401 before anything else', async () => {
    for (const route of bench.service.routes.filter((each) => !isOpen(each))) {
      const answer = await call(route, fill(route, mine));
      expect([answer.status, answer.body.code], `${route.method} ${route.path}`).to.deep.equal([401, 'UNAUTHENTICATED']);
    }
  });

  for (const role of ROLES) {
    it(`when ${role} asks every route, then exactly those that the table forbids answer 403`, async () => {
      for (const route of bench.service.routes.filter((each) => !isOpen(each) && !isInternal(each))) {
        const answer = await call(route, fill(route, undefined), bench.tokenFor({ role }));
        const refused = answer.status === 403 && answer.body.detail.includes('lacks the permission');
        expect(refused, `${route.method} ${route.path}: ${answer.status}`).to.equal(!mayCall(route, role));
        expect(answer.status, `${route.method} ${route.path}`).to.be.below(500);
      }
    });
  }

  it("when a user's token asks for a route for other services, then 401", async () => {
    const internal = bench.service.routes.filter(isInternal);
    expect(internal.length).to.be.greaterThan(0);
    for (const route of internal) {
      for (const role of ROLES) expect((await call(route, fill(route, undefined), bench.tokenFor({ role }))).status).to.equal(401);
    }
  });

  it("when a customer asks for somebody else's thing or a missing one, then both answers are alike", async () => {
    const withId = bench.service.routes.filter((each) => /:(id|userId)/.test(each.path) && mayCall(each, 'CUSTOMER_ADMIN'));
    expect(withId.length).to.be.greaterThan(4);
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', customerId: mine.customer!.id });
    const bodies: Partial<Record<Route['method'], string>> = { PATCH: '{"name":"X"}', PUT: '{"contactPhone":"+39 011 000000"}' };
    const told = ({ requestId: _id, timestamp: _time, ...body }: Record<string, unknown>) => body;
    for (const route of withId) {
      const headers = { 'content-type': 'application/json' };
      const send = (path: string) => bench.api.request(route.method, path, bodies[route.method], { token, headers });
      const [foreign, missing] = [await send(fill(route, other)), await send(fill(route, undefined))];
      expect(foreign.status, `${route.method} ${route.path}`).to.equal(404);
      expect(told(foreign.body)).to.deep.equal(told(missing.body));
    }
  });

  it('when GET /auth/me is asked, then it tells the permissions of the table', async () => {
    const { body } = await bench.api.get<{ id: string; permissions: readonly string[] }>('/auth/me', { token: mine.token });
    expect(body.data.permissions).to.deep.equal(permissionsOf('CUSTOMER_ADMIN'));
  });

  it('when headers claim an identity, then only the token counts', async () => {
    const headers = { 'x-user-id': mine.user.id, 'x-role': 'SUPER_ADMIN', 'x-tenant-id': 'other', 'x-forwarded-user': ADMIN.email };
    expect((await bench.api.get('/users', { headers })).status).to.equal(401);
    const { body } = await bench.api.get<{ id: string; user: { role: string } }>('/auth/me', { token: mine.token, headers });
    expect(body.data.user.role).to.equal('CUSTOMER_ADMIN');
  });

  it('when the token is of another tenant, then it finds nothing here', async () => {
    const token = bench.tokenFor({ role: 'SUPER_ADMIN', tenantId: 'elsewhere' });
    expect((await bench.api.get(`/users/${mine.user.id}`, { token })).status).to.equal(404);
    expect((await bench.api.get<readonly unknown[]>('/customers', { token })).body.data).to.deep.equal([]);
  });
});
