import type { Mailer } from '@riparo/auth/mail/mailer';
import type { PasswordHasher } from '@riparo/auth/password/password-hasher';
import type { ChannelPort } from '@riparo/notifications/channel/channel';
import type { KeySource } from '@riparo/shared/http/key-source';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';

/** What the demo gives the services in place of the real thing while it fills an installation. */
export interface Stage {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Of tokens that the demo signs. */
  readonly keys: KeySource;
  /** Takes mails about accounts. */
  readonly mailer: Mailer;
  readonly hasher: PasswordHasher;
  /** Takes all other mails. */
  readonly mail: ChannelPort;
}
