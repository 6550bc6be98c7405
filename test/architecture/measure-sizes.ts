import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './planted-tree.js';

const { sourceFiles } = (await import(join(root, 'scripts/lib/workspace.mjs'))) as {
  readonly sourceFiles: (folder: string, matches: (path: string) => boolean) => readonly string[];
};

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
const sizes: readonly (readonly [pattern: RegExp, sizes: Sizes])[] = [
  [/./, source],
  [/(^|\/)test\/|^benchmarks\//, tests],
  [/^services\/[^/]+\/src\/service\.ts$/, service],
  [/^services\/[^/]+\/src\/(.*\.)?routes\.ts$/, table],
];

const sizesOf = (path: string): Sizes => sizes.findLast(([pattern]) => pattern.test(path))?.[1] ?? source;

const isMeasured = (path: string): boolean =>
  path.endsWith('.ts') && !path.startsWith('scripts/') && path !== 'clients/typescript/src/schema.ts';

/** Something of a file that has a size, and the line that tells where. */
interface Extent {
  readonly line: number;
  readonly what: keyof Sizes;
  readonly size: number;
}

const isFunction = (node: ts.Node): boolean =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && !ts.isClassStaticBlockDeclaration(node);

/** `else if` goes on with the `if` before it. */
const isBlock = (node: ts.Node): boolean =>
  (ts.isIfStatement(node) && !ts.isIfStatement(node.parent)) ||
  ts.isIterationStatement(node, false) ||
  [ts.SyntaxKind.SwitchStatement, ts.SyntaxKind.TryStatement, ts.SyntaxKind.WithStatement].includes(node.kind);

/**
 * Lines of a function without those of the functions in it: a factory that only holds a port's functions, or a
 * `describe` that holds tests, is as short as what it says itself. And how deep blocks lie in each other within it.
 */
const extentsOf = (file: ts.SourceFile): readonly Extent[] => {
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const found: Extent[] = [];
  /** Resolves to the lines of the functions below the node, for the function around them. */
  const walk = (node: ts.Node, depth: number): number => {
    const line = lineOf(node.getStart(file));
    const inFunction = isFunction(node) || ts.isClassStaticBlockDeclaration(node);
    const below = inFunction ? 0 : depth + (isBlock(node) ? 1 : 0);
    if (below > depth) found.push({ line, what: 'depth', size: below });
    let inner = 0;
    ts.forEachChild(node, (child) => void (inner += walk(child, below)));
    if (!isFunction(node)) return inner;
    const whole = lineOf(node.end) - line + 1;
    found.push({ line, what: 'functionLines', size: whole - inner });
    return Math.max(0, whole - 1);
  };
  walk(file, 0);
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  return [...found, { line: lines, what: 'lines', size: lines }];
};

const tell = ({ what, size }: Extent, max: number): string => {
  if (what === 'lines') return `File has too many lines (${size}). Maximum allowed is ${max}.`;
  if (what === 'depth') return `Blocks are nested too deeply (${size}). Maximum allowed is ${max}.`;
  return `Function has ${size} lines of its own. Maximum allowed is ${max}.`;
};

const describeFaults = (path: string, extents: readonly Extent[], which: keyof Size): readonly string[] =>
  extents
    .map((extent) => ({ extent, max: sizesOf(path)[extent.what][which] }))
    .filter(({ extent, max }) => extent.size > max)
    .map(({ extent, max }) => `${path}:${extent.line}: ${tell(extent, max)}`);

export interface Measured {
  readonly files: number;
  /** Over the aim: worth splitting by verb. */
  readonly hints: readonly string[];
  /** Over the limit. */
  readonly faults: readonly string[];
}

const OPTIONS: ts.CompilerOptions = { noResolve: true, noLib: true, types: [] };

/**
 * Measures every TypeScript file of a tree against the sizes that the house style aims at. With the compiler's parser
 * alone: ESLint takes eight times as long for it.
 */
export const measureSizes = async (tree: string): Promise<Measured> => {
  const paths = sourceFiles(tree, isMeasured);
  if (paths.length === 0) throw new Error(`no TypeScript file under ${tree}: ${(await readdir(tree)).join(', ')}`);
  const rootNames = paths.map((path) => join(tree, path));
  const program = ts.createProgram({ rootNames, options: OPTIONS, host: ts.createCompilerHost(OPTIONS, true) });
  const measured = paths.map((path) => {
    const file = program.getSourceFile(join(tree, path));
    if (file === undefined) throw new Error(`${path} is not read`);
    const unreadable = program
      .getSyntacticDiagnostics(file)
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
    const extents = extentsOf(file);
    const faultsOf = (which: keyof Size): readonly string[] => [...unreadable, ...describeFaults(path, extents, which)];
    return { hints: faultsOf('aim'), faults: faultsOf('limit') };
  });
  return { files: paths.length, hints: measured.flatMap(({ hints }) => hints), faults: measured.flatMap(({ faults }) => faults) };
};
