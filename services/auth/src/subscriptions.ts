import { AddressCleared, AddressFailed } from '@riparo/shared/contracts/notifications.events';
import { on, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Dependencies } from './dependencies.js';
import type { FailingAddress } from './email-failure/email-failures.js';

/** Every event this service consumes. */
export const subscriptions = ({ emailFailures }: Pick<Dependencies, 'emailFailures'>): readonly Subscription[] => [
  on(
    AddressFailed,
    follow(emailFailures, ({ address, at: since, reason }): FailingAddress => ({ address, since, reason })),
  ),
  on(
    AddressCleared,
    follow(emailFailures, (): FailingAddress => ({})),
  ),
];
