import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { Language } from '@riparo/shared/time/write-time';

/** The stages of a repair that everybody understands, in their order. */
export const STAGES = ['RECEIVED', 'IN_REPAIR', 'DONE', 'READY', 'COLLECTED'] as const;
export type Stage = (typeof STAGES)[number];

/** A repair that was canceled goes through no further stage. */
const STAGE_OF: Readonly<Record<RepairStatus, Stage | undefined>> = {
  PENDING: 'RECEIVED',
  SCHEDULED: 'RECEIVED',
  DISPATCHED: 'RECEIVED',
  IN_PROGRESS: 'IN_REPAIR',
  AWAITING_PARTS: 'IN_REPAIR',
  ON_HOLD: 'IN_REPAIR',
  DELAYED: 'IN_REPAIR',
  QUALITY_CHECK: 'IN_REPAIR',
  COMPLETED: 'DONE',
  REFUSED: 'DONE',
  PAYMENT_PENDING: 'DONE',
  READY_FOR_PICKUP: 'READY',
  CANCELED: undefined,
  CLOSED: 'COLLECTED',
};

/** The stage that a repair has reached. One that was closed without being collected has left the line. */
export const stageOf = ({ status, collectedAt }: { readonly status: RepairStatus; readonly collectedAt?: unknown }): Stage | undefined =>
  status === 'CLOSED' && collectedAt === undefined ? undefined : STAGE_OF[status];

/** Texts of the page on which people see how far a repair is. */
const EN = {
  progress: 'Progress',
  stages: {
    RECEIVED: 'Received',
    IN_REPAIR: 'In repair',
    DONE: 'Work finished',
    READY: 'Ready for pickup',
    COLLECTED: 'Collected',
  } satisfies Record<Stage, string>,
  done: 'done',
  now: 'now',
  said: {
    PENDING: 'We have your request and will start as soon as we can.',
    SCHEDULED: 'An appointment for your repair is booked.',
    DISPATCHED: 'Our technician is on the way to you.',
    IN_PROGRESS: 'We are working on your device.',
    AWAITING_PARTS: 'We are waiting for a part. We will go on as soon as it is here.',
    ON_HOLD: 'The repair is on hold. We will get in touch if we need something from you.',
    DELAYED: 'The repair takes longer than planned. Thank you for your patience.',
    QUALITY_CHECK: 'The work is done and we are testing your device.',
    COMPLETED: 'Your device is repaired. We will tell you as soon as you can collect it.',
    REFUSED: 'We could not repair your device. We will tell you as soon as you can collect it.',
    PAYMENT_PENDING: 'The work is finished, and something is still to be paid.',
    READY_FOR_PICKUP: 'You can collect your device.',
    CANCELED: 'This repair was canceled. If your device is with us, you can collect it.',
    CLOSED: 'This repair is closed.',
  } satisfies Record<RepairStatus, string>,
  bringTitle: 'What to bring',
  bring: [
    'the intake receipt, or this repair number',
    'an identity document',
    'if somebody else collects the device for you: the receipt, and their own identity document',
  ],
  where: 'Where',
  contact: 'Questions? Contact us:',
  other: 'Check another repair',
  intro: 'Both numbers are on your intake receipt.',
};
export type StatusWords = typeof EN;

const IT: StatusWords = {
  progress: 'Avanzamento',
  stages: {
    RECEIVED: 'Ricevuta',
    IN_REPAIR: 'In lavorazione',
    DONE: 'Lavoro concluso',
    READY: 'Pronta per il ritiro',
    COLLECTED: 'Ritirata',
  },
  done: 'fatto',
  now: 'adesso',
  said: {
    PENDING: 'Abbiamo ricevuto la richiesta e inizieremo appena possibile.',
    SCHEDULED: 'È fissato un appuntamento per la riparazione.',
    DISPATCHED: 'Il nostro tecnico sta arrivando da Lei.',
    IN_PROGRESS: 'Stiamo lavorando sul Suo dispositivo.',
    AWAITING_PARTS: 'Siamo in attesa di un ricambio. Riprenderemo appena arriva.',
    ON_HOLD: 'La riparazione è sospesa. La contatteremo se avremo bisogno di qualcosa.',
    DELAYED: 'La riparazione richiede più tempo del previsto. Grazie per la pazienza.',
    QUALITY_CHECK: 'Il lavoro è concluso e stiamo provando il dispositivo.',
    COMPLETED: 'Il Suo dispositivo è riparato. La avviseremo appena potrà ritirarlo.',
    REFUSED: 'Non è stato possibile riparare il dispositivo. La avviseremo appena potrà ritirarlo.',
    PAYMENT_PENDING: 'Il lavoro è concluso e resta un importo da pagare.',
    READY_FOR_PICKUP: 'Può ritirare il Suo dispositivo.',
    CANCELED: 'La riparazione è stata annullata. Se il dispositivo è da noi, può ritirarlo.',
    CLOSED: 'La riparazione è chiusa.',
  },
  bringTitle: 'Che cosa portare',
  bring: [
    'la ricevuta di accettazione, oppure questo numero pratica',
    'un documento d’identità',
    'se il dispositivo viene ritirato da un’altra persona: la ricevuta e il suo documento d’identità',
  ],
  where: 'Dove',
  contact: 'Ha domande? Ci contatti:',
  other: 'Controlla un’altra riparazione',
  intro: 'Entrambi i numeri sono sulla ricevuta di accettazione.',
};

export const statusWords = (language: Language): StatusWords => (language === 'it' ? IT : EN);
