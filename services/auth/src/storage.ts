import type { OutboxRelay } from '@riparo/shared/persistence/outbox-store';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Connection } from 'mongoose';

/** What every repository of this service is made with. */
export interface Storage {
  readonly connection: Connection;
  readonly service: string;
  readonly clock: Clock;
  readonly relay: OutboxRelay;
}
