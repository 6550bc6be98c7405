import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ESLint, type Linter, type Rule } from 'eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import tseslint from 'typescript-eslint';

/** What a size is held to: over `aim` it is told, over `limit` it fails. */
interface Size {
  readonly aim: number;
  readonly limit: number;
}

interface Sizes {
  readonly lines: Size;
  readonly functionLines: Size;
  readonly depth: Size;
}

const source: Sizes = { lines: { aim: 200, limit: 300 }, functionLines: { aim: 30, limit: 60 }, depth: { aim: 3, limit: 4 } };
const service: Sizes = { ...source, lines: { aim: 60, limit: 90 }, functionLines: { aim: 40, limit: 60 } };
const tests: Sizes = { lines: { aim: 300, limit: 450 }, functionLines: { aim: 60, limit: 120 }, depth: { aim: 3, limit: 4 } };

/** A table is as long as what it lists: one line per endpoint. */
const table: Sizes = { ...source, functionLines: { aim: 200, limit: 300 } };

/** From the general to the particular: the last that matches holds. */
const sizes: readonly (readonly [patterns: string[], sizes: Sizes])[] = [
  [['**/*.ts'], source],
  [['**/test/**/*.ts', 'test/**/*.ts', 'benchmarks/**/*.ts'], tests],
  [['services/*/src/service.ts'], service],
  [['services/*/src/routes.ts', 'services/*/src/**/*.routes.ts'], table],
];

/**
 * Lines of a function without those of the functions in it: a factory that only holds a port's functions, or a
 * `describe` that holds tests, is as short as what it says itself.
 */
const ownLines: Rule.RuleModule = {
  meta: { schema: [{ type: 'integer' }] },
  create: (context) => {
    const max = context.options[0] as number;
    const inner = [0];
    const enter = (): void => void inner.push(0);
    const leave = (node: Rule.Node): void => {
      const whole = (node.loc?.end.line ?? 0) - (node.loc?.start.line ?? 0) + 1;
      const own = whole - (inner.pop() ?? 0);
      inner.push((inner.pop() ?? 0) + Math.max(0, whole - 1));
      if (own > max) context.report({ node, message: `Function has ${own} lines of its own. Maximum allowed is ${max}.` });
    };
    const kinds = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
    return Object.fromEntries(
      kinds.flatMap((kind) => [
        [kind, enter],
        [`${kind}:exit`, leave],
      ]),
    );
  },
};

const builtin = (name: string): Rule.RuleModule => {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other door leads to a rule that is to run twice
  const rule = builtinRules.get(name);
  if (rule === undefined) throw new Error(`ESLint has no rule ${name}`);
  return rule;
};

/** Both measures in one run, since reading the tree takes longest: each under a name of its own. */
const MEASURES = ['aim', 'limit'] as const;

const rulesOf = ({ lines, functionLines, depth }: Sizes): Linter.RulesRecord =>
  Object.fromEntries(
    MEASURES.flatMap((which) => [
      [`${which}/max-lines`, ['error', { max: lines[which], skipBlankLines: false, skipComments: false }]],
      [`${which}/own-lines`, ['error', functionLines[which]]],
      [`${which}/max-depth`, ['error', { max: depth[which] }]],
    ]),
  ) as Linter.RulesRecord;

const measuring = { rules: { 'max-lines': builtin('max-lines'), 'max-depth': builtin('max-depth'), 'own-lines': ownLines } };

const lint = async (tree: string): Promise<readonly ESLint.LintResult[]> => {
  const eslint = new ESLint({
    cwd: tree,
    overrideConfigFile: true,
    allowInlineConfig: false,
    errorOnUnmatchedPattern: false,
    overrideConfig: [
      { ignores: ['**/dist/', '**/data/', '**/coverage/', 'scripts/', 'clients/typescript/src/schema.ts'] },
      {
        files: ['**/*.ts'],
        languageOptions: { parser: tseslint.parser },
        plugins: Object.fromEntries(MEASURES.map((which) => [which, measuring])),
      },
      ...sizes.map(([files, held]): Linter.Config => ({ files, rules: rulesOf(held) })),
    ],
  });
  return eslint.lintFiles(['**/*.ts']);
};

const describeFaults = (tree: string, results: readonly ESLint.LintResult[], which: keyof Size): readonly string[] =>
  results.flatMap(({ filePath, messages }) =>
    messages
      // A file that cannot be read is reported by no rule.
      .filter(({ ruleId }) => ruleId === null || ruleId.startsWith(`${which}/`))
      .map(({ line, message }) => `${filePath.slice(tree.length + 1)}:${line}: ${message}`),
  );

export interface Measured {
  readonly files: number;
  /** Over the aim: worth splitting by verb. */
  readonly hints: readonly string[];
  /** Over the limit. */
  readonly faults: readonly string[];
}

/** Measures every TypeScript file of a tree against the sizes that the house style aims at. */
export const measureSizes = async (tree: string): Promise<Measured> => {
  const results = await lint(tree);
  if (results.length === 0) throw new Error(`no TypeScript file under ${tree}: ${(await readdir(join(tree))).join(', ')}`);
  return { files: results.length, hints: describeFaults(tree, results, 'aim'), faults: describeFaults(tree, results, 'limit') };
};
