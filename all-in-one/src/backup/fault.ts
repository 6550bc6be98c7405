/** What a person can mend: told as one sentence and exit code 1. Anything else thrown is a fault of the program. */
export interface Fault extends Error {
  readonly name: 'Fault';
}

/** `fault('The disk is full.')`. */
export const fault = (sentence: string, cause?: unknown): Fault =>
  Object.assign(new Error(sentence, { cause }), { name: 'Fault' as const });

/** The system's words for what somebody has to mend: rights, space, devices. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'this user may not do that',
  EPERM: 'this user may not do that',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk can only be read',
  EIO: 'the disk fails',
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'part of the path is no directory',
  EISDIR: 'it is a directory',
};

/** One sentence for any error. */
export const sentenceOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : SYSTEM[code];
  return known === undefined ? error.message : `${path === undefined ? '' : `${path}: `}${known} (${code}).`;
};
