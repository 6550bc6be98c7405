/**
 * `node benchmarks/dist/knowledge.js [cases]` (default 50000): searches and suggestions of the knowledge base, asked over HTTP
 * through the gateway of one process, and what others wait while the index of words is read for the first time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { createPerson, type Person } from '@riparo/system-tests/journey/person';
import { oneProcess } from '@riparo/system-tests/systems/one-process';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const BATCH = 2_000;
const ROUNDS = 400;
const MODELS = 900;

const WORDS = (
  'screen battery charger keyboard touchpad fan noise heat paste cable connector jack board capacitor fuse display hinge printer toner cartridge roller paper jam network driver update windows boot restart blue error code disk clone backup memory slot bios firmware password account mail ' +
  'schermo batteria caricatore tastiera ventola rumore calore pasta cavo connettore scheda condensatore fusibile cerniera stampante testina cartuccia rullo carta inceppata rete aggiornamento avvio riavvio errore codice disco copia memoria password posta ' +
  'replaced cleaned tested removed installed measured soldered updated reset opened sostituito pulito provato rimosso installato misurato saldato aggiornato aperto ' +
  'slow loud dark broken loose dirty old new wet hot cold lento scuro rotto allentato sporco vecchio nuovo bagnato caldo freddo left right upper lower after before again during sinistro destro superiore inferiore'
).split(' ');

/** The same cases in every run. */
const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
const chance = random(7);
const pick = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)] as T;
const syllables = 'ba ce di fo gu la me ni ro su ta ve zi co pre str all ing ent'.split(' ');
/** Names of programs, places on boards and slips of the pen: most words of a language are rare. */
const rare = (): string => Array.from({ length: 3 }, () => pick(syllables)).join('');
const sentence = (words: number): string =>
  Array.from({ length: words }, () =>
    chance() < 0.12 ? rare() : chance() < 0.08 ? `pn${Math.floor(chance() * 40_000)}` : pick(WORDS),
  ).join(' ');

const caseOf = (n: number): Record<string, unknown> => {
  const [brand, model] = [`Brand ${n % 30}`, `Model ${n % MODELS}`];
  const at = new Date(Date.UTC(2026, 0, 1) + n * 1_000);
  return {
    _id: `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`,
    tenantId: 'default',
    version: 1,
    outbox: [],
    device: { category: n % 5 === 0 ? 'PRINTER' : 'LAPTOP', brand, model },
    brandKey: brand.toLowerCase(),
    modelKey: model.toLowerCase(),
    symptom: sentence(9),
    cause: sentence(8),
    solution: sentence(40),
    parts: n % 3 === 0 ? [{ name: sentence(2) }] : [],
    tags: [pick(WORDS)],
    status: 'PUBLISHED',
    public: n % 2 === 0,
    sources: [],
    removed: [],
    notPersonal: [],
    edited: true,
    usefulCount: n % 13,
    deflectedCount: 0,
    mergedIds: [],
    earlier: [],
    createdAt: at,
    updatedAt: at,
  };
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const quantile = (times: readonly number[], part: number): string =>
  (times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1);

const fill = async (url: string, total: number): Promise<void> => {
  const connection = await connectMongo({ url, database: 'riparo_reports', maxPoolSize: 1 });
  const cases = connection.db?.collection('knowledge_cases');
  for (let first = 0; first < total; first += BATCH)
    await cases?.insertMany(Array.from({ length: Math.min(BATCH, total - first) }, (_, index) => caseOf(first + index)));
  await connection.close();
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const since = performance.now();
  await work();
  return performance.now() - since;
};

/** What is asked for: from one word to a description in sentences. */
const QUESTIONS: Readonly<Record<string, (admin: Person) => Promise<unknown>>> = {
  'search, one word': (admin) => admin.get(`/knowledge?search=${pick(WORDS)}`),
  'search, three words': (admin) => admin.get(`/knowledge?search=${encodeURIComponent(sentence(3))}`),
  'search, a typo and a model': (admin) =>
    admin.get(`/knowledge?search=${pick(WORDS).slice(1)}%20model%20${Math.floor(chance() * MODELS)}`),
  'search, filtered by brand': (admin) => admin.get(`/knowledge?brand=brand%20${Math.floor(chance() * 30)}&search=${pick(WORDS)}`),
  suggestions: (admin) =>
    admin.post('/knowledge/suggestions', { device: { model: `Model ${Math.floor(chance() * MODELS)}` }, text: sentence(30) }),
};

const total = Number(process.argv[2] ?? 50_000);
const dataDir = await mkdtemp(join(tmpdir(), 'riparo-knowledge-'));
const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
try {
  await system.stop();
  const database = await system.openDatabase();
  await fill(database.url, total);
  await database.close();
  await system.start();
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await admin.logIn();
  const waits: number[] = [];
  const reading = { isOver: false };
  const first = timed(() => admin.get('/knowledge?search=battery')).finally(() => (reading.isOver = true));
  while (!reading.isOver) waits.push(await timed(() => fetch(`${system.url}/health/live`)));
  say(
    `first search of ${total} cases: ${((await first) / 1_000).toFixed(1)} s; others wait ${quantile(waits, 0.99)} ms at p99, ${quantile(waits, 1)} ms at most`,
  );
  for (const [name, ask] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await timed(() => ask(admin)));
    say(`${name}: median ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`);
  }
  say(`load average ${loadavg()[0]?.toFixed(2) ?? ''}`);
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
