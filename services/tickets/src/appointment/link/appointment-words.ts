import type { AppointmentStatus, AppointmentType } from '@riparo/shared/contracts/enums';
import type { Language } from '@riparo/shared/time/write-time';

/** Texts of the page on which a customer confirms, moves or cancels an appointment. */
const EN = {
  title: 'Your appointment',
  what: 'What',
  when: 'When',
  types: { REMOTE_SESSION: 'Remote session', ONSITE_VISIT: 'Visit at your place', DROP_OFF: 'Visit to our desk' } satisfies Record<
    AppointmentType,
    string
  >,
  statuses: {
    SCHEDULED: 'Please tell us whether you can make it.',
    IN_TRANSIT: 'Our technician is on the way to you.',
    IN_PROGRESS: 'This appointment has begun.',
    COMPLETED: 'This appointment has taken place. Thank you!',
    CANCELLED: 'This appointment has been cancelled. To book another one, please contact us.',
  } satisfies Record<AppointmentStatus, string>,
  confirmed: 'Thank you! This appointment is confirmed.',
  moved: 'Your appointment has been moved. We will send you an email with the new time.',
  tooLate: 'It is too late to move or cancel this appointment here. If you cannot make it, please call us.',
  confirm: 'Yes, I will be there',
  other: 'Choose another time',
  otherHint: 'Does another time suit you better?',
  cancelTitle: 'Cancel this appointment',
  reason: 'Would you like to tell us why? (optional)',
  cancel: 'Cancel the appointment',
  moveTitle: 'Choose another time',
  current: 'Booked now',
  times: 'Free times in the next two weeks',
  choose: 'Please choose',
  move: 'Move the appointment',
  keep: 'Back without moving',
  noTimes: 'There is no free time in the next two weeks. Please contact us and we will find one.',
  contact: 'Questions? Contact us:',
  faults: {
    LINK_NOT_VALID:
      'This link no longer works: the appointment has been moved or has begun, or the link was not copied in full. Please use the link in our latest email, or contact us.',
    APPOINTMENT_NOT_CHANGEABLE: 'Nothing was changed, because this appointment can no longer be changed.',
    APPOINTMENT_TRANSITION_NOT_ALLOWED: 'Nothing was changed, because this appointment can no longer be changed.',
    APPOINTMENT_CHANGE_TOO_LATE: 'It is too late to change this appointment here. Please call us.',
    APPOINTMENT_MOVED_TOO_OFTEN: 'This appointment has been moved too often. Please call us.',
    REASON: 'Please keep the reason to 1,000 characters.',
    TIME: 'Please choose one of the free times.',
    TAKEN: 'That time has just been taken. Please choose another one.',
    AWAY: 'Something went wrong on our side and nothing was changed. Please try again in a moment.',
    OTHER: 'Nothing was changed. Please contact us.',
  },
};
export type AppointmentWords = typeof EN;

const IT: AppointmentWords = {
  title: 'Il Suo appuntamento',
  what: 'Tipo',
  when: 'Quando',
  types: { REMOTE_SESSION: 'Sessione remota', ONSITE_VISIT: 'Intervento presso di Lei', DROP_OFF: 'Presso il nostro banco' },
  statuses: {
    SCHEDULED: 'Ci faccia sapere se potrà esserci.',
    IN_TRANSIT: 'Il nostro tecnico sta arrivando da Lei.',
    IN_PROGRESS: 'L’appuntamento è iniziato.',
    COMPLETED: 'L’appuntamento si è svolto. Grazie!',
    CANCELLED: 'L’appuntamento è stato annullato. Per prenotarne un altro ci contatti.',
  },
  confirmed: 'Grazie! L’appuntamento è confermato.',
  moved: 'L’appuntamento è stato spostato. Le invieremo un’e-mail con il nuovo orario.',
  tooLate: 'È troppo tardi per spostare o annullare qui l’appuntamento. Se non può esserci, ci chiami.',
  confirm: 'Sì, ci sarò',
  other: 'Scegli un altro orario',
  otherHint: 'Preferisce un altro orario?',
  cancelTitle: 'Annulla l’appuntamento',
  reason: 'Vuole dirci il motivo? (facoltativo)',
  cancel: 'Annulla l’appuntamento',
  moveTitle: 'Scegli un altro orario',
  current: 'Orario attuale',
  times: 'Orari liberi nelle prossime due settimane',
  choose: 'Scelga un orario',
  move: 'Sposta l’appuntamento',
  keep: 'Torna indietro senza spostare',
  noTimes: 'Nelle prossime due settimane non ci sono orari liberi. Ci contatti e ne troveremo uno.',
  contact: 'Ha domande? Ci contatti:',
  faults: {
    LINK_NOT_VALID:
      'Il link non è più valido: l’appuntamento è stato spostato o è già iniziato, oppure il link non è stato copiato per intero. Usi il link della nostra ultima e-mail o ci contatti.',
    APPOINTMENT_NOT_CHANGEABLE: 'Non è stato modificato nulla: questo appuntamento non può più essere cambiato.',
    APPOINTMENT_TRANSITION_NOT_ALLOWED: 'Non è stato modificato nulla: questo appuntamento non può più essere cambiato.',
    APPOINTMENT_CHANGE_TOO_LATE: 'È troppo tardi per cambiare qui l’appuntamento. Ci chiami.',
    APPOINTMENT_MOVED_TOO_OFTEN: 'Questo appuntamento è stato spostato troppe volte. Ci chiami.',
    REASON: 'Il motivo può avere al massimo 1.000 caratteri.',
    TIME: 'Scelga uno degli orari liberi.',
    TAKEN: 'L’orario è appena stato occupato. Ne scelga un altro.',
    AWAY: 'Si è verificato un problema da parte nostra e non è stato modificato nulla. Riprovi tra poco.',
    OTHER: 'Non è stato modificato nulla. Ci contatti.',
  },
};

export const appointmentWords = (language: Language): AppointmentWords => (language === 'it' ? IT : EN);
