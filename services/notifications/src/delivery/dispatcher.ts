import type { Logger } from 'pino';
import { schedule, type ScheduledTask } from 'node-cron';
import type { ChannelPort } from '../channel/channel.js';
import { CHANNELS, type Channel } from '../notification/notification.js';
import type { Lane } from './lane.js';

/** Keeps all lanes going: by the clock, and at once when something was raised here. */
export interface Dispatcher {
  readonly start: () => void;
  /** Something may be due now. */
  readonly wake: (channel: Channel) => void;
  /** For tests: resolves when nothing is being delivered. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface DispatcherOptions {
  readonly cron: string;
  readonly lanes: Readonly<Record<Channel, Lane>>;
  readonly channels: Readonly<Record<Channel, ChannelPort>>;
  readonly log: Logger;
}

/** How long messages that are being handed over may take when the process stops; within the 10 s of a graceful stop. */
const STOP_GRACE_MS = 4_000;

/**
 * The cron job runs on every instance: who claims a notification first sends it, so a second instance shares the work
 * and takes over what a dead one left behind.
 */
export const createDispatcher = ({ cron, lanes, channels, log }: DispatcherOptions): Dispatcher => {
  const all = CHANNELS.map((channel) => lanes[channel]);
  let task: ScheduledTask | undefined;
  const wakeAll = (): void => {
    for (const lane of all) lane.wake();
  };
  const idle = async (): Promise<void> => {
    await Promise.all(all.map((lane) => lane.idle()));
  };
  return {
    start: () => {
      task = schedule(cron, wakeAll, {
        name: 'deliver-notifications',
        suppressMissedWarning: true,
        logger: { info: () => undefined, debug: () => undefined, warn: (text) => log.warn(text), error: (error) => log.error(error) },
      });
      wakeAll();
    },
    wake: (channel) => lanes[channel].wake(),
    idle,
    stop: async () => {
      await task?.destroy();
      const finished = Promise.all(all.map((lane) => lane.stop()));
      const closeAll = (): Promise<unknown> => Promise.all(CHANNELS.map((channel) => channels[channel].close()));
      // What hangs is cut off then, recorded as a fault that may pass, and sent by the next start.
      const cut = setTimeout(
        () => void closeAll().catch((error: unknown) => log.warn({ err: error }, 'could not close a channel')),
        STOP_GRACE_MS,
      );
      await finished;
      clearTimeout(cut);
      await closeAll();
    },
  };
};
