import { PermanentDeliveryError, type ChannelPort } from './channel.js';

/** Says so instead of pretending: no provider for text messages is set up. */
export const createNoSmsChannel = (): ChannelPort => ({
  send: () => Promise.reject(new PermanentDeliveryError('No provider for text messages (SMS) is set up.')),
  close: () => Promise.resolve(),
});
