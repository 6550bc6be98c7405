import type { Decision, Entity } from '@riparo/shared/persistence/repository';
import { inboundMailBusy, inboundMailSettled } from './inbound-mail.errors.js';

/**
 * RECEIVED: stored, and not gone through yet. QUARANTINED: nobody knows from whom it is or what it is about, so staff decide.
 * REFUSED: the ticket or repair did not take it, so staff decide. IGNORED: no person wrote it to us (see `kind`).
 */
export const INBOUND_MAIL_STATUSES = ['RECEIVED', 'REPLIED', 'TICKET_OPENED', 'QUARANTINED', 'REFUSED', 'IGNORED', 'DISCARDED'] as const;
export type InboundMailStatus = (typeof INBOUND_MAIL_STATUSES)[number];

/** What sort of mail it is. Only a MESSAGE is ever made a reply or a ticket of by itself. */
export const INBOUND_MAIL_KINDS = ['MESSAGE', 'BOUNCE', 'AUTO_REPLY', 'BULK', 'CALENDAR', 'LOOP'] as const;
export type InboundMailKind = (typeof INBOUND_MAIL_KINDS)[number];

export const SUBJECT_KINDS = ['TICKET', 'REPAIR'] as const;

/** The ticket or repair that a mail is about: by id, or by the number that its writer typed. */
export interface MailSubject {
  readonly kind: (typeof SUBJECT_KINDS)[number];
  readonly id?: string;
  readonly number?: string;
}

export interface MailFile {
  readonly name: string;
  readonly contentType: string;
  readonly byteCount: number;
  /** Why it is at no ticket: the code of the refusal. */
  readonly refusal?: string;
}

/** What was read from the raw message. */
export interface MailFacts {
  readonly kind: InboundMailKind;
  readonly fromAddress?: string;
  readonly fromName?: string;
  readonly mailSubject: string;
  readonly sentAt?: Date;
  /** As it was written, with what it quotes; cut at 100,000 characters. */
  readonly text: string;
  /** Without quoted history and signature: what the ticket shows. */
  readonly shownText: string;
  readonly files: readonly MailFile[];
}

/** A member of staff is about to conclude it; nobody else does so meanwhile. */
interface Handling {
  readonly byUserId: string;
  readonly at: Date;
}

export interface InboundMail extends Entity, Partial<MailFacts> {
  /** From the Message-ID, or from the bytes where there is none: the same mail is kept once. */
  readonly dedupeKey: string;
  readonly byteCount: number;
  readonly status: InboundMailStatus;
  /** Why it has its status: a code. */
  readonly reason?: string;
  /** Who is counted as its author. */
  readonly authorUserId?: string;
  readonly about?: MailSubject;
  /** `about` as one word, or `NEW`: how often one sender writes to one thing is counted by it. */
  readonly aboutKey?: string;
  readonly attempts: number;
  /** While RECEIVED: when it is to be gone through. */
  readonly nextAttemptAt?: Date;
  readonly handling?: Handling;
  readonly handledByUserId?: string;
  readonly handledAt?: Date;
}

/** What became of a mail. */
export interface Outcome {
  readonly status: Exclude<InboundMailStatus, 'RECEIVED'>;
  readonly reason?: string;
  readonly authorUserId?: string;
  readonly about?: MailSubject;
}

export const keyOfSubject = (about: MailSubject | undefined): string =>
  about === undefined ? 'NEW' : `${about.kind}:${about.id ?? about.number ?? ''}`;

const LONGEST_PAUSE_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 10_000;

/** A try begins. Should it not end, because the process dies or the tickets service is away, the next one follows after a growing pause. */
export const begin = (before: InboundMail, now: Date): Decision<InboundMail> => {
  if (before.status !== 'RECEIVED') return { state: before };
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(before.attempts, 10));
  return { state: { ...before, attempts: before.attempts + 1, nextAttemptAt: new Date(now.getTime() + pause) } };
};

/** Writes down what was read and what became of it. Another run may have been faster. */
export const conclude = (before: InboundMail, facts: MailFacts, outcome: Outcome, aboutKey = 'NEW'): Decision<InboundMail> =>
  before.status === 'RECEIVED' ? { state: { ...before, ...facts, ...outcome, aboutKey, nextAttemptAt: undefined } } : { state: before };

/** What staff still decide. */
const OPEN: readonly InboundMailStatus[] = ['QUARANTINED', 'REFUSED', 'IGNORED'];
/** Milliseconds after which whoever began to conclude it is taken to have failed. */
const HANDLING_MS = 60_000;

const refuseSettled = (before: InboundMail, byUserId: string, now: Date): void => {
  if (!OPEN.includes(before.status)) throw inboundMailSettled(before.status);
  const { handling } = before;
  if (handling !== undefined && handling.byUserId !== byUserId && now.getTime() - handling.at.getTime() < HANDLING_MS)
    throw inboundMailBusy();
};

export const takeInHand = (before: InboundMail, byUserId: string, now: Date): Decision<InboundMail> => {
  refuseSettled(before, byUserId, now);
  return { state: { ...before, handling: { byUserId, at: now } } };
};

/** It was not taken after all: somebody else may decide. */
export const letGo = (before: InboundMail, byUserId: string): Decision<InboundMail> =>
  before.handling?.byUserId === byUserId ? { state: { ...before, handling: undefined } } : { state: before };

export interface Handled {
  readonly outcome: Outcome;
  readonly files?: readonly MailFile[] | undefined;
}

export const concludeByHand = (before: InboundMail, { outcome, files }: Handled, byUserId: string, now: Date): Decision<InboundMail> => {
  refuseSettled(before, byUserId, now);
  const done = { handling: undefined, handledByUserId: byUserId, handledAt: now, reason: undefined };
  return { state: { ...before, ...done, ...(files === undefined ? {} : { files }), ...outcome } };
};
