/**
 * Holds every TypeScript file of a tree to .dependency-cruiser.cjs: `node scripts/check-dependencies.mjs [TREE]`.
 * Packages must be built, since they import each other's compiled files. Fails when a file was not read, so that a
 * parser that no longer understands the sources cannot pass for a clean tree.
 */
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import rules from '../.dependency-cruiser.cjs';
import { root, sourceFiles } from './lib/workspace.mjs';

const tree = resolve(process.argv[2] ?? root);
const { forbidden, options } = rules;
const files = sourceFiles(tree, (path) => path.endsWith('.ts')).filter((path) => !path.startsWith('scripts/'));

/** What is wrong with the check itself. */
const faultsOfTheCheck = (modules) => {
  if (files.length === 0) return ['there is no TypeScript file to check'];
  const seen = new Set(modules.map(({ source }) => source));
  const unseen = files.filter((file) => !seen.has(file));
  const imports = modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  return [...unseen.map((file) => `not read: ${file}`), ...(imports === 0 ? ['not one import was found'] : [])];
};

const check = async () => {
  if (files.length === 0) return { modules: 0, faults: faultsOfTheCheck([]) };
  const { output } = await cruise(files, { ...options, baseDir: tree, validate: true, ruleSet: { forbidden } });
  const { modules, summary } = output;
  const violations = summary.violations.map(({ rule, from, to, cycle }) =>
    [`${rule.name}: ${from} → ${to}`, ...(cycle ?? []).map(({ name }) => `    → ${name}`)].join('\n'),
  );
  return { modules: files.length, imports: summary.totalDependenciesCruised, faults: [...faultsOfTheCheck(modules), ...violations] };
};

const { modules, imports, faults } = await check();
for (const fault of faults) console.error(fault);
for (const { name, comment } of forbidden.filter(({ name }) => faults.some((fault) => fault.startsWith(`${name}:`)))) {
  console.error(`\n${name}: ${comment}`);
}
console.log(`${modules} files, ${imports ?? 0} imports, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
