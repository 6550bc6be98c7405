import type { InboundMailKind } from './inbound-mail.js';
import type { ReadMail } from './read-mail.js';

/** What tells mails of this installation from others. */
export interface OwnMail {
  /** Of the sender of all mails. */
  readonly domain: string;
  /** Addresses that this installation itself writes from or reads; in small letters. */
  readonly addresses: readonly string[];
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const OWN_ID = new RegExp(`^(${UUID})\\.(\\d{1,6})@(.+)$`);

export interface SentMail {
  readonly notificationId: string;
  readonly recipientKey: string;
}

/** Which mail of this installation a Message-ID names. */
export const ownMailOf = (messageId: string, { domain }: OwnMail): SentMail | undefined => {
  const [, notificationId, recipientKey, host] = OWN_ID.exec(messageId.toLowerCase()) ?? [];
  return notificationId === undefined || recipientKey === undefined || host !== domain.toLowerCase()
    ? undefined
    : { notificationId, recipientKey };
};

/** Only where no header says it: subjects of out-of-office replies that programs make, and of bounces. */
const AWAY_SUBJECT =
  /^(?:(?:re|aw|r|sv|antw): *)?(?:out of (?:the )?office|automatic reply|auto(?:matic)?[ -]?(?:reply|response)|autoreply|risposta automatica|fuori (?:sede|ufficio)|assente|automatische antwort|abwesenheits(?:notiz|nachricht|assistent)?|abwesend|nicht im (?:büro|haus)|réponse automatique|absence? du bureau|absent du bureau|message d['’]absence|respuesta automática|fuera de (?:la )?oficina|ausente de la oficina)\b/iu;
const BOUNCE_SUBJECT =
  /^(?:undeliver(?:able|ed)|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|failure|subsystem)|returned mail|failure notice|unzustellbar|messaggio non recapitabile|mancata consegna|non remis|no se (?:puede|pudo) entregar)/iu;
const BOUNCER = /^(?:mailer-daemon|postmaster|mail-daemon|bounces?)(?:\+[^@]*)?@/i;

const has = ({ headers }: ReadMail, name: string, pattern = /./): boolean => pattern.test(headers.get(name) ?? '');

const isBounce = (mail: ReadMail): boolean => {
  const { headers, subject, fromAddress = '' } = mail;
  const contentType = headers.get('content-type') ?? '';
  if (/multipart\/report/i.test(contentType) && /report-type="?delivery-status/i.test(contentType)) return true;
  if (headers.has('x-failed-recipients')) return true;
  // A bounce has no sender to answer to (RFC 5321); that alone have other programs' notices too.
  const noSender = /^<\s*>$/.test(headers.get('return-path') ?? '') || BOUNCER.test(fromAddress);
  return noSender && (BOUNCE_SUBJECT.test(subject) || BOUNCER.test(fromAddress));
};

/** RFC 3834, and what programs sent before it. */
const isAutoReply = (mail: ReadMail): boolean =>
  (has(mail, 'auto-submitted') && !has(mail, 'auto-submitted', /^\s*no\b/i)) ||
  has(mail, 'x-autoreply') ||
  has(mail, 'x-autorespond') ||
  has(mail, 'x-autoresponder') ||
  has(mail, 'x-auto-reply-from') ||
  has(mail, 'precedence', /auto[_-]?reply/i) ||
  has(mail, 'content-type', /report-type="?disposition-notification/i) ||
  AWAY_SUBJECT.test(mail.subject);

const isBulk = (mail: ReadMail): boolean =>
  has(mail, 'list-id') || has(mail, 'list-unsubscribe') || has(mail, 'precedence', /bulk|list|junk/i) || has(mail, 'feedback-id');

/** An invitation or the answer to one, not a note that somebody has attached. */
const isCalendar = ({ files, headers }: ReadMail): boolean =>
  /^text\/calendar/i.test(headers.get('content-type') ?? '') ||
  files.some(
    ({ contentType, bytes }) =>
      contentType === 'text/calendar' && /^METHOD:(?:REQUEST|REPLY|CANCEL|COUNTER)/im.test(bytes.toString('latin1')),
  );

const isOwn = ({ messageId = '', fromAddress = '' }: ReadMail, own: OwnMail): boolean =>
  ownMailOf(messageId, own) !== undefined || own.addresses.includes(fromAddress.replace(/\+[^@]*@/, '@'));

/** What sort of mail it is: headers decide, a subject only where there are none. */
export const classify = (mail: ReadMail, own: OwnMail): InboundMailKind => {
  if (isOwn(mail, own)) return 'LOOP';
  if (isBounce(mail)) return 'BOUNCE';
  if (isCalendar(mail)) return 'CALENDAR';
  if (isAutoReply(mail)) return 'AUTO_REPLY';
  return isBulk(mail) ? 'BULK' : 'MESSAGE';
};
