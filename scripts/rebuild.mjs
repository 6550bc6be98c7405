/**
 * `npm run rebuild -- assets`, `npm run rebuild -- reports`: makes what a service copies from others anew from its source,
 * while everything goes on, and waits until it is done. The installation is at `RIPARO_URL` (http://localhost:8080); `ADMIN_EMAIL` and `ADMIN_PASSWORD`
 * are those of an administrator. Interrupted, it goes on by itself; asked again, it is watched.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { checkNode } from './lib/check-node.mjs';

checkNode();

const PATHS = { assets: '/assets/rebuild', reports: '/reports/rebuild' };
const PAUSE_MS = 1_000;

const fail = (text, code = 1) => {
  process.stderr.write(`${text}\n`);
  process.exit(code);
};

const [service, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(PATHS, service ?? '') || rest.length > 0)
  fail(`usage: npm run rebuild -- SERVICE, where SERVICE is one of ${Object.keys(PATHS).join(', ')}`, 2);
const { RIPARO_URL = 'http://localhost:8080', ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = process.env;
if (email === undefined || password === undefined) fail('ADMIN_EMAIL and ADMIN_PASSWORD say who asks for it.', 2);

let token;
const send = async (method, path, body) => {
  const response = await fetch(new URL(`/api/v1${path}`, RIPARO_URL), {
    method,
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error) => fail(`${RIPARO_URL} does not answer: ${error.message}`));
  const answer = await response.json();
  if (!response.ok) fail(`${method} ${path}: ${answer.detail ?? response.status}`);
  return answer.data;
};

({ token } = await send('POST', '/auth/login', { email, password }));
let state = await send('POST', PATHS[service], {});
while (state.status === 'RUNNING') {
  await pause(PAUSE_MS);
  state = await send('GET', PATHS[service]);
}
const COUNTED = {
  userCount: 'accounts',
  customerCount: 'customers',
  assetCount: 'devices',
  partCount: 'parts',
  ticketCount: 'tickets',
  repairCount: 'repairs',
  appointmentCount: 'appointments',
  workReportCount: 'work reports',
  quoteCount: 'quotes',
  invoiceCount: 'invoices',
  movementCount: 'stock movements',
};
const counts = Object.entries(COUNTED).flatMap(([field, things]) => (state[field] === undefined ? [] : [`${state[field]} ${things}`]));
process.stdout.write(`${service}: made anew from ${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}\n`);
