import { cut } from '@riparo/shared/text/cut';
import type { Language } from '@riparo/shared/time/write-time';

/** The mails of this service. `{name}`, `{company}`, `{link}` and the like are filled in as plain text. */
export const MAIL_KINDS = ['VERIFY_EMAIL', 'RESET_PASSWORD', 'INVITATION', 'PASSWORD_CHANGED', 'NEW_DEVICE', 'REGISTERED_AGAIN'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface MailText {
  readonly subject: string;
  readonly body: string;
}

type Texts = Readonly<Record<MailKind, MailText>>;

const english: Texts = {
  VERIFY_EMAIL: {
    subject: 'Confirm your e-mail address',
    body: 'Hello {name},\n\nwelcome to {company}. Please confirm that this is your e-mail address:\n\n{link}\n\nThe link works for three days. If you did not register, you need not do anything.',
  },
  RESET_PASSWORD: {
    subject: 'Choose a new password',
    body: 'Hello {name},\n\nsomebody, probably you, asked for a new password for {company}. Choose it here:\n\n{link}\n\nThe link works once and for one hour. If it was not you, you need not do anything: your password stays as it is.',
  },
  INVITATION: {
    subject: 'You are invited to {company}',
    body: 'Hello {name},\n\nyou are invited to {company}. Choose your password and begin here:\n\n{link}\n\nThe link works once and for seven days.',
  },
  PASSWORD_CHANGED: {
    subject: 'Your password was changed',
    body: 'Hello {name},\n\nyour password for {company} was changed on {when} and every other session has ended.\n\nIf it was not you, ask for a new password at once and tell us.',
  },
  NEW_DEVICE: {
    subject: 'New sign-in to your account',
    body: 'Hello {name},\n\nyour account at {company} was signed in to from a new device on {when}.\n\nAddress: {ip}\nDevice: {device}\n\nIf it was not you, change your password at once.',
  },
  REGISTERED_AGAIN: {
    subject: 'You have an account already',
    body: 'Hello {name},\n\nsomebody, probably you, tried to register at {company} with this e-mail address, which has an account already. Sign in with it, or ask for a new password if you have forgotten it.\n\nIf it was not you, you need not do anything.',
  },
};

const italian: Texts = {
  VERIFY_EMAIL: {
    subject: 'Conferma il tuo indirizzo e-mail',
    body: 'Ciao {name},\n\nbenvenuto in {company}. Conferma che questo è il tuo indirizzo e-mail:\n\n{link}\n\nIl link vale tre giorni. Se non ti sei registrato, non devi fare nulla.',
  },
  RESET_PASSWORD: {
    subject: 'Scegli una nuova password',
    body: 'Ciao {name},\n\nqualcuno, probabilmente tu, ha chiesto una nuova password per {company}. Sceglila qui:\n\n{link}\n\nIl link vale una sola volta e per un’ora. Se non sei stato tu, non devi fare nulla: la password resta quella di prima.',
  },
  INVITATION: {
    subject: 'Sei invitato in {company}',
    body: 'Ciao {name},\n\nsei invitato in {company}. Scegli la tua password e comincia da qui:\n\n{link}\n\nIl link vale una sola volta e per sette giorni.',
  },
  PASSWORD_CHANGED: {
    subject: 'La tua password è stata cambiata',
    body: 'Ciao {name},\n\nla tua password per {company} è stata cambiata il {when} e tutte le altre sessioni sono terminate.\n\nSe non sei stato tu, chiedi subito una nuova password e avvisaci.',
  },
  NEW_DEVICE: {
    subject: 'Nuovo accesso al tuo account',
    body: 'Ciao {name},\n\nil {when} è stato fatto l’accesso al tuo account di {company} da un nuovo dispositivo.\n\nIndirizzo: {ip}\nDispositivo: {device}\n\nSe non sei stato tu, cambia subito la password.',
  },
  REGISTERED_AGAIN: {
    subject: 'Hai già un account',
    body: 'Ciao {name},\n\nqualcuno, probabilmente tu, ha provato a registrarsi in {company} con questo indirizzo e-mail, che ha già un account. Accedi con quello, o chiedi una nuova password se l’hai dimenticata.\n\nSe non sei stato tu, non devi fare nulla.',
  },
};

const fill = (text: string, data: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => data[key] ?? '');

const MAX_SUBJECT = 200;

/** Line ends would let a name add headers to a mail. */
const oneLine = (text: string): string => cut(text.replace(/\s+/g, ' ').trim(), MAX_SUBJECT);

const TEXTS: Readonly<Record<Language, Texts>> = { en: english, it: italian };

/** English for every language but Italian. */
export const languageOf = (locale: string): Language => (/^it\b/i.test(locale) ? 'it' : 'en');

export const mailText = (kind: MailKind, locale: string, data: Readonly<Record<string, string>>): MailText => {
  const { subject, body } = TEXTS[languageOf(locale)][kind];
  return { subject: oneLine(fill(subject, data)), body: fill(body, data) };
};
