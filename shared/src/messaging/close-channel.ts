import type { Channel } from 'amqplib';

/** Closes a channel. amqplib's own `close` never settles when the connection is lost meanwhile; then the channel says so. */
export const closeChannel = (channel: Channel): Promise<void> => {
  const gone = new Promise<void>((resolve) => channel.once('close', resolve));
  return Promise.race([channel.close(), gone]);
};
