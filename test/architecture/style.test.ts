import { expect } from 'chai';
import { manifest, plantTree, runNode, tsconfig, type Outcome } from './planted-tree.js';

const script = 'scripts/check-style.mjs';
const useCase = 'services/auth/src/user';

/** What is wrong, where, in which words, and what the check must say of it. */
const violations: readonly (readonly [name: string, file: string, text: string, complaint: string])[] = [
  [
    'an environment variable outside config.ts',
    `${useCase}/env.ts`,
    'export const a = process.env.PORT;',
    'Only config.ts reads the environment',
  ],
  [
    'the environment by import',
    `${useCase}/env-import.ts`,
    `import { env } from 'node:process';\nexport const a = env.PORT;`,
    'Use the global `process`',
  ],
  [
    'a signal handler in a service',
    `${useCase}/signal.ts`,
    `export const a = (): void => {\n  process.on('SIGTERM', a);\n};`,
    'Only shared/src/composition/run.ts',
  ],
  ['a default export', `${useCase}/default.ts`, 'const a = 1;\nexport default a;', 'Export by name'],
  ['a word with several meanings', `${useCase}/word.ts`, 'export const settleUser = (): number => 1;', 'This word meant several things'],
  ['a type named so', `${useCase}/word-type.ts`, 'export interface Wanted {\n  readonly a: string;\n}', 'This word meant several things'],
  [
    'parts of who knows what',
    `${useCase}/parts.ts`,
    'export interface UserParts {\n  readonly a: string;\n}',
    'This word meant several things',
  ],
  ['an enum', `${useCase}/enum.ts`, 'export enum A {\n  B,\n}', 'A union of string literals'],
  ['a barrel of everything', `${useCase}/index.ts`, `export * from './env.js';`, 'No barrels'],
  ['a barrel of names', `${useCase}/names.ts`, `export { a } from './env.js';`, 'No barrels'],
  [
    'a variable in a module',
    `${useCase}/variable.ts`,
    'let count = 0;\nexport const next = (): number => ++count;',
    'no state in a module',
  ],
  ['a cache in a module', `${useCase}/cache.ts`, 'export const cache = new Map<string, string>();', 'no collection in a module'],
  [
    'an event published by a use case',
    `${useCase}/publish.ts`,
    'export const a = (bus: { publish: () => void }): void => {\n  bus.publish();\n};',
    'Only the outbox relay publishes',
  ],
  ['the time read in a use case', `${useCase}/time.ts`, 'export const a = (): Date => new Date();', 'Time is an argument'],
  [
    'an empty catch',
    `${useCase}/catch.ts`,
    'export const a = (work: () => void): void => {\n  try {\n    work();\n  } catch {\n    // never mind\n  }\n};',
    'A catch that does nothing',
  ],
  [
    'a rejection thrown away',
    `${useCase}/rejection.ts`,
    'export const a = (work: Promise<void>): Promise<void> => work.catch(() => undefined);',
    'A catch that does nothing',
  ],
  [
    'the address that a proxy tells',
    `${useCase}/address.ts`,
    'export const a = (request: { ip: string }): string => request.ip;',
    'An address that a proxy tells',
  ],
  [
    'all addresses that proxies tell',
    `${useCase}/addresses.ts`,
    'export const a = (call: { req: { ips: string[] } }): string[] => call.req.ips;',
    'An address that a proxy tells',
  ],
  [
    'the address taken out of a request',
    `${useCase}/address-taken.ts`,
    'export const a = (request: { ip: string }): string => {\n  const { ip } = request;\n  return ip;\n};',
    'An address that a proxy tells',
  ],
  [
    'the address taken out of an argument',
    `${useCase}/address-argument.ts`,
    'interface Request {\n  readonly ip: string;\n}\nexport const a = ({ ip }: Request): string => ip;',
    'An address that a proxy tells',
  ],
  [
    'the address of the connection',
    `${useCase}/address-socket.ts`,
    'export const a = (request: { socket: { remoteAddress: string } }): string => request.socket.remoteAddress;',
    'An address that a proxy tells',
  ],
  [
    'the header of proxies',
    'gateway/src/address.ts',
    `export const a = (headers: Record<string, string>): unknown => headers['x-forwarded-for'];`,
    'An address that a proxy tells',
  ],
  [
    'the header of proxies by a method',
    'shared/src/http/address.ts',
    `export const a = (request: { get: (name: string) => string }): string => request.get('X-Forwarded-For');`,
    'An address that a proxy tells',
  ],
  ['any', `${useCase}/any.ts`, 'export const a = (value: any): unknown => value;', 'Unexpected any'],
  [
    'a promise nobody waits for',
    `${useCase}/floating.ts`,
    'export const a = (work: () => Promise<void>): void => {\n  work();\n};',
    'no-floating-promises',
  ],
  [
    'a rule switched off without a reason',
    `${useCase}/disabled.ts`,
    '// eslint-disable-next-line @typescript-eslint/no-explicit-any\nexport const a = (value: any): unknown => value;',
    'require-description',
  ],
  ['a focused test', 'services/auth/test/focus.test.ts', `describe.only('x', () => {\n  it('y', () => undefined);\n});`, 'Every test runs'],
  ['a skipped test', 'services/auth/test/skip.test.ts', `it.skip('y', () => undefined);`, 'Every test runs'],
  ['a title without when and then', 'services/auth/test/title.test.ts', `it('works', () => undefined);`, 'A test is titled'],
  ['a template title without when', 'services/auth/test/when.test.ts', 'it(`${1}, then 1`, () => undefined);', 'A test is titled'],
  ['a template title without then', 'services/auth/test/then.test.ts', 'it(`when ${1}`, () => undefined);', 'A test is titled'],
  [
    'a title of more than 100 characters',
    'services/auth/test/long.test.ts',
    `it('when it is ${'long '.repeat(20)}, then no', () => undefined);`,
    'A test is titled',
  ],
  [
    'a template title of more than 100 characters',
    'services/auth/test/long-template.test.ts',
    `it(\`when \${1} is ${'long '.repeat(20)}, then no\`, () => undefined);`,
    'A test is titled',
  ],
];

const fine: Readonly<Record<string, string>> = {
  'services/auth/src/config.ts': 'export const port = process.env.PORT;',
  'services/auth/test/fine.test.ts': `import { expect } from 'chai';\n\nit('when true, then true', () => {\n  expect(true).to.be.true;\n});`,
  'gateway/src/forward.ts': `export const a = (headers: Record<string, string>): void => {\n  headers['x-forwarded-for'] = '192.0.2.1';\n};`,
  'shared/src/http/client-address.ts': 'export const a = (request: { ip: string }): string => request.ip;',
  [`${useCase}/table.ts`]: `export const names = new Map([['a', 'b']]);`,
};

const checkPlanted = async (files: Readonly<Record<string, string>>): Promise<Outcome> => {
  const tree = await plantTree({
    ...files,
    'services/auth/package.json': manifest('@riparo/auth'),
    'services/auth/tsconfig.json': tsconfig(2),
    'gateway/package.json': manifest('@riparo/gateway'),
    'gateway/tsconfig.json': tsconfig(1),
    'shared/package.json': manifest('@riparo/shared'),
    'shared/tsconfig.json': tsconfig(1),
  });
  try {
    return await runNode(script, [], { cwd: tree.path });
  } finally {
    await tree.remove();
  }
};

/** What ESLint's report says under one file's name. */
const reportOf = (output: string, file: string): string =>
  output.split(/\n(?=\/)/).find((part) => part.split('\n')[0]?.endsWith(file)) ?? '';

describe('style rules', () => {
  it('when everything is as it should be, then nothing is found', async () => {
    const { code, output } = await checkPlanted(fine);
    expect(output).to.match(/\(5 TypeScript\), 0 faults/);
    expect(code).to.equal(0);
  });

  it('when there is no TypeScript to check, then it fails', async () => {
    const { code, output } = await checkPlanted({});
    expect(output).to.contain('there is no TypeScript file to check');
    expect(code).to.equal(1);
  });

  describe('with a violation of each', () => {
    let found: Outcome;
    before(async () => {
      found = await checkPlanted(Object.fromEntries(violations.map(([, file, text]) => [file, `${text}\n`])));
    });

    it('when all are checked, then it fails', () => {
      expect(found.code).to.equal(1);
    });

    for (const [name, file, , complaint] of violations) {
      it(`when there is ${name}, then it says so`, () => {
        expect(reportOf(found.output, file)).to.contain(complaint);
      });
    }
  });
});
