import bcrypt from 'bcryptjs';

/** One piece of work for a hashing thread. Both texts have at most 72 bytes. */
export type HashJob =
  | { readonly kind: 'hash'; readonly text: string; readonly cost: number }
  | { readonly kind: 'compare'; readonly text: string; readonly hash: string };

/** Runs in a worker thread, where the synchronous functions are the fast ones. */
const run = (job: HashJob): string | boolean =>
  job.kind === 'hash' ? bcrypt.hashSync(job.text, job.cost) : bcrypt.compareSync(job.text, job.hash);

// eslint-disable-next-line no-restricted-syntax -- piscina calls a worker file's default export
export default run;
