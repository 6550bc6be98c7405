import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { connect } from 'amqplib';
import { expect } from 'chai';
import { createServiceTokens } from '@riparo/shared/http/service-token';
import { eventually } from '@riparo/shared/testing/eventually';
import jsonwebtoken from 'jsonwebtoken';
import { moveIn, openTicket } from '../journey/journey.js';
import { inSharedSeparateProcesses } from '../systems/modes.js';
import { rawRequest, statusesOf } from './raw-request.js';

const INTERNAL_SECRET = 'a secret for tests only, of 32 or more characters';
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
/** No proxy is named, so nobody at all is believed about addresses. */
const ENV = { INTERNAL_SECRET, JWT_PRIVATE_KEY: keys.privateKey, TRUST_PROXY: '192.0.2.1' };

/** Spellings of `/internal/customers/<id>`, which auth answers to other services. */
const SPELLINGS = [
  '/internal/customers/#',
  '//internal/customers/#',
  '/internal//customers/#',
  '/INTERNAL/customers/#',
  '/%69nternal/customers/#',
  '/%2569nternal/customers/#',
  '/internal%2fcustomers%2f#',
  '/%2finternal/customers/#',
  '/api/../internal/customers/#',
  '/api/v1/../../internal/customers/#',
  '/api/v1/auth/../../../internal/customers/#',
  '/api/v1/auth/..%2f..%2f..%2finternal/customers/#',
  '/api/v1/auth/%2e%2e/%2e%2e/%2e%2e/internal/customers/#',
  '/api/v1/auth\\..\\..\\..\\internal/customers/#',
  '/api/v1/auth/..;/..;/..;/internal/customers/#',
  '/api/v1/internal/customers/#',
  '/api/v1/customers/../internal/customers/#',
  '/./internal/customers/#',
  '/internal/customers/#?/api/v1/customers',
  'http://auth/internal/customers/#',
  'http://127.0.0.1/internal/customers/#',
];

inSharedSeparateProcesses(
  'somebody who knows how it is built',
  (scene) => {
    let customerId: string;
    let kid: string;
    const serviceToken = (secret = INTERNAL_SECRET): string => createServiceTokens({ secret, service: 'tickets' }).mint();
    const claimsOf = (changes: object = {}) => ({
      ...{ sub: randomUUID(), tenant: 'default', role: 'SUPER_ADMIN', name: 'Eve', email: 'eve@example.com', sid: randomUUID(), epoch: 1 },
      ...{ typ: 'access', iss: 'riparo', aud: 'riparo-api', iat: now(), exp: now() + 600 },
      ...changes,
    });
    const now = (): number => Math.floor(Date.now() / 1_000);
    const signed = (changes: object = {}, keyid = kid): string =>
      jsonwebtoken.sign(JSON.parse(JSON.stringify(claimsOf(changes))) as object, keys.privateKey, { algorithm: 'RS256', keyid });
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const serviceUrl = (service: string): string => scene().system.serviceUrl?.(service) ?? '';
    const statusOf = async (url: string, token: string, headers = {}): Promise<number> => {
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, ...headers } });
      await answer.body?.cancel();
      return answer.status;
    };

    before(async () => {
      const { customer } = await moveIn(scene().cast.url, 'carla@example.com');
      ({ customerId } = (await customer.get<{ user: { customerId: string } }>('/auth/me')).user);
      const { keys: published } = (await (await fetch(`${scene().cast.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
      kid = published[0]?.kid ?? '';
    });

    it('when each service has its own user of the broker, then what they tell each other arrives', async () => {
      const { cast, broker } = scene();
      const { customer, laptopId } = await moveIn(cast.url, 'bruno@example.com');
      await openTicket(customer, 'Told to assets', laptopId);
      await eventually(async () => (await customer.get<{ openTicketCount: number }>(`/assets/${laptopId}`)).openTicketCount === 1);
      const connected = (await broker.ctl('list_connections', 'user', 'vhost')).split('\n').filter((line) => line.includes(broker.host));
      const users = new Set(connected.map((line) => line.split('\t')[0]));
      expect([...users]).to.have.members(['auth', 'tickets', 'assets', 'notifications', 'reports', 'billing']);
    });

    it('when another service asks auth itself, then it is answered', async () => {
      expect(await statusOf(`${serviceUrl('auth')}/internal/customers/${customerId}`, serviceToken())).to.equal(200);
    });

    for (const spelling of SPELLINGS)
      it(`when the gateway is asked for ${spelling}, then it leads to no service`, async () => {
        const target = spelling.replace('#', customerId);
        const request = `GET ${target} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer ${serviceToken()}\r\nConnection: close\r\n\r\n`;
        const answer = await rawRequest(scene().cast.url, request);
        // 401: the path is one of auth's for people, where a service is nobody.
        expect(statusesOf(answer)[0]).to.be.oneOf([400, 401, 404]);
        expect(answer).not.to.contain('carla@example.com');
      });

    it('when a token of a person is used inside, or one of a service outside, then 401', async () => {
      const { url } = scene().cast;
      for (const token of [signed(), serviceToken('another secret, also of 32 or more characters')])
        expect(await statusOf(`${serviceUrl('auth')}/internal/customers/${customerId}`, token)).to.equal(401);
      for (const path of [
        '/api/v1/customers',
        '/api/v1/tickets',
        '/api/v1/assets',
        '/api/v1/me/notifications',
        '/api/v1/reports/dashboard',
      ])
        expect(await statusOf(`${url}${path}`, serviceToken()), path).to.equal(401);
    });

    const forgeries: Readonly<Record<string, () => string>> = {
      'is not signed': () => `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode(claimsOf())}.`,
      'is signed with the public key as a secret': () => {
        const input = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${encode(claimsOf())}`;
        return `${input}.${createHmac('sha256', keys.publicKey).update(input).digest('base64url')}`;
      },
      'has another issuer': () => signed({ iss: 'somebody' }),
      'has another audience': () => signed({ aud: 'internal' }),
      'has expired': () => signed({ exp: now() - 60 }),
      'never expires': () => signed({ exp: undefined }),
      'names another key': () => signed({}, 'another'),
      'names a file as its key': () => signed({}, '../../../../dev/null'),
      'is signed with a key of its own': () => {
        const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const input = `${encode({ alg: 'RS256', kid, jwk: publicKey.export({ format: 'jwk' }) })}.${encode(claimsOf())}`;
        return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey).toString('base64url')}`;
      },
    };
    for (const [title, forge] of Object.entries(forgeries))
      it(`when a token ${title}, then gateway and every service refuse it`, async () => {
        for (const [service, path] of [
          ['auth', 'users'],
          ['tickets', 'tickets'],
          ['assets', 'assets'],
          ['notifications', 'notifications'],
          ['reports', 'reports/dashboard'],
        ] as const)
          for (const base of [scene().cast.url, serviceUrl(service)])
            expect(await statusOf(`${base}/api/v1/${path}`, forge()), base).to.equal(401);
        expect(await statusOf(`${scene().cast.url}/api/v1/users`, signed())).to.equal(200);
      });

    it('when headers say who asks, then nobody is believed, at the gateway and past it', async () => {
      const identity = {
        'x-user-id': randomUUID(),
        'x-tenant-id': 'default',
        'x-role': 'SUPER_ADMIN',
        'x-user-role': 'SUPER_ADMIN',
        'x-internal': '1',
      };
      for (const base of [scene().cast.url, serviceUrl('auth')]) {
        expect((await fetch(`${base}/api/v1/users`, { headers: identity })).status).to.equal(401);
        const stranger = signed({ tenant: 'elsewhere' });
        const answer = await fetch(`${base}/api/v1/users`, { headers: { ...identity, authorization: `Bearer ${stranger}` } });
        expect(((await answer.json()) as { data: unknown }).data).to.deep.equal([]);
      }
    });

    it('when a request has two lengths or a second request in its body, then one answer comes', async () => {
      const inner = `GET /internal/customers/${customerId} HTTP/1.1\r\nHost: auth\r\nAuthorization: Bearer ${serviceToken()}\r\n\r\n`;
      const head = (method: string, headers: readonly string[]): string =>
        `${method} /api/v1/auth/login HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n${headers.join('\r\n')}\r\n\r\n`;
      const chunked = 'Transfer-Encoding: chunked';
      const attempts = [
        head('POST', [chunked, 'Content-Length: 5']) + `0\r\n\r\n${inner}`,
        head('POST', ['Content-Length: 5', 'Content-Length: 6']) + `hello${inner}`,
        head('POST', ['Transfer-Encoding: chunked, identity']) + `0\r\n\r\n${inner}`,
        head('POST', ['Transfer-Encoding : chunked']) + `0\r\n\r\n${inner}`,
        head('POST', ['Transfer-Encoding: xchunked']) + `0\r\n\r\n${inner}`,
        head('POST', ['Content-Length: 0x5']) + `hello${inner}`,
        head('DELETE', [chunked]) + `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`,
      ];
      for (const attempt of attempts) {
        const answer = await rawRequest(scene().cast.url, attempt);
        expect(
          statusesOf(answer).filter((status) => status < 400),
          attempt,
        ).to.deep.equal([]);
        expect(answer).not.to.contain('carla@example.com');
      }
    });

    it('when headers are huge, then they are refused and the gateway goes on', async () => {
      const answer = await rawRequest(
        scene().cast.url,
        `GET /api/v1/users HTTP/1.1\r\nHost: gateway\r\nX-Long: ${'x'.repeat(200_000)}\r\n\r\n`,
      );
      expect(statusesOf(answer).every((status) => status >= 400)).to.equal(true);
      expect((await fetch(`${scene().cast.url}/health/live`)).status).to.equal(200);
    });

    it('when an address is made up, then the audit trail has the real one', async () => {
      const made = '203.0.113.77';
      const wrong = { method: 'POST', body: JSON.stringify({ email: 'owner@example.com', password: 'wrong' }) };
      const headers = {
        'content-type': 'application/json',
        'x-forwarded-for': made,
        'x-real-ip': made,
        forwarded: `for=${made}`,
        'client-ip': made,
        'x-client-ip': made,
      };
      for (const base of [scene().cast.url, serviceUrl('auth')]) await fetch(`${base}/api/v1/auth/login`, { ...wrong, headers });
      const events = await scene().cast.admin.get<readonly { ip?: string }[]>('/audit-events?pageSize=100');
      expect(new Set(events.map(({ ip }) => ip))).to.deep.equal(new Set(['127.0.0.1']));
    });

    it('when every request names another address, then limits hold at the gateway and past it', async () => {
      let made = 0;
      const post = (path: string, body: object) => [path, { method: 'POST', body: JSON.stringify(body) }] as const;
      const wrong = (index: number): string =>
        new URLSearchParams({ number: 'REP-2026-000001', serialNumber: `guess-${index}` }).toString();
      const limited: readonly (readonly [
        service: string,
        tries: number,
        of: (index: number, email: string) => readonly [string, object?],
      ])[] = [
        ['auth', 8, (_, email) => post('auth/login', { email, password: 'a wrong one' })],
        ['auth', 8, (_, email) => post('auth/forgot-password', { email })],
        // Each of its two instances counts for itself, and the gateway may lead to both in turns.
        ['tickets', 45, (index) => [`public/repairs/status?${wrong(index)}`]],
      ];
      for (const [service, tries, requestOf] of limited)
        for (const base of [scene().cast.url, serviceUrl(service)]) {
          const email = `nobody-${randomUUID()}@example.com`;
          const statuses: number[] = [];
          for (let index = 0; index < tries; index++) {
            const [path, init] = requestOf(index, email);
            const address = `203.0.${made >> 8}.${made++ & 255}`;
            const headers = {
              'content-type': 'application/json',
              'x-forwarded-for': address,
              'x-real-ip': address,
              forwarded: `for=${address}`,
            };
            const answer = await fetch(`${base}/api/v1/${path}`, { ...init, headers });
            await answer.body?.cancel();
            statuses.push(answer.status);
          }
          expect(statuses.at(-1), `${service} at ${base}: ${statuses.join(' ')}`).to.equal(429);
        }
    });

    it('when the broker has what nobody of Riparo would send, then no process ends and work goes on', async () => {
      const { broker, cast, system } = scene();
      const connection = await connect(broker.url);
      const channel = await connection.createConfirmChannel();
      const bad = [
        '',
        '{',
        'null',
        '[]',
        '{"specversion":"1.0"}',
        '['.repeat(100_000),
        `{"__proto__":{"a":1}}`,
        `{"data":"${'x'.repeat(1_000_000)}"}`,
      ];
      for (const type of ['riparo.auth.customer-created.v1', 'riparo.auth.sessions-revoked.v1'])
        for (const content of bad) channel.publish('riparo.events', type, Buffer.from(content));
      await channel.waitForConfirms();
      await connection.close();
      const { customer, laptopId } = await moveIn(cast.url, 'dora@example.com');
      const ticket = await openTicket(customer, 'After all that', laptopId);
      await eventually(async () => (await customer.get<{ openTicketCount: number }>(`/assets/${laptopId}`)).openTicketCount === 1);
      expect(ticket.status).to.equal('OPEN');
      expect(system.output()).to.contain('event parked');
      expect(system.output()).not.to.match(/uncaught|starting it again/i);
    });

    it('when services have parked it, then an administrator sees what each could not read, and hands it back', async () => {
      const { cast } = scene();
      interface Parked {
        readonly id: string;
        readonly consumer: string;
        readonly error: string;
      }
      const parked = await eventually(async () => {
        const all = await cast.admin.get<readonly Parked[]>('/parked-events?pageSize=100');
        return new Set(all.map(({ consumer }) => consumer)).size > 4 && all;
      });
      for (const { error } of parked) expect(error).to.match(/is not JSON|is invalid/);
      const { status } = await cast.admin.send('POST', `/parked-events/${parked[0]?.id}/replay`, {});
      expect(status).to.equal(202);
    });
  },
  ENV,
);
