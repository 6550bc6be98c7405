import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const usualPlaces = ['/usr/lib/rabbitmq/bin', '/opt/rabbitmq/sbin', '/opt/homebrew/sbin', '/usr/local/sbin', '/usr/sbin'];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** True when tests can start RabbitMQ nodes of their own (shared/src/testing/rabbit-node.ts). */
export const hasRabbit = (path = process.env.PATH ?? '', places = usualPlaces) =>
  [...places, ...path.split(delimiter)].some((folder) => isExecutable(join(folder, 'rabbitmq-server')));

/** What to do when `hasRabbit` is false. */
export const rabbitAdvice = [
  'RabbitMQ is not on this machine: the tests that need a broker are left out.',
  'Get it with `apt-get install rabbitmq-server` (Debian, Ubuntu) or `brew install rabbitmq` (macOS); it need not run.',
].join('\n');
