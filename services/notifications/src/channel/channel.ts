import type { Rendered } from '../template/render.js';
import type { Unsubscribe } from '../unsubscribe/unsubscribe-links.js';

/** A file that comes with a mail. */
export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export interface Message extends Rendered {
  readonly tenantId: string;
  readonly notificationId: string;
  /** The recipient's, unique within the notification. */
  readonly recipientKey: string;
  readonly address: string;
  readonly name?: string | undefined;
  readonly link?: string | undefined;
  /** Where an answer to it goes; missing: nowhere. Mail alone carries it. */
  readonly replyTo?: string | undefined;
  /** When the notification was raised; the same on every try. */
  readonly at: Date;
  /** Mail alone carries it. */
  readonly attachment?: Attachment | undefined;
  /** In mails alone; missing where the category cannot be switched off. */
  readonly unsubscribe?: Unsubscribe | undefined;
}

/** A way to reach somebody. `send` resolves once the message is handed over for good. */
export interface ChannelPort {
  /** Throws `PermanentDeliveryError` when another try would not help, anything else for a fault that may pass. */
  send(message: Message): Promise<void>;
  /** Ends connections; what is being handed over fails as a fault that may pass. */
  close(): Promise<void>;
}

/** The message was refused for good: no such mailbox, no provider. */
export class PermanentDeliveryError extends Error {
  override readonly name: string = 'PermanentDeliveryError';
}

/** The mail server took no mail for this very address. */
export class AddressRefusedError extends PermanentDeliveryError {
  override readonly name = 'AddressRefusedError';
}
