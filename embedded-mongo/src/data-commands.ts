import { backUp, restore, verify } from './tools.js';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export async function backupCommand(dataDir: string, to: string): Promise<void> {
  await backUp(dataDir, to);
  print(`backed up ${dataDir} to ${to}`);
}

export async function restoreCommand(from: string, dataDir: string): Promise<void> {
  await restore(from, dataDir);
  print(`restored ${from} into ${dataDir}`);
}

/** True if all is well. */
export async function verifyCommand(path: string): Promise<boolean> {
  const report = await verify(path);
  for (const fault of report.faults) print(`fault: ${fault}`);
  print(
    `${report.faults.length === 0 ? 'sound' : 'NOT sound'}: ${report.collections} collections, ${report.documents} documents, ${report.indexEntries} index entries`,
  );
  return report.faults.length === 0;
}
