import { join } from 'node:path';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { NotificationsConfig } from '../config.js';
import type { InboxItem } from '../inbox/inbox.js';
import type { Channel } from '../notification/notification.js';
import type { StoppedNumbers } from '../sms/stopped-numbers.js';
import type { TwilioSettings } from '../sms/twilio.js';
import type { ChannelPort } from './channel.js';
import { createFileChannel } from './file-channel.js';
import { createInboxChannel } from './inbox-channel.js';
import { createNoSmsChannel } from './sms-channel.js';
import { createSmtpChannel } from './smtp-channel.js';
import { createTwilioChannel } from './twilio-channel.js';

export const mailDirectory = ({ DATA_DIR }: NotificationsConfig): string => join(DATA_DIR, 'mail');

const createMailChannel = (config: NotificationsConfig): ChannelPort => {
  const { SMTP_HOST: host, SMTP_PORT: port, MAIL_FROM: from } = config;
  if (host === undefined) return createFileChannel({ directory: mailDirectory(config), from });
  return createSmtpChannel({
    host,
    port,
    from,
    secure: port === 465,
    user: config.SMTP_USER,
    password: config.SMTP_PASSWORD,
    maxConnections: config.SMTP_CONNECTIONS,
    timeoutMs: config.SMTP_TIMEOUT_MS,
  });
};

interface Sources {
  readonly inbox: Repository<InboxItem>;
  readonly twilio: TwilioSettings | undefined;
  readonly stoppedNumbers: StoppedNumbers;
  readonly mail?: ChannelPort | undefined;
}

export const createChannels = (
  config: NotificationsConfig,
  { inbox, twilio, stoppedNumbers, mail }: Sources,
): Readonly<Record<Channel, ChannelPort>> => ({
  EMAIL: mail ?? createMailChannel(config),
  SMS: twilio === undefined ? createNoSmsChannel() : createTwilioChannel(twilio, stoppedNumbers),
  IN_APP: createInboxChannel(inbox),
});
