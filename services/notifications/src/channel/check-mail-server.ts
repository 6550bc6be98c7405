import { createTransport } from 'nodemailer';
import type { NotificationsConfig } from '../config.js';

type MailServer = Pick<NotificationsConfig, 'SMTP_HOST' | 'SMTP_PORT' | 'SMTP_USER' | 'SMTP_PASSWORD' | 'SMTP_TIMEOUT_MS'>;

/** Connects to the mail server and signs in as the service does, and sends nothing; throws the server's refusal. */
export const checkMailServer = async (config: MailServer): Promise<void> => {
  const { SMTP_HOST: host, SMTP_PORT: port, SMTP_USER: user, SMTP_PASSWORD: password, SMTP_TIMEOUT_MS: timeoutMs } = config;
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
};
