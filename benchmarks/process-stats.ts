import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second on Linux (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
}

const readStat = (pid: number): Stat | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name may hold spaces; what follows its closing parenthesis does not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
  } catch {
    return undefined; // It ended between listing and reading.
  }
};

/** The process and all its descendants. */
export const processTree = (root: number): readonly number[] => {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const found = [root];
  for (const parent of found) found.push(...stats.filter((stat) => stat.parent === parent).map(({ pid }) => pid));
  return found;
};

/** CPU seconds that the processes have used so far, user and system. */
export const cpuSeconds = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + (readStat(pid)?.cpuSeconds ?? 0), 0);

/** Resident memory in MB. Anonymous memory is told apart, because pages of a memory map are the system's cache. */
export const memoryOf = (pids: readonly number[]): { readonly residentMb: number; readonly anonymousMb: number } => {
  const read = (pid: number, field: string): number => {
    try {
      return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return 0; // It ended meanwhile.
    }
  };
  const sum = (field: string): number => Math.round(pids.reduce((total, pid) => total + read(pid, field), 0));
  return { residentMb: sum('VmRSS'), anonymousMb: sum('RssAnon') };
};
