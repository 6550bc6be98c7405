import { expect } from 'chai';
import { manifest, plantTree, runNode, type Outcome } from './planted-tree.js';

const script = 'scripts/check-dependencies.mjs';
const packages = {
  '@riparo/shared': 'shared',
  '@riparo/tickets': 'services/tickets',
  '@riparo/all-in-one': 'all-in-one',
  '@riparo/gateway': 'gateway',
  'embedded-mongo': 'embedded-mongo',
};

/** Each package with one compiled file, for planted files to import. */
const surroundings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(packages).map(([name, folder]) => [`${folder}/package.json`, manifest(name)])),
  ...Object.fromEntries(Object.values(packages).map((folder) => [`${folder}/dist/src/thing.js`, 'export const thing = 1;'])),
  'services/auth/package.json': manifest('@riparo/auth', { mongoose: '1', express: '1', mongodb: '1', amqplib: '1', 'csv-stringify': '1' }),
  'shared/dist/src/messaging/bus.js': 'export const bus = 1;',
  'shared/dist/src/testing/platform.js': 'export const platform = 1;',
  'benchmarks/package.json': manifest('@riparo/benchmarks'),
};

const uses = (module: string): string => `import { thing } from '${module}';\nexport const used = thing;\n`;

/** rule → the file that breaks it and what is in it. */
const violations: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['services-stand-alone', 'services/auth/src/by-name.ts', uses('@riparo/tickets/thing')],
  ['services-stand-alone', 'services/auth/src/by-path.ts', uses('../../tickets/dist/src/thing.js')],
  [
    'services-stand-alone',
    'services/auth/test/type-only.test.ts',
    `import type { thing } from '@riparo/tickets/thing';\nexport type Used = typeof thing;\n`,
  ],
  ['shared-knows-no-service', 'shared/src/a.ts', uses('@riparo/tickets/thing')],
  ['embedded-mongo-stands-alone', 'embedded-mongo/src/a.ts', uses('@riparo/shared/thing')],
  ['only-all-in-one-composes', 'gateway/src/a.ts', uses('@riparo/tickets/thing')],
  ['only-all-in-one-composes', 'benchmarks/a.ts', uses('@riparo/tickets/thing')],
  ['services-know-no-composition', 'services/auth/src/composer.ts', uses('@riparo/all-in-one/thing')],
  ['services-know-no-gateway', 'services/auth/src/gateway.ts', uses('@riparo/gateway/thing')],
  ['shared-runs-without-embedded-mongo', 'shared/src/http/a.ts', uses('embedded-mongo/thing')],
  ['testing-is-for-tests', 'services/auth/src/bench.ts', uses('@riparo/shared/testing/platform')],
  ['decisions-are-pure', 'services/auth/src/user/user.ts', `import type { Model } from 'mongoose';\nexport type Used = Model<unknown>;\n`],
  [
    'decisions-are-pure',
    'services/auth/src/user/decide-removal.ts',
    `import type { Model } from 'mongoose';\nexport type Used = Model<unknown>;\n`,
  ],
  ['decisions-use-no-plumbing', 'services/auth/src/session/session.ts', uses('@riparo/shared/messaging/bus')],
  ['decisions-do-no-io', 'services/auth/src/lock/lock.ts', `import { readFileSync } from 'node:fs';\nexport const used = readFileSync;\n`],
  [
    'driver-behind-persistence',
    'services/auth/src/user/find-user.ts',
    `import { MongoClient } from 'mongodb';\nexport const used = MongoClient;\n`,
  ],
  ['broker-behind-messaging', 'services/auth/src/queue.ts', `import { connect } from 'amqplib';\nexport const used = connect;\n`],
  ['shared-one-way', 'shared/src/persistence/b.ts', `import type { used } from '../http/a.js';\nexport type Used = typeof used;\n`],
  [
    'tickets-one-way',
    'services/tickets/src/ticket/b.ts',
    `import type { used } from '../appointment/slot/a.js';\nexport type Used = typeof used;\n`,
  ],
  [
    'notifications-one-way',
    'services/notifications/src/notification/b.ts',
    `import type { used } from '../delivery/a.js';\nexport type Used = typeof used;\n`,
  ],
  [
    'embedded-mongo-one-way',
    'embedded-mongo/src/bson/b.ts',
    `import type { used } from '../storage/a.js';\nexport type Used = typeof used;\n`,
  ],
  [
    'embedded-mongo-one-way',
    'embedded-mongo/src/wire/b.ts',
    `import type { used } from '../server.js';\nexport type Used = typeof used;\n`,
  ],
  [
    'embedded-mongo-layers',
    'embedded-mongo/src/attic/b.ts',
    `import type { used } from '../storage/a.js';\nexport type Used = typeof used;\n`,
  ],
  ['one-csv-writer', 'services/auth/src/table.ts', `import { stringify } from 'csv-stringify/sync';\nexport const used = stringify;\n`],
  ['one-pdf-writer', 'services/auth/src/sheet.ts', `import PDFDocument from 'pdfkit';\nexport const used = PDFDocument;\n`],
  ['resolvable', 'services/auth/src/lost.ts', uses('./nowhere.js')],
  ['declared', 'services/auth/src/undeclared.ts', `import { DateTime } from 'luxon';\nexport const used = DateTime;\n`],
  ['declared', 'services/auth/src/tool.ts', `import { expect } from 'chai';\nexport const used = expect;\n`],
];

/** What the rules must leave alone; types may go round and be named anywhere. */
const fine: Readonly<Record<string, string>> = {
  'services/auth/src/user/user.ts': uses('@riparo/shared/thing'),
  'services/auth/src/session/session.ts': `import type { bus } from '@riparo/shared/messaging/bus';\nimport type { Lock } from '../lock/lock.js';\nexport type Session = typeof bus | Lock;\n`,
  'services/auth/src/lock/lock.ts': `import type { Session } from '../session/session.js';\nexport type Lock = Session | undefined;\n`,
  'services/auth/src/user/user.repository.ts': `import { Schema } from 'mongoose';\nimport type { Filter } from 'mongodb';\nexport const used = Schema;\nexport type Used = Filter<object>;\n`,
  'services/auth/test/user.test.ts': `import { expect } from 'chai';\nimport { platform } from '@riparo/shared/testing/platform';\nexpect(platform).to.equal(1);\n`,
  'all-in-one/src/main.ts': `${uses('@riparo/tickets/thing')}export { thing as other } from '@riparo/gateway/thing';\n`,
  'shared/src/testing/bench.ts': uses('embedded-mongo/thing'),
};

const circle: Readonly<Record<string, string>> = {
  'shared/src/hen.ts': `import { egg } from './egg.js';\nexport const hen = (): unknown => egg;\n`,
  'shared/src/egg.ts': `import { hen } from './hen.js';\nexport const egg = (): unknown => hen;\n`,
};

/** Circles of types only, which are fine elsewhere. */
const circleOfTypes: Readonly<Record<string, string>> = {
  'embedded-mongo/src/query/hen.ts': `import type { Egg } from './egg.js';\nexport type Hen = Egg | undefined;\n`,
  'embedded-mongo/src/query/egg.ts': `import type { Hen } from './hen.js';\nexport type Egg = Hen | undefined;\n`,
};

const above: Readonly<Record<string, string>> = {
  'services/tickets/src/appointment/slot/a.ts': 'export const used = 1;\n',
  'services/notifications/src/delivery/a.ts': 'export const used = 1;\n',
  'embedded-mongo/src/storage/a.ts': 'export const used = 1;\n',
  'embedded-mongo/src/server.ts': 'export const used = 1;\n',
};

const checkPlanted = async (files: Readonly<Record<string, string>>): Promise<Outcome> => {
  const tree = await plantTree({ ...surroundings, ...files }, packages);
  try {
    return await runNode(script, [], { cwd: tree.path });
  } finally {
    await tree.remove();
  }
};

/** The check of Riparo's own tree is a step of `npm test`. */
describe('dependency rules', () => {
  it('when every import is allowed, then nothing is found', async () => {
    const { code, output } = await checkPlanted(fine);
    expect(output).to.contain('7 files').and.contain('0 faults');
    expect(code).to.equal(0);
  });

  it('when there is nothing to check, then it fails', async () => {
    const { code, output } = await checkPlanted({});
    expect(output).to.contain('there is no TypeScript file to check');
    expect(code).to.equal(1);
  });

  it('when the tool no longer reads TypeScript, then it fails', async () => {
    const blind = `module.exports = { forbidden: [], options: { exclude: { path: '[.]ts$' } } };`;
    const { code, output } = await checkPlanted({ ...fine, '.dependency-cruiser.cjs': blind });
    expect(output).to.contain('not read: services/auth/src/user/user.ts');
    expect(code).to.equal(1);
  });

  describe('with a violation of each', () => {
    let found: Outcome;
    before(async () => {
      found = await checkPlanted({
        ...circle,
        ...circleOfTypes,
        ...above,
        ...Object.fromEntries(violations.map(([, file, text]) => [file, text])),
      });
    });

    it('when all are checked, then it fails', () => {
      expect(found.code).to.equal(1);
    });

    for (const [rule, file, text] of violations) {
      it(`when ${file} has "${text.split('\n')[0] ?? ''}", then ${rule}`, () => {
        expect(found.output).to.match(new RegExp(`^${rule}: ${file} → `, 'm'));
      });
    }

    it('when two files import each other, then no-cycle', () => {
      expect(found.output).to.match(/no-cycle: shared\/src\/(hen|egg).ts → shared\/src\/(hen|egg).ts/);
    });

    it('when two types of embedded-mongo need each other, then embedded-mongo-no-circle', () => {
      expect(found.output).to.match(/embedded-mongo-no-circle: embedded-mongo\/src\/query\/(hen|egg).ts → /);
    });
  });
});
