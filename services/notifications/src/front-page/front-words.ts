import type { Language } from '@riparo/shared/time/write-time';

/** Texts of the page at `/`. */
const EN = {
  title: 'Welcome',
  intro: 'Here you can see how your repair is going.',
  status: 'Check the status of a repair',
  statusHint: 'You need the repair number from your receipt and the serial number of the device.',
  mails: 'Answers by email',
  mailsHint:
    'Quotes, work reports, payments and appointments open with the link in our email. If you cannot find the email, please contact us.',
  contact: 'Questions? Contact us:',
  programs: 'For staff and developers',
  reference: 'API reference, to read and to try out',
  openapi: 'OpenAPI document',
  asyncapi: 'AsyncAPI document, for events',
  postman: 'Collection of requests for Postman, Bruno and Insomnia',
  health: 'Is everything running?',
  devMail: 'Emails that would have been sent',
  about: 'This service centre works with Riparo.',
};
export type FrontWords = typeof EN;

const IT: FrontWords = {
  title: 'Benvenuti',
  intro: 'Qui può vedere a che punto è la Sua riparazione.',
  status: 'Controlla lo stato di una riparazione',
  statusHint: 'Servono il numero pratica riportato sulla ricevuta e il numero di serie del dispositivo.',
  mails: 'Risposte via e-mail',
  mailsHint:
    'Preventivi, rapporti di intervento, pagamenti e appuntamenti si aprono con il link contenuto nella nostra e-mail. Se non la trova, ci contatti.',
  contact: 'Ha domande? Ci contatti:',
  programs: 'Per il personale e gli sviluppatori',
  reference: 'Documentazione delle API, da leggere e da provare',
  openapi: 'Documento OpenAPI',
  asyncapi: 'Documento AsyncAPI, per gli eventi',
  postman: 'Raccolta di richieste per Postman, Bruno e Insomnia',
  health: 'È tutto in funzione?',
  devMail: 'E-mail che sarebbero state inviate',
  about: 'Questo centro assistenza lavora con Riparo.',
};

export const frontWords = (language: Language): FrontWords => (language === 'it' ? IT : EN);
