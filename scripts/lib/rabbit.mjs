import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const places = ['/usr/sbin', '/usr/local/sbin', '/usr/lib/rabbitmq/bin', '/opt/homebrew/sbin'];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** True when tests can have a RabbitMQ: binaries to start nodes of their own from, or a server they are told of. */
export const hasRabbit = (env = process.env) =>
  Boolean(env.TEST_AMQP_URL) ||
  [...(env.PATH ?? '').split(delimiter), ...places].some((folder) => isExecutable(join(folder, 'rabbitmq-server')));

/** What to do when `hasRabbit` is false. */
export const rabbitAdvice = [
  'RabbitMQ is not on this machine: the tests that need a broker are left out.',
  'Get it with `apt-get install rabbitmq-server` (Debian, Ubuntu) or `brew install rabbitmq` (macOS); it need not run.',
  'Or point TEST_AMQP_URL to a server, e.g. `docker run -p 5672:5672 rabbitmq:3.13` and amqp://127.0.0.1:5672.',
].join('\n');
