import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import type { Repository } from '@riparo/shared/persistence/repository';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { Clock } from '@riparo/shared/runtime/clock';
import { raise, type Notification, type Target } from '../notification/notification.js';
import type { Moment } from './right-moment.js';

/** A letter is a notification that brings several others to one person in one mail. It is open while it waits, and others may join it. */
/** Answers the letter's id; `undefined` when there is none to go with, and the message goes out alone. */
export type Collect = (tenantId: string, part: Part, moment: Exclude<Moment, { kind: 'now' }>) => Promise<string | undefined>;

interface Part {
  readonly notification: Notification;
  readonly target: Target;
  readonly choiceId: string;
}

interface Deps {
  readonly notifications: Repository<Notification>;
  readonly clock: Clock;
}

/** A mail with more parts is read by nobody: a further letter begins. */
export const MAX_PARTS = 100;
/** Others who open, join and close a letter under the same key at the same moment; then the next try of the delivery goes on. */
const MAX_TURNS = 10;

const earlier = (one: Date | undefined, other: Date): Date => (one !== undefined && one < other ? one : other);

const joined = (letter: Notification, key: string, part: { key: string; notificationId: string }, dueAt: Date): Notification => {
  const { content, openKey, nextAttemptAt } = letter;
  if (openKey !== key || content.kind !== 'collected' || content.parts.some((each) => each.key === part.key)) return letter;
  const parts = [...content.parts, part];
  return {
    ...letter,
    content: { ...content, parts },
    openKey: parts.length < MAX_PARTS ? openKey : undefined,
    nextAttemptAt: earlier(nextAttemptAt, dueAt),
  };
};

const holds = ({ content }: Notification, key: string): boolean =>
  content.kind === 'collected' && content.parts.some((each) => each.key === key);

/**
 * Whoever claims a letter closes it with the same write, and joining is guarded by the letter's version: a part is in before
 * the mail is written, or in the next letter. A part that was put in before a crash is found by its key.
 */
export const createCollect =
  ({ notifications, clock }: Deps): Collect =>
  async (tenantId, { notification, target, choiceId }, { kind, key, dueAt }) => {
    const { id: notificationId, channel, category, createdAt } = notification;
    const inTenant = notifications.in(tenantId);
    const part = { key: `${notificationId} ${choiceId}`, notificationId };
    const known = await inTenant.findOne({ 'content.parts.key': part.key });
    if (known !== undefined) return known.id;
    const open = async (): Promise<string | undefined> => {
      const now = clock.now();
      const draft = raise({
        id: seededIds(`letter ${tenantId} ${part.key}`, createdAt).next(),
        channel,
        category,
        content: { kind: 'collected', parts: [part] },
        targets: [target],
        at: now,
        sendAt: dueAt,
      });
      try {
        return (await inTenant.insert({ ...draft, openKey: key })).id;
      } catch (error) {
        if (error instanceof DuplicateKeyError) return undefined;
        throw error;
      }
    };
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const found = await inTenant.findOne({ openKey: key });
      const letter =
        found === undefined ? undefined : await inTenant.update(found.id, (state) => ({ state: joined(state, key, part, dueAt) }));
      if (letter !== undefined && holds(letter, part.key)) return letter.id;
      if (found === undefined && kind === 'with-open') return undefined;
      const opened = found === undefined ? await open() : undefined;
      if (opened !== undefined) return opened;
    }
    throw new Error('others were faster every time');
  };
