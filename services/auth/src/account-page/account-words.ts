import type { Language } from '@riparo/shared/time/write-time';
import { PASSWORD_MAX, PASSWORD_MIN } from '../password/password.schema.js';

/** Texts of the pages that the links of mails about accounts lead to. They say "tu", as those mails do. */
const EN = {
  VERIFY_EMAIL: {
    title: 'Confirm your email address',
    intro: 'Please confirm that this is your email address.',
    submit: 'Confirm',
    done: 'Thank you! Your email address is confirmed.',
    next: 'There is nothing else to do. You can close this page.',
    dead: 'This link has expired or was not copied in full. Sign in and ask for a new confirmation email, or contact us.',
  },
  RESET_PASSWORD: {
    title: 'Choose a new password',
    intro: 'Choose a new password for your account. You will be signed out on all devices.',
    submit: 'Save the new password',
    done: 'Your new password is saved.',
    next: 'You have been signed out everywhere. Sign in with your new password.',
    dead: 'This link has expired, has been used, or was not copied in full. Ask for a new password again where you sign in: only the link in the latest email works.',
  },
  ACCEPT_INVITATION: {
    title: 'Welcome!',
    intro: 'Choose a password to start using your account.',
    submit: 'Create my account',
    done: 'Welcome! Your account is ready.',
    next: 'You can now sign in with your email address and your new password.',
    dead: 'This invitation has expired, has been used, or was not copied in full. If you already chose a password, just sign in. Otherwise ask whoever invited you to send a new invitation.',
  },
  confirmed: 'Your email address is already confirmed. There is nothing else to do.',
  account: 'Account',
  name: 'Your name',
  password: 'New password',
  rules: `At least ${PASSWORD_MIN} characters. Several words in a row are easy to remember and hard to guess.`,
  faults: {
    missing: 'Please enter a password.',
    short: `Please use at least ${PASSWORD_MIN} characters.`,
    long: `Please use at most ${PASSWORD_MAX} characters.`,
    common: 'This is one of the first passwords that attackers try. Please choose another one.',
    other: 'This password contains characters that cannot be used. Please choose another one.',
    name: 'Please use at most 200 characters, on one line.',
    tooMany: 'Too many attempts. Please wait a few minutes and try again.',
    away: 'Something went wrong on our side and nothing was saved. Please try again in a moment.',
  },
  contact: 'Questions? Contact us:',
};
export type AccountWords = typeof EN;

const IT: AccountWords = {
  VERIFY_EMAIL: {
    title: 'Conferma il tuo indirizzo e-mail',
    intro: 'Conferma che questo è il tuo indirizzo e-mail.',
    submit: 'Conferma',
    done: 'Grazie! Il tuo indirizzo e-mail è confermato.',
    next: 'Non devi fare altro. Puoi chiudere questa pagina.',
    dead: 'Il link è scaduto o non è stato copiato per intero. Accedi e richiedi una nuova e-mail di conferma, oppure contattaci.',
  },
  RESET_PASSWORD: {
    title: 'Scegli una nuova password',
    intro: 'Scegli una nuova password per il tuo account. Verrai disconnesso da tutti i dispositivi.',
    submit: 'Salva la nuova password',
    done: 'La nuova password è stata salvata.',
    next: 'Tutte le sessioni sono terminate. Accedi con la nuova password.',
    dead: 'Il link è scaduto, è già stato usato o non è stato copiato per intero. Richiedi di nuovo una password dalla pagina di accesso: funziona solo il link dell’ultima e-mail.',
  },
  ACCEPT_INVITATION: {
    title: 'Ti diamo il benvenuto!',
    intro: 'Scegli una password per iniziare a usare il tuo account.',
    submit: 'Crea il mio account',
    done: 'Benvenuto! Il tuo account è pronto.',
    next: 'Ora puoi accedere con il tuo indirizzo e-mail e la nuova password.',
    dead: 'L’invito è scaduto, è già stato usato o il link non è stato copiato per intero. Se hai già scelto una password, accedi. Altrimenti chiedi un nuovo invito a chi ti ha invitato.',
  },
  confirmed: 'Il tuo indirizzo e-mail è già confermato. Non devi fare altro.',
  account: 'Account',
  name: 'Il tuo nome',
  password: 'Nuova password',
  rules: `Almeno ${PASSWORD_MIN} caratteri. Alcune parole in fila sono facili da ricordare e difficili da indovinare.`,
  faults: {
    missing: 'Inserisci una password.',
    short: `Usa almeno ${PASSWORD_MIN} caratteri.`,
    long: `Usa al massimo ${PASSWORD_MAX} caratteri.`,
    common: 'È una delle prime password che vengono provate. Scegline un’altra.',
    other: 'La password contiene caratteri che non si possono usare. Scegline un’altra.',
    name: 'Usa al massimo 200 caratteri, su una sola riga.',
    tooMany: 'Troppi tentativi. Attendi qualche minuto e riprova.',
    away: 'Si è verificato un problema da parte nostra e non è stato salvato nulla. Riprova tra poco.',
  },
  contact: 'Hai domande? Contattaci:',
};

export const accountWords = (language: Language): AccountWords => (language === 'it' ? IT : EN);
