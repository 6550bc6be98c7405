/** Run as a process by the crash tests: serves a directory until it is killed. Arguments: the data directory. */
import { startEmbeddedMongo } from '../src/index.js';

const [dataDir = ''] = process.argv.slice(2);
const server = await startEmbeddedMongo({ dataDir, worker: false });
process.stdout.write(`${server.url}\n`);
