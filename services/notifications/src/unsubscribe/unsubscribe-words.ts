import type { Language } from '@riparo/shared/time/write-time';
import type { SwitchableCategory } from '../preference/preference.js';

interface Words {
  readonly title: string;
  readonly about: string;
  readonly isOn: string;
  readonly isOff: string;
  readonly switchOff: string;
  readonly switchOn: string;
  readonly rest: string;
  readonly invalid: string;
  readonly categories: Readonly<Record<SwitchableCategory, string>>;
}

const EN: Words = {
  title: 'Mails from us',
  about: 'Mails about',
  isOn: 'You get these mails.',
  isOff: 'You get no more of these mails.',
  switchOff: 'Stop these mails',
  switchOn: 'Send me these mails again',
  rest: 'Mails about your account, and those that need your answer, are sent all the same.',
  invalid: 'This link is not valid or has expired. Please use the link of a newer mail.',
  categories: {
    TICKETS: 'your requests',
    REPAIRS: 'repairs',
    REPLIES: 'replies',
    ASSIGNMENTS: 'work that is given to you',
    APPOINTMENTS: 'appointments',
    PLANS: 'service plans',
    REPORTS: 'reports',
    MESSAGES: 'other things',
    ANNOUNCEMENTS: 'news and announcements',
  },
};

const IT: Words = {
  title: 'E-mail da parte nostra',
  about: 'E-mail su',
  isOn: 'Ricevi queste e-mail.',
  isOff: 'Non ricevi più queste e-mail.',
  switchOff: 'Non inviatemi più queste e-mail',
  switchOn: 'Inviatemi di nuovo queste e-mail',
  rest: 'Le e-mail sul tuo account e quelle che attendono una tua risposta vengono inviate comunque.',
  invalid: 'Questo link non è valido o è scaduto. Usa il link di una e-mail più recente.',
  categories: {
    TICKETS: 'le tue richieste',
    REPAIRS: 'riparazioni',
    REPLIES: 'risposte',
    ASSIGNMENTS: 'lavori che ti vengono assegnati',
    APPOINTMENTS: 'appuntamenti',
    PLANS: 'piani di assistenza',
    REPORTS: 'report',
    MESSAGES: 'altro',
    ANNOUNCEMENTS: 'novità e comunicazioni',
  },
};

export const wordsIn = (language: Language): Words => (language === 'it' ? IT : EN);
