/** The process that `run.test.ts` starts: what it does hangs on `DEMO`, as a real one's on its surroundings. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Joi from 'joi';
import { defineConfig, key, secretKey } from '../../src/config/load-config.js';
import { httpKeys } from '../../src/config/process-keys.js';
import { listen } from '../../src/composition/http-server.js';
import { run } from '../../src/composition/run.js';

const keys = {
  ...httpKeys(0),
  DEMO: key<string>(Joi.string().default('serve'), 'What to do'),
  FOLDER: key<string>(Joi.string().default(''), 'Where to write'),
  KEY: secretKey<string>(Joi.string().required(), 'A secret'),
};

const later = (work: () => void): void => void setTimeout(work, 1);

await run({
  name: 'demo',

  config: defineConfig(keys, process.env),
  start: async ({ DEMO, FOLDER, PORT }, log) => {
    if (DEMO === 'fail') throw new Error('no database');
    if (DEMO === 'throw')
      later(() => {
        throw new Error('nobody catches this');
      });
    if (DEMO === 'reject') later(() => void Promise.reject(new Error('nobody awaits this')));
    if (DEMO === 'write') {
      await mkdir(join(FOLDER, 'mail'));
      await writeFile(join(FOLDER, 'mail', 'one.eml'), 'a link that lets its reader in');
    }
    const server = await listen(
      (_request, response) => {
        log.info('request came');
        setTimeout(() => response.end('answered'), 300);
      },
      { port: PORT },
    );
    log.info({ port: server.port }, 'ready');
    return {
      stop: async () => {
        if (DEMO === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
        await server.close();
      },
    };
  },
});
