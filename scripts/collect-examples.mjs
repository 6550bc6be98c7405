/**
 * `node scripts/collect-examples.mjs FOLDER`: writes gateway/src/docs/examples.json from exchanges that tests have had, and
 * event-examples.json from the events that services published in them.
 *
 *   mkdir /tmp/exchanges
 *   RIPARO_EXCHANGES=/tmp/exchanges npm test
 *   node scripts/collect-examples.mjs /tmp/exchanges
 *
 * Of each operation one exchange is taken, of each type one event: the one that shows most, of those that fit on a screen.
 * Tokens and passwords are written over.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/workspace.mjs';

const [folder] = process.argv.slice(2);
const MOST = 4_000;
const TOO_LONG = /(.)\1{15}/;

const read = (kind) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(kind))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line));

const SECRET = /token|password|secret/i;
const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;
/** Tokens as they look, without being any. */
const masked = (value, key = '') => {
  if (Array.isArray(value)) return value.map((item) => masked(item, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner, name)]));
  if (typeof value !== 'string') return value;
  if (JWT.test(value)) return 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIwMWExIn0.c2lnbmF0dXJl';
  if (key === 'password' || key === 'currentPassword' || key === 'newPassword') return 'correct-horse-battery-staple';
  return SECRET.test(key) ? value.replace(/[A-Za-z0-9]{8,}/g, 'Xk3vTq9a') : value;
};

/** Two of a list are enough to see what it is. */
const shortened = (answered) => (Array.isArray(answered.data) ? { ...answered, data: answered.data.slice(0, 2) } : answered);

const fieldsIn = (value) =>
  typeof value === 'object' && value !== null ? Object.values(value).reduce((sum, inner) => sum + 1 + fieldsIn(inner), 0) : 0;
const textsIn = (value) =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : typeof value === 'string' ? [value] : [];
const longestList = (value) =>
  typeof value === 'object' && value !== null
    ? Math.max(Array.isArray(value) ? value.length : 0, ...Object.values(value).map(longestList))
    : 0;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
/** What nobody would type: signs alone, signs of other languages of computers, ids inside of texts. */
const isOdd = (text) =>
  text !== '' &&
  (/\P{ASCII}.*@|victim|stranger|attack|secret/iu.test(text) ||
    !/[\p{L}\p{N}]/u.test(text) ||
    /[\\|<>;=\p{Cc}\p{Co}]/u.test(text) ||
    (UUID.test(text) && text.length > 36 && !text.startsWith('/')));
const isOrdinary = (sent) => !textsIn(sent).some(isOdd) && longestList(sent) <= 5;

const isEmpty = (value) => value === undefined || Object.keys(value).length === 0;

/** More fields are better, as long as it can be read at a glance; a body is better than none; what tests of limits send is not to be read. */
const worth = ({ sent, answered }) => {
  const text = JSON.stringify([sent, answered]);
  return (
    (isOrdinary(sent) ? 20_000 : 0) +
    (isEmpty(sent) ? 0 : 5_000) +
    (text.length > MOST || TOO_LONG.test(text) ? 0 : 10_000) +
    fieldsIn(sent) * 2 +
    fieldsIn(answered) -
    text.length / 100
  );
};

/** The best of each name, in the order of names. */
const bestOf = (candidates) => {
  const best = new Map();
  for (const [name, example] of candidates) {
    const known = best.get(name);
    if (known === undefined || worth(example) > worth(known)) best.set(name, example);
  }
  return [...best].sort(([one], [other]) => one.localeCompare(other));
};

const operationExamples = () => {
  const exchanges = read('exchanges-').map(({ operationId, status, sent, answered }) => [
    operationId,
    { status, sent, answered: shortened(answered) },
  ]);
  return bestOf(exchanges)
    .map(([operationId, { status, sent, answered }]) => [
      operationId,
      { ...(isEmpty(sent) ? {} : { body: masked(sent) }), ...(isEmpty(answered) ? {} : { status, answer: masked(answered) }) },
    ])
    .filter(([, example]) => !isEmpty(example));
};

/** A person's data in an event are as much what "somebody sent" as those in a request. */
const eventExamples = () =>
  bestOf(read('events-').map((event) => [event.type, { sent: event.data, answered: event }])).map(([type, { answered }]) => [
    type,
    masked(answered),
  ]);

for (const [file, examples] of Object.entries({ 'examples.json': operationExamples(), 'event-examples.json': eventExamples() })) {
  writeFileSync(join(root, 'gateway/src/docs', file), `${JSON.stringify(Object.fromEntries(examples), null, 2)}\n`);
  console.log(`${file}: ${examples.length}`);
}
