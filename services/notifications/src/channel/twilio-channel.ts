import type { Twilio } from 'twilio';
import { toE164 } from '../sms/e164.js';
import type { StoppedNumbers } from '../sms/stopped-numbers.js';
import { openTwilio, statusPath, UNSUBSCRIBED, type TwilioSettings } from '../sms/twilio.js';
import { PermanentDeliveryError, type ChannelPort } from './channel.js';

/**
 * Refusals that another try would meet again: no such number (21211, 21214, 21217), its owner has answered STOP (21610), no way
 * there (21612), no mobile phone (21614), too long (21617). A wrong password or an empty account can be mended: these wait.
 */
const PERMANENT = [21_211, 21_214, 21_217, UNSUBSCRIBED, 21_612, 21_614, 21_617];

const codeOf = (error: unknown): number | undefined => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'number' ? code : undefined;
};

/**
 * Text messages through Twilio. It has no idempotency keys: a crash between handing over and writing down repeats that one
 * message at most, as with mail.
 */
export const createTwilioChannel = (settings: TwilioSettings, stoppedNumbers: Pick<StoppedNumbers, 'refused'>): ChannelPort => {
  const { from, publicUrl } = settings;
  const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
  let opened: Promise<Twilio> | undefined;
  return {
    send: async ({ tenantId, notificationId, recipientKey, address, text: body }) => {
      const to = toE164(address);
      if (to === undefined) throw new PermanentDeliveryError('not a number with a country code, such as +39 059 654321');
      const client = await (opened ??= openTwilio(settings));
      const statusCallback = `${publicUrl}${statusPath(tenantId, notificationId, recipientKey)}`;
      try {
        await client.messages.create({ ...sender, to, body, ...(publicUrl.startsWith('https:') ? { statusCallback } : {}) });
      } catch (error) {
        const code = codeOf(error);
        if (code === undefined || !PERMANENT.includes(code)) throw error;
        // The answer went to the provider alone, or its call got lost.
        if (code === UNSUBSCRIBED) await stoppedNumbers.refused(to);
        throw new PermanentDeliveryError(`${code}: ${error instanceof Error ? error.message : 'refused'}`, { cause: error });
      }
    },
    close: () => Promise.resolve(),
  };
};
