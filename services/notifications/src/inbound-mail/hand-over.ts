import { isDomainError, type DomainError } from '@riparo/shared/errors/domain-error';
import type { UploadingClient } from '@riparo/shared/http/internal-client';
import type { MailFile, MailSubject, Outcome } from './inbound-mail.js';
import type { ReadFile, ReadMail } from './read-mail.js';

/** As whom a mail is handed to the tickets service. */
export interface As {
  readonly tenantId: string;
  readonly userId: string;
  readonly locale?: string | undefined;
}

export interface HandedWords {
  readonly text: string;
  readonly title?: string | undefined;
  readonly isInternal?: boolean | undefined;
  readonly customerId?: string | undefined;
}

export interface HandedOver {
  readonly outcome: Outcome;
  readonly files: readonly MailFile[];
}

const MAX_FILES = 10;
/** As large as an upload may be. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;
/** The logo in a signature, not a photo. */
const MAX_LOGO_BYTES = 12 * 1024;
/** Parts that belong to the envelope and say nothing to people. */
const UNSEEN = ['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature', 'message/delivery-status'];

/** The files that a person has sent. */
export const sentFiles = (mail: ReadMail): readonly ReadFile[] =>
  mail.files.filter(({ contentType, isInline, bytes }) => !UNSEEN.includes(contentType) && !(isInline && bytes.length <= MAX_LOGO_BYTES));

const describe = ({ name, contentType, bytes }: ReadFile, refusal?: string): MailFile => ({
  name,
  contentType,
  byteCount: bytes.length,
  ...(refusal === undefined ? {} : { refusal }),
});

/** Refusals that say something of the file. Every other error is one of the moment, and the mail is tried again. */
const isRefusal = ({ kind, code }: DomainError): boolean =>
  ['too-large', 'unsupported-media-type', 'invalid', 'forbidden'].includes(kind) || code === 'ATTACHMENT_QUOTA_EXCEEDED';

interface Taken {
  readonly ids: readonly string[];
  readonly files: readonly MailFile[];
}

/** Sends the files one after the other; what is refused is named, and stops neither the others nor the text. */
const sendFiles = async (tickets: UploadingClient, { tenantId, userId }: As, mail: ReadMail, key: string): Promise<Taken> => {
  const [ids, files]: [string[], MailFile[]] = [[], []];
  const path = `/internal/mail-attachments?${new URLSearchParams({ tenantId, userId }).toString()}`;
  for (const [index, file] of sentFiles(mail).entries()) {
    if (ids.length >= MAX_FILES) files.push(describe(file, 'TOO_MANY_FILES'));
    else if (file.bytes.length > MAX_FILE_BYTES) files.push(describe(file, 'PAYLOAD_TOO_LARGE'));
    else {
      try {
        const { id } = await tickets.upload<{ readonly id: string }>(path, { bytes: file.bytes, fileName: file.name }, `${key}:${index}`);
        ids.push(id);
        files.push(describe(file));
      } catch (error) {
        if (!isDomainError(error) || !isRefusal(error)) throw error;
        files.push(describe(file, error.code));
      }
    }
  }
  return { ids, files };
};

const LEFT_OUT = { it: 'File non allegati', en: 'Files left out' } as const;

/** What was refused is said where the others are read. */
const withLeftOut = (text: string, files: readonly MailFile[], locale = 'en'): string => {
  const refused = files.filter(({ refusal }) => refusal !== undefined).map(({ name }) => name);
  if (refused.length === 0) return text;
  const heading = locale.startsWith('it') ? LEFT_OUT.it : LEFT_OUT.en;
  return `${text}\n\n[${heading}: ${refused.slice(0, MAX_FILES).join(', ')}]`.trim();
};

/** A picture alone says something too. */
const orNames = (text: string, files: readonly MailFile[]): string =>
  text === '' ? files.map(({ name }) => name).join(', ') || '—' : text;

/** How a refusal of the tickets service ends it; `undefined`: it may be taken later. */
const outcomeOf = (error: unknown, about: MailSubject | undefined): Outcome | undefined => {
  if (!isDomainError(error)) return undefined;
  const { kind, code } = error;
  const passing = kind === 'unavailable' || kind === 'throttled' || kind === 'stale' || code === 'REQUEST_IN_PROGRESS';
  if (passing) return undefined;
  const subject = about === undefined ? {} : { about };
  if (kind === 'not-found' || kind === 'forbidden') return { status: 'QUARANTINED', reason: 'SENDER_NOT_ALLOWED', ...subject };
  return { status: 'REFUSED', reason: code, ...subject };
};

const refused = (error: unknown, files: readonly MailFile[], about?: MailSubject): HandedOver => {
  const outcome = outcomeOf(error, about);
  if (outcome === undefined) throw error;
  return { outcome, files };
};

/**
 * Hands a mail to the tickets service as a reply. Every call has a key that is made from the mail: what is repeated after a crash
 * happens once. Throws when it is to be tried again.
 */
export const handOverReply = async (
  tickets: UploadingClient,
  as: As,
  about: MailSubject,
  mail: ReadMail,
  { text, isInternal }: HandedWords,
  key: string,
): Promise<HandedOver> => {
  const { tenantId, userId, locale } = as;
  let files: readonly MailFile[] = sentFiles(mail).map((file) => describe(file));
  try {
    const taken = await sendFiles(tickets, as, mail, `${key}:file`);
    files = taken.files;
    const body = orNames(withLeftOut(text, files, locale), files);
    const ids = taken.ids.length === 0 ? {} : { attachmentIds: taken.ids };
    const reply = { tenantId, userId, subject: about, body, ...ids, ...(isInternal === true ? { isInternal } : {}) };
    const { id } = await tickets.post<{ readonly id: string }>('/internal/mail-replies', reply, key);
    return { outcome: { status: 'REPLIED', authorUserId: userId, about: { kind: about.kind, id } }, files };
  } catch (error) {
    return refused(error, files, about);
  }
};

/** Hands a mail to the tickets service as a new ticket, likewise. */
export const handOverTicket = async (
  tickets: UploadingClient,
  as: As,
  mail: ReadMail,
  { text, title = '', customerId }: HandedWords,
  key: string,
): Promise<HandedOver> => {
  const { tenantId, userId, locale } = as;
  let files: readonly MailFile[] = sentFiles(mail).map((file) => describe(file));
  try {
    const taken = await sendFiles(tickets, as, mail, `${key}:file`);
    files = taken.files;
    const description = orNames(withLeftOut(text, files, locale), files);
    const opening = {
      tenantId,
      userId,
      title: title === '' ? (description.split('\n', 1)[0] ?? '').slice(0, 100).trim() : title,
      description,
      ...(customerId === undefined ? {} : { customerId }),
      ...(taken.ids.length === 0 ? {} : { attachmentIds: taken.ids }),
    };
    const { id } = await tickets.post<{ readonly id: string }>('/internal/mail-tickets', opening, key);
    return { outcome: { status: 'TICKET_OPENED', authorUserId: userId, about: { kind: 'TICKET', id } }, files };
  } catch (error) {
    return refused(error, files);
  }
};
