import { needsAnswer } from '../notification/needs-answer.js';
import type { Notification } from '../notification/notification.js';
import type { Preferences } from '../preference/preference.js';
import { definitionOf, isTemplateKey, type TemplateDefinition } from '../template/template.js';
import { nextMorning, quietUntil } from './local-times.js';

/** When a message goes out. */
export type Moment =
  | { readonly kind: 'now' }
  /** Into the open letter under this key, or a new one that goes out then. A letter that is due earlier stays due earlier. */
  | { readonly kind: 'later'; readonly key: string; readonly dueAt: Date }
  /** With the open letter under this key, at once; alone where there is none. */
  | { readonly kind: 'with-open'; readonly key: string; readonly dueAt: Date };

const NOW: Moment = { kind: 'now' };

interface Asked {
  readonly notification: Notification;
  readonly choiceId: string;
  readonly preferences: Preferences | undefined;
  readonly timeZone: string;
  readonly now: Date;
  /** For how long, in ms, a mail about a change waits for further changes of the same thing. */
  readonly holdMs: number;
}

const definitionIn = ({ cause, content }: Notification): TemplateDefinition | undefined =>
  cause !== undefined && content.kind === 'template' && isTemplateKey(content.key) ? definitionOf(content.key) : undefined;

/** What is late when it waits, what another service waits for, and what brings a file never waits. */
const neverWaits = (notification: Notification): boolean => {
  const { channel, category, content, pickupNotice } = notification;
  if (channel === 'IN_APP' || category === 'SECURITY' || content.kind === 'collected' || pickupNotice !== undefined) return true;
  if (content.kind === 'template' && content.data.fileId !== undefined) return true;
  return definitionIn(notification)?.pace === 'AT_ONCE';
};

/** The ticket or repair that a mail is about: its page. */
const subjectOf = ({ channel, cause, content }: Notification): string | undefined => {
  if (channel !== 'EMAIL' || cause === undefined || content.kind !== 'template') return undefined;
  const { path } = content.data;
  return typeof path === 'string' ? path : undefined;
};

/**
 * Changes of one thing within a short time become one mail. Quiet hours hold back what is not urgent, a digest collects what
 * can be switched off. What waits for an answer is never mixed with other mails.
 */
export const momentOf = ({ notification, choiceId, preferences, timeZone, now, holdMs }: Asked): Moment => {
  if (neverWaits(notification)) return NOW;
  const { channel, id } = notification;
  const afterQuiet = (at: Date): Date => quietUntil(at, preferences?.quietHours, timeZone) ?? at;
  const isMixable = !needsAnswer(notification);
  if (channel === 'EMAIL' && isMixable && preferences?.digest === 'DAILY')
    return { kind: 'later', key: `digest ${choiceId}`, dueAt: afterQuiet(nextMorning(now, timeZone)) };
  const subject = isMixable && holdMs > 0 ? subjectOf(notification) : undefined;
  const isAwaited = definitionIn(notification)?.pace === 'AWAITED';
  const dueAt = afterQuiet(subject === undefined || isAwaited ? now : new Date(now.getTime() + holdMs));
  const key = `${channel} ${choiceId} ${subject ?? id}`;
  if (dueAt > now) return { kind: 'later', key, dueAt };
  return subject === undefined ? NOW : { kind: 'with-open', key, dueAt };
};
