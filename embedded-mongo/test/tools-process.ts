/** Run as a process by the tests under load: backs up and verifies a served directory, and its backups, until it has been at it for so long. */
import { rmSync } from 'node:fs';
import { backupCommand, verifyCommand } from '../src/data-commands.js';

const [dataDir = '', backup = '', milliseconds = ''] = process.argv.slice(2);
const end = Date.now() + Number(milliseconds);
while (Date.now() < end) {
  await verifyCommand(dataDir);
  await backupCommand(dataDir, backup);
  await verifyCommand(backup);
  rmSync(backup);
}
