import { eventually } from '@riparo/shared/testing/eventually';

/** A mail as the recipient's server got it. */
export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}

export interface Mailbox {
  readonly port: number;
  mails(): readonly Mail[];
}

/** Waits until a mail with that subject has arrived. */
export const mailTo = (mailbox: Mailbox, email: string, subject: RegExp): Promise<Mail> =>
  eventually(() => {
    const found = mailbox.mails().find((mail) => mail.to.includes(email) && subject.test(mail.subject));
    if (found) return found;
    const subjects = mailbox.mails().map((mail) => `${mail.to.join()}: ${mail.subject}`);
    throw new Error(`no mail to ${email} about ${String(subject)} among ${JSON.stringify(subjects)}`);
  });

/** Copies of one mail: the same Message-ID more than once. */
export const repeated = (mails: readonly Mail[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { messageId } of mails) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  return [...counts].flatMap(([id, count]) => (count > 1 ? [id] : []));
};
