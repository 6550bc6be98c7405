/**
 * Rules of the house that no other tool holds: `node scripts/check-house.mjs [TREE]`.
 *
 * - Subjects of commits read `part: verb object`, 72 characters at most. Older commits than FROM are left as they are.
 * - A service's README has 60 lines at most: what it owns, offers, publishes, consumes, and how it is configured. What one
 *   of its nouns needs to say stands in a README beside the noun.
 * - Decisions under docs/adr are numbered without a hole.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './lib/workspace.mjs';

const tree = resolve(process.argv[2] ?? root);
const FROM = Date.parse('2026-11-28T12:00:00Z');
const LONGEST_SUBJECT = 72;
const LONGEST_README = 60;
const SUBJECT = /^[a-z][a-z0-9 ,:/.-]*: [a-z]/;

/** Commits since FROM as `[hash, subject]`; none where the tree is no repository, such as an unpacked archive. */
const commits = () => {
  if (!existsSync(join(tree, '.git'))) return [];
  const log = execFileSync('git', ['log', '--no-merges', '--format=%h%x09%at%x09%s'], { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 26 });
  return log
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([, at]) => Number(at) * 1000 >= FROM)
    .map(([hash, , ...subject]) => [hash, subject.join('\t')]);
};

const subjectFaults = commits().flatMap(([hash, subject]) => [
  ...(SUBJECT.test(subject) ? [] : [`${hash} "${subject}": a subject reads "part: verb object"`]),
  ...(subject.length <= LONGEST_SUBJECT ? [] : [`${hash} "${subject}": ${subject.length} characters, at most ${LONGEST_SUBJECT}`]),
]);

const namesIn = (folder) => (existsSync(join(tree, folder)) ? readdirSync(join(tree, folder)) : []);

const readmeFaults = namesIn('services').flatMap((service) => {
  const file = `services/${service}/README.md`;
  if (!existsSync(join(tree, file))) return [];
  const lines = readFileSync(join(tree, file), 'utf8').trimEnd().split('\n').length;
  return lines <= LONGEST_README ? [] : [`${file}: ${lines} lines, at most ${LONGEST_README}`];
});

const decisions = namesIn('docs/adr').flatMap((name) => (/^\d{4}-.+\.md$/.test(name) ? [name] : []));
const adrFaults = decisions.sort().flatMap((name, index) => {
  const wanted = String(index + 1).padStart(4, '0');
  return name.startsWith(wanted) ? [] : [`docs/adr/${name}: the next number is ${wanted}`];
});

const faults = [...subjectFaults, ...readmeFaults, ...adrFaults.slice(0, 1)];
for (const fault of faults) console.error(fault);
console.log(`${decisions.length} decisions, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
