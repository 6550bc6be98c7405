import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders of the broker's own scripts come first: Debian's script in /usr/sbin insists on its own user. */
const PLACES = [
  '/usr/lib/rabbitmq/bin',
  '/opt/rabbitmq/sbin',
  '/opt/homebrew/sbin',
  '/usr/local/sbin',
  ...(process.env.PATH ?? '').split(delimiter),
];

export interface RabbitBinaries {
  readonly found: boolean;
  /** The folder of `rabbitmq-server` and `rabbitmqctl`. */
  readonly folder?: string;
  /** How to install the binaries. */
  readonly advice: string;
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Whether this machine can start RabbitMQ nodes. */
export const rabbitBinaries = (): RabbitBinaries => {
  const folder = PLACES.find((place) => place !== '' && isExecutable(join(place, 'rabbitmq-server')));
  const advice =
    'Install RabbitMQ with `apt-get install rabbitmq-server` or `brew install rabbitmq` (it need not run), or run the tests in a container that has it.';
  return folder === undefined ? { found: false, advice } : { found: true, folder, advice };
};
