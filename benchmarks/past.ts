/**
 * The past of a centre: closed tickets of other customers, copied straight into the database of an installation that is
 * not running. They are copies of a ticket that was opened through the API, with words, people and times of their own.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startEmbeddedMongo } from 'embedded-mongo';
import mongoose from 'mongoose';
import { loadDocuments } from './load-documents.js';

interface TicketDocument extends mongoose.mongo.Document {
  readonly _id: string;
  readonly activities: readonly unknown[];
}

const DATABASE = 'riparo_tickets';
const COLLECTION = 'tickets';
const TICKETS_PER_CUSTOMER = 200;
const TECHNICIANS = 200;
const ACTIVITIES = 4;
const YEAR_MS = 365 * 86_400_000;

/** From common to rare, as words are: of the n-th there are about 1/n as many as of the first. */
const WORDS = (
  'the is on not my after and it since screen printer laptop does start slow network noise battery keyboard update password ' +
  'mail backup disk black error login offline connection paper sound camera mouse cable charger monitor driver install virus ' +
  'license phone tablet server router light fan hot broken cracked water coffee dropped lost stolen frozen crash restart loop ' +
  'folder file share access denied remote desktop meeting microphone speaker bluetooth usb port dock adapter display flicker ' +
  'pixel colour toner drum jam tray scanner fax label barcode till receipt drawer terminal card reader chip contactless'
).split(' ');
const HARMONIC = WORDS.reduce((sum, _, index) => sum + 1 / (index + 1), 0);

/** The same past every time: a small generator with a seed instead of `Math.random`. */
const generator = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const wordBy = (random: () => number): string => {
  let rest = random() * HARMONIC;
  const index = WORDS.findIndex((_, at) => (rest -= 1 / (at + 1)) < 0);
  return WORDS[index] ?? 'screen';
};

const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
const CATEGORIES = ['HARDWARE', 'SOFTWARE', 'NETWORK', 'ACCOUNT', 'QUESTION', 'OTHER'] as const;

interface Cast {
  readonly customers: readonly string[];
  readonly technicians: readonly string[];
  readonly random: () => number;
}

const copyOf = (template: TicketDocument, sequence: number, count: number, { customers, technicians, random }: Cast): TicketDocument => {
  const at = new Date(Date.now() - Math.round(((count - sequence + 1) / count) * 5 * YEAR_MS));
  const customer = Math.floor(random() * customers.length);
  const technician = technicians[Math.floor(random() * technicians.length)];
  const said = Array.from({ length: 14 }, () => wordBy(random));
  const names = [
    `family${customer}`,
    `person${customer % 997}`,
    `brand${customer % 12}`,
    `model${customer % 331}`,
    `sn${customer}x${sequence % 3}`,
  ];
  const urgency = 1 + Math.floor(random() * 4);
  const { queuedAs: _queue, slaTimerAt: _sla, silenceDueAt: _silence, autoCloseAt: _close, ...rest } = template;
  return {
    ...rest,
    status: 'CLOSED',
    stage: 'CLOSED',
    active: false,
    outbox: [],
    words: [...new Set([`tkt-past-${sequence}`, ...names, ...said])],
    activities: template.activities.slice(0, ACTIVITIES),
    _id: randomUUID(),
    numberSeries: 'past',
    numberSeq: sequence,
    ticketNumber: `TKT-PAST-${sequence}`,
    customerId: customers[customer],
    assetId: customers[customer],
    locationId: customers[customer],
    assignedToUserId: technician,
    holder: technician,
    priority: PRIORITIES[urgency - 1],
    urgency,
    category: CATEGORIES[Math.floor(random() * CATEGORIES.length)],
    createdAt: at,
    updatedAt: at,
    closedAt: at,
    dueOrder: at,
    slaDueAt: at,
  };
};

const idsFor = (count: number): readonly string[] => Array.from({ length: Math.max(1, Math.ceil(count)) }, () => randomUUID());

function* copies(template: TicketDocument, count: number): Generator<Uint8Array, void> {
  const cast = { customers: idsFor(count / TICKETS_PER_CUSTOMER), technicians: idsFor(TECHNICIANS), random: generator(count) };
  for (let sequence = 1; sequence <= count; sequence++) yield mongoose.mongo.BSON.serialize(copyOf(template, sequence, count, cast));
}

const templateIn = async (dataDir: string): Promise<TicketDocument> => {
  const server = await startEmbeddedMongo({ dataDir });
  const client = await new mongoose.mongo.MongoClient(server.url).connect();
  try {
    const found = await client
      .db(DATABASE)
      .collection<TicketDocument>(COLLECTION)
      .findOne({ numberSeries: { $ne: 'past' } });
    if (found === null) throw new Error('there is no ticket to copy');
    return found;
  } finally {
    await client.close();
    await server.stop();
  }
};

/** Adds `count` tickets to the installation in this data directory, which must not be running. */
export const addPast = async (dataDir: string, count: number, log: (text: string) => void): Promise<void> => {
  const mongo = join(dataDir, 'mongo');
  const startedAt = performance.now();
  await loadDocuments(mongo, { db: DATABASE, collection: COLLECTION }, copies(await templateIn(mongo), count), (text) =>
    log(`${Math.round((performance.now() - startedAt) / 1_000)} s: ${text}`),
  );
};
