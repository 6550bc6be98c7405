import type { Notification, Target } from '../notification/notification.js';
import type { Composed } from './compose.js';
import type { Person } from './people.js';

/** A letter ready to be sent. */
export interface Letter {
  readonly person: Person;
  readonly composed: Composed;
}

/** Puts a message that is to wait into a letter, and answers the letter's id; `undefined` for what goes out now and alone. */
export type Later = (tenantId: string, notification: Notification, target: Target, person: Person) => Promise<string | undefined>;

/** Writes a letter for its reader; `undefined`: nothing in it is wanted any more. */
export type ComposeLetter = (tenantId: string, letter: Notification, target: Target) => Promise<Letter | undefined>;
