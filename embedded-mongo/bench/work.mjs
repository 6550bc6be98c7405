// What the bench asks of the server, the same in every process that drives it.

const filler = 'x'.repeat(380);
const status = ['new', 'open', 'waiting', 'done'];

/** A document of about 500 bytes. */
export const build = (n, id = `id-${n}`) => ({
  _id: id,
  n,
  tenant: `t${n % 10}`,
  status: status[n % 4],
  group: n % 100,
  at: new Date(1.6e12 + n * 1000),
  filler,
});

const random = (total) => Math.floor(Math.random() * total);

/** One operation each; `total` documents are there. */
export const operations = {
  page: (db, { total }) => {
    const from = random(total);
    return db
      .collection('items')
      .find({ tenant: `t${from % 10}`, at: { $lte: new Date(1.6e12 + from * 1000) } })
      .sort({ at: -1 })
      .limit(25)
      .toArray();
  },
  findById: (db, { total }) => db.collection('items').findOne({ _id: `id-${random(total)}` }),
  insert: (db, { mark }, n) => db.collection('inserts').insertOne(build(n, `${mark}-${n}`)),
};

/** Repeats one operation in `lanes` loops at once for some seconds. */
export async function drive(db, { operation, lanes, seconds, ...options }) {
  const work = operations[operation];
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (performance.now() < end) await work(db, options, done++);
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: lanes }, lane));
  const { user, system } = process.cpuUsage(before);
  return { done, rate: (done * 1000) / (performance.now() - start), cpu: user + system };
}
