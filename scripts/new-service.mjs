/**
 * `npm run new:service -- NAME ["what it owns"]`: a service that builds, runs and is tested, from
 * scripts/templates/service, with one noun as an example. `--no-install` leaves out linking it with `npm install`.
 */
import { passwordVariable } from './lib/broker-users.mjs';
import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from './lib/catalogue.mjs';
import { checkNode } from './lib/check-node.mjs';
import { runOrExit } from './lib/run.mjs';
import { readJson, root, sourceFiles } from './lib/workspace.mjs';

checkNode();
const [name, description = 'Says in one sentence what it owns.'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folder = join(root, 'services', name ?? '');

const refuse = (reason) => {
  process.stderr.write(`${reason}\nUsage: npm run new:service -- NAME ["what it owns"], NAME in kebab-case such as loan-desk.\n`);
  process.exit(1);
};
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? '')) refuse(`"${name ?? ''}" cannot be a service's name.`);
if (existsSync(folder)) refuse(`services/${name} is already there.`);

const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const pascal = camel[0].toUpperCase() + camel.slice(1);
const port = 4101 + catalogue({}).length;
const values = {
  __name__: name,
  __camel__: camel,
  __Name__: pascal,
  __port__: String(port),
  __description__: description,
  __joi__: readJson(join(root, 'shared', 'package.json')).dependencies.joi,
};
const fill = (text) => Object.entries(values).reduce((filled, [mark, value]) => filled.replaceAll(mark, value), text);

cpSync(join(root, 'scripts', 'templates', 'service'), folder, { recursive: true });
for (const path of sourceFiles(folder)) writeFileSync(join(folder, path), fill(readFileSync(join(folder, path), 'utf8')));

/** In front of the gateway's, so that services stay together. */
const addReference = () => {
  const file = join(root, 'tsconfig.json');
  const config = readJson(file);
  const at = config.references.findLastIndex(({ path }) => path.startsWith('services/')) + 1;
  config.references.splice(at, 0, { path: `services/${name}` });
  writeFileSync(`${file}.new`, `${JSON.stringify(config, null, 2)}\n`);
  renameSync(`${file}.new`, file);
};
addReference();

await runOrExit(process.execPath, [
  join(root, 'node_modules/prettier/bin/prettier.cjs'),
  '--write',
  '--log-level=warn',
  `services/${name}`,
  'tsconfig.json',
]);
if (!process.argv.includes('--no-install')) await runOrExit('npm', ['install', '--no-fund', '--no-audit', '--loglevel=error']);

process.stdout.write(`services/${name} is there. Two things are yours to add:

1. shared/src/contracts/topology.ts, the catalogue of services and of the events each wants:
     ${/-/.test(name) ? `'${name}'` : name}: types([SessionsRevoked]),
2. docker-compose.yml, its container (and ${passwordVariable(name)} for broker-users, there and in .env.example):
     ${name}:
       <<: *process
       command: [node, services/${name}/dist/src/main.js]
       environment:
         <<: *service-environment
         AMQP_URL: amqp://${name}:\${${passwordVariable(name)}:?run node scripts/make-env.mjs first}@rabbitmq:5672
         PORT: ${port}

Then: npm test -- ${name}
`);
