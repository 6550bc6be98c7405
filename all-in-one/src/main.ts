import { run } from '@riparo/shared/composition/run';
import { configuration } from './config.js';
import { startAllInOne } from './start.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

await run({
  name: 'riparo',
  config: configuration,
  start: async (config, log) => {
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
