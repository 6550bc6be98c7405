import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Joi from 'joi';
import { ConfigError, defineConfig, key, loadConfig, secretKey, type Environment } from '../../src/config/load-config.js';
import { serviceKeys } from '../../src/config/process-keys.js';

const keys = {
  PORT: key<number>(Joi.number().port().default(8080), 'TCP port'),
  COLOUR: key<'red' | 'blue'>(Joi.string().valid('red', 'blue').required(), 'Colour of the door'),
  SECRET: secretKey<string | undefined>(Joi.string().min(8), 'Opens the door'),
};

const faultsOf = (env: Environment): readonly string[] => {
  try {
    loadConfig(keys, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe('configuration', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'riparo-config-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('when valid, then typed values with defaults', () => {
    expect(loadConfig(keys, { COLOUR: 'red', PORT: '1234' })).to.deep.equal({ PORT: 1234, COLOUR: 'red', SECRET: undefined });
  });

  it('when a variable is empty, then it counts as unset', () => {
    expect(loadConfig(keys, { COLOUR: 'red', PORT: '', SECRET: '' })).to.deep.equal({ PORT: 8080, COLOUR: 'red', SECRET: undefined });
  });

  it('when several are wrong, then all faults at once, each with its key and meaning, secrets unshown', () => {
    const faults = faultsOf({ PORT: 'x', COLOUR: 'green', SECRET: 'short' });
    expect(faults).to.have.lengthOf(3);
    expect(faults[0]).to.match(/^PORT: .*TCP port/);
    expect(faults[1]).to.match(/^COLOUR: .*red, blue.*Colour of the door/);
    expect(faults[2])
      .to.match(/^SECRET \(or SECRET_FILE\)/)
      .and.not.to.contain('short');
  });

  it('when a required one is missing, then it says so', () => {
    expect(faultsOf({}))
      .to.have.lengthOf(1)
      .and.to.satisfy(([fault]: string[]) => fault?.includes('COLOUR: is required'));
  });

  it('when a secret comes from a file, then its last line end is not part of it', () => {
    expect(loadConfig(keys, { COLOUR: 'red', SECRET_FILE: file('good', 'from a file\n') }).SECRET).to.equal('from a file');
  });

  it('when the file is not there, or the variable is set as well, then a fault', () => {
    expect(faultsOf({ COLOUR: 'red', SECRET_FILE: join(folder, 'nowhere') })[0]).to.match(/^SECRET_FILE: cannot read/);
    expect(faultsOf({ COLOUR: 'red', SECRET_FILE: file('both', 'from a file'), SECRET: 'from the env' })[0]).to.match(/not both/);
  });

  it('when a key is no secret, then _FILE means nothing', () => {
    expect(loadConfig(keys, { COLOUR: 'red', PORT_FILE: file('port', '1') }).PORT).to.equal(8080);
  });

  it('when printed, then every key with source and meaning, without secrets, also when faulty', () => {
    const text = defineConfig(keys, { SECRET: 'do not show this', COLOUR: 'green' }).print();
    expect(text)
      .to.contain('# TCP port (default)\nPORT=8080')
      .and.to.contain('SECRET=[hidden]')
      .and.to.match(/!! COLOUR/);
    expect(text).not.to.contain('do not show this');
  });

  it('when the keys of a service are printed, then connection strings hide their passwords', () => {
    const env = { MONGO_URL: 'mongodb://u:pw@db', AMQP_URL: 'amqp://u:pw@mq', INTERNAL_SECRET: 'x'.repeat(32) };
    expect(loadConfig(serviceKeys(4100), env)).to.include({ PORT: 4100, MONGO_URL: env.MONGO_URL, LOG_LEVEL: 'info' });
    expect(defineConfig(serviceKeys(4100), env).print()).not.to.contain('pw@');
  });
});
