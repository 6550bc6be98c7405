import { closeStore, openBeside } from '../src/storage/store.js';

/** Opens the data of a directory that is being served, again and again: `opening-process.js DIR TIMES`. */
const [dataDir = '', times = '0'] = process.argv.slice(2);
for (let time = 0; time < Number(times); time++) await closeStore(await openBeside(dataDir));
