import type { Language } from '@riparo/shared/time/write-time';

/** Texts of the sign-in page. They say "tu", as the other pages about accounts do. */
const EN = {
  title: 'Sign in',
  intro: 'Sign in with the email address and password of your account.',
  email: 'Email address',
  password: 'Password',
  submit: 'Sign in',
  signedOut: 'You are signed out.',
  faults: {
    missing: 'Please enter your email address and your password.',
    wrong: 'The email address or the password is wrong.',
    stale: 'This page was open for too long, or your browser blocks cookies. Please try again.',
    tooMany: 'Too many attempts. Please wait a few minutes and try again.',
    away: 'Something went wrong on our side. Please try again in a moment.',
    REGISTRATION_PENDING: 'Your account has not been approved yet. We will email you as soon as it is.',
    REGISTRATION_REJECTED: 'Your account was not approved. If you think this is a mistake, please contact us.',
    ACCOUNT_DISABLED: 'Your account has been disabled. Please contact us to have it enabled again.',
    ACCOUNT_CLOSED: 'Your account has been closed. If you think this is a mistake, please contact us.',
    INVITATION_PENDING: 'You have not accepted your invitation yet. Please use the link in the email we sent you.',
  },
};
export type SignInWords = typeof EN;

const IT: SignInWords = {
  title: 'Accedi',
  intro: 'Accedi con l’indirizzo e-mail e la password del tuo account.',
  email: 'Indirizzo e-mail',
  password: 'Password',
  submit: 'Accedi',
  signedOut: 'Hai effettuato la disconnessione.',
  faults: {
    missing: 'Inserisci il tuo indirizzo e-mail e la password.',
    wrong: 'L’indirizzo e-mail o la password non sono corretti.',
    stale: 'La pagina è rimasta aperta troppo a lungo oppure il browser blocca i cookie. Riprova.',
    tooMany: 'Troppi tentativi. Attendi qualche minuto e riprova.',
    away: 'Si è verificato un problema da parte nostra. Riprova tra poco.',
    REGISTRATION_PENDING: 'Il tuo account non è ancora stato approvato. Ti scriveremo non appena lo sarà.',
    REGISTRATION_REJECTED: 'Il tuo account non è stato approvato. Se pensi che sia un errore, contattaci.',
    ACCOUNT_DISABLED: 'Il tuo account è stato disattivato. Contattaci per riattivarlo.',
    ACCOUNT_CLOSED: 'Il tuo account è stato chiuso. Se pensi che sia un errore, contattaci.',
    INVITATION_PENDING: 'Non hai ancora accettato l’invito. Usa il link nell’e-mail che ti abbiamo inviato.',
  },
};

export const signInWords = (language: Language): SignInWords => (language === 'it' ? IT : EN);
