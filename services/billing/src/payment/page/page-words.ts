import type { Language } from '@riparo/shared/time/write-time';

/** Texts of the page on which a customer pays a repair. */
const EN = {
  title: 'Payment',
  about: 'Repair',
  device: 'Device',
  charged: 'Amount',
  waived: 'Discount',
  paid: 'Paid so far',
  left: 'Left to pay',
  allPaid: 'Everything is paid. Thank you!',
  nothingDue: 'There is nothing to pay at the moment.',
  arrived: 'We have received your payment. Thank you!',
  checking: 'We are checking your payment and will let you know by email.',
  notPaid: 'We have not received a payment yet. If you have just paid, please reload this page in a minute.',
  online: 'Pay online',
  onlineHint: 'You will be taken to the secure page of our payment provider. We never see your card details.',
  payNow: 'Pay',
  transfer: 'Pay by bank transfer',
  holder: 'Account holder',
  iban: 'IBAN',
  bank: 'Bank',
  reason: 'Payment reference',
  counter: 'You can also pay at our desk when you collect your device.',
  contact: 'Questions? Contact us:',
  faults: {
    LINK_NOT_VALID: 'This link is not valid or has expired. Please contact us and we will send you a new one.',
    ONLINE_PAYMENT_OFF: 'Online payment is not available. Please pay by bank transfer or at our desk.',
    REPAIR_ALREADY_PAID: 'Everything is paid already. Thank you!',
    REFUSED: 'The payment page could not be opened. Please pay by bank transfer or at our desk, or contact us.',
    AWAY: 'The payment page cannot be opened just now. You have not been charged. Please try again in a moment.',
  },
};
export type PageWords = typeof EN;

const IT: PageWords = {
  title: 'Pagamento',
  about: 'Riparazione',
  device: 'Dispositivo',
  charged: 'Importo',
  waived: 'Sconto',
  paid: 'Già pagato',
  left: 'Da pagare',
  allPaid: 'È tutto pagato. Grazie!',
  nothingDue: 'Al momento non c’è nulla da pagare.',
  arrived: 'Abbiamo ricevuto il Suo pagamento. Grazie!',
  checking: 'Stiamo verificando il Suo pagamento e La informeremo via e-mail.',
  notPaid: 'Non abbiamo ancora ricevuto il pagamento. Se ha appena pagato, ricarichi la pagina tra un minuto.',
  online: 'Paga online',
  onlineHint: 'Passerà alla pagina sicura del nostro fornitore di pagamenti. Non vediamo mai i dati della Sua carta.',
  payNow: 'Paga',
  transfer: 'Paga con bonifico',
  holder: 'Intestatario',
  iban: 'IBAN',
  bank: 'Banca',
  reason: 'Causale',
  counter: 'Può pagare anche in negozio, al ritiro del dispositivo.',
  contact: 'Ha domande? Ci contatti:',
  faults: {
    LINK_NOT_VALID: 'Questo link non è valido o è scaduto. Ci contatti e gliene invieremo uno nuovo.',
    ONLINE_PAYMENT_OFF: 'Il pagamento online non è disponibile. Può pagare con bonifico o in negozio.',
    REPAIR_ALREADY_PAID: 'È già tutto pagato. Grazie!',
    REFUSED: 'Non è stato possibile aprire la pagina di pagamento. Paghi con bonifico o in negozio, oppure ci contatti.',
    AWAY: 'Al momento la pagina di pagamento non si apre. Non Le è stato addebitato nulla. Riprovi tra poco.',
  },
};

export const pageWords = (language: Language): PageWords => (language === 'it' ? IT : EN);
