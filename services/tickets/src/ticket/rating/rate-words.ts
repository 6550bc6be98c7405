import type { Language } from '@riparo/shared/time/write-time';

/** Texts of the page on which a customer rates a closed ticket. */
const EN = {
  title: 'How did we do?',
  intro: 'Your rating takes a moment and helps us to get better.',
  ticket: 'Ticket',
  legend: 'How satisfied are you?',
  scores: { 5: 'Excellent', 4: 'Good', 3: 'Fair', 2: 'Poor', 1: 'Very poor' },
  comment: 'Would you like to tell us more? (optional)',
  send: 'Send my rating',
  done: 'Thank you! We have received your rating.',
  contact: 'Questions? Contact us:',
  faults: {
    LINK_NOT_VALID: 'This link has expired or was not copied in full. If you would like to tell us something, please contact us.',
    TICKET_ALREADY_RATED: 'You have already rated this ticket. Thank you!',
    TICKET_NOT_CLOSED: 'We are working on this ticket again. Once it is closed, you can rate it here.',
    TICKET_NOT_RATABLE: 'There is nothing to rate here: we opened this ticket for ourselves.',
    RATING_PERIOD_OVER: 'This ticket was closed too long ago to be rated. If you would like to tell us something, please contact us.',
    SCORE: 'Please choose one of the five ratings.',
    COMMENT: 'Please keep your comment to 2,000 characters.',
    AWAY: 'Something went wrong on our side and your rating was not saved. Please try again in a moment.',
    OTHER: 'Your rating was not saved. Please contact us.',
  },
};
export type RateWords = typeof EN;

const IT: RateWords = {
  title: 'Com’è andata?',
  intro: 'La Sua valutazione richiede un attimo e ci aiuta a migliorare.',
  ticket: 'Ticket',
  legend: 'Quanto è soddisfatto del nostro servizio?',
  scores: { 5: 'Moltissimo', 4: 'Molto', 3: 'Abbastanza', 2: 'Poco', 1: 'Per niente' },
  comment: 'Vuole dirci qualcosa in più? (facoltativo)',
  send: 'Invia la valutazione',
  done: 'Grazie! Abbiamo ricevuto la Sua valutazione.',
  contact: 'Ha domande? Ci contatti:',
  faults: {
    LINK_NOT_VALID: 'Il link è scaduto o non è stato copiato per intero. Se desidera dirci qualcosa, ci contatti.',
    TICKET_ALREADY_RATED: 'Ha già valutato questo ticket. Grazie!',
    TICKET_NOT_CLOSED: 'Stiamo lavorando di nuovo a questo ticket. Quando sarà chiuso potrà valutarlo qui.',
    TICKET_NOT_RATABLE: 'Qui non c’è nulla da valutare: abbiamo aperto questo ticket per uso interno.',
    RATING_PERIOD_OVER: 'Questo ticket è stato chiuso da troppo tempo per essere valutato. Se desidera dirci qualcosa, ci contatti.',
    SCORE: 'Scelga una delle cinque valutazioni.',
    COMMENT: 'Il commento può avere al massimo 2.000 caratteri.',
    AWAY: 'Si è verificato un problema da parte nostra e la valutazione non è stata salvata. Riprovi tra poco.',
    OTHER: 'La valutazione non è stata salvata. Ci contatti.',
  },
};

export const rateWords = (language: Language): RateWords => (language === 'it' ? IT : EN);
