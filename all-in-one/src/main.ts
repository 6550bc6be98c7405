import { run } from '@riparo/shared/composition/run';
import { configuration } from './config.js';
import { DemoRefused, prepareDemo, refuseIncomplete } from './demo/prepare-demo.js';
import { startAllInOne } from './start.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A refusal is a sentence for whoever started it, not a fault of the program with a stack. */
const orSayWhyNot = async (work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DemoRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

await run({
  name: 'riparo',
  config: configuration,
  start: async (config, log) => {
    const isDemo = process.argv.includes('--demo');
    await orSayWhyNot(isDemo ? prepareDemo({ config, log, say }) : refuseIncomplete(config));
    const running = await startAllInOne({
      config,
      log,
      onInitialAdmin: ({ email, password }) => {
        // The password is shown here and nowhere else: the log is kept and must not hold it.
        if (password !== undefined) say(`SUPER_ADMIN ${email} was made with the password ${password}`);
      },
      onDatabaseFailure: (error) => {
        throw error;
      },
    });
    say(`Riparo is ready on http://localhost:${running.port}`);
    return running;
  },
});
