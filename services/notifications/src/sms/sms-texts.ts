import type { Locale, TemplateKey } from '../template/template.js';

/** Short texts in the place of long ones, of messages that people want on their phone without having asked; no links, which are too long. */
const EN: Partial<Record<TemplateKey, string>> = {
  'appointment-booked': '{{company}}: your appointment is on {{when start}}.{{#if companyPhone}} Questions? {{companyPhone}}{{/if}}',
  'appointment-moved': '{{company}}: your appointment has moved to {{when start}}.{{#if companyPhone}} Questions? {{companyPhone}}{{/if}}',
  'appointment-cancelled':
    '{{company}}: your appointment on {{when start}} will not take place.{{#if companyPhone}} Questions? {{companyPhone}}{{/if}}',
  'appointment-reminder':
    '{{company}}: a reminder of your appointment on {{when start}}.{{#if companyPhone}} Questions? {{companyPhone}}{{/if}}',
  'appointment-on-the-way':
    '{{company}}: {{#if technician}}{{technician}}{{else}}our technician{{/if}} is on the way{{#if arrival}} and arrives at about {{clock arrival}}{{/if}}.',
  'repair-ready': '{{company}}: your {{device}} ({{number}}) is ready for pickup.{{#if left}} To pay: {{money left}}.{{/if}}',
};

const IT: Partial<Record<TemplateKey, string>> = {
  'appointment-booked': '{{company}}: il tuo appuntamento è {{when start}}.{{#if companyPhone}} Domande? {{companyPhone}}{{/if}}',
  'appointment-moved':
    '{{company}}: il tuo appuntamento è stato spostato a {{when start}}.{{#if companyPhone}} Domande? {{companyPhone}}{{/if}}',
  'appointment-cancelled':
    '{{company}}: il tuo appuntamento di {{when start}} non si terrà.{{#if companyPhone}} Domande? {{companyPhone}}{{/if}}',
  'appointment-reminder':
    '{{company}}: ti ricordiamo il tuo appuntamento di {{when start}}.{{#if companyPhone}} Domande? {{companyPhone}}{{/if}}',
  'appointment-on-the-way':
    '{{company}}: {{#if technician}}{{technician}}{{else}}il nostro tecnico{{/if}} è in arrivo{{#if arrival}}, verso le {{clock arrival}}{{/if}}.',
  'repair-ready': '{{company}}: {{device}} ({{number}}) è pronto per il ritiro.{{#if left}} Da pagare: {{money left}}.{{/if}}',
};

const TEXTS: Readonly<Record<Locale, Partial<Record<TemplateKey, string>>>> = { en: EN, it: IT };

export const smsTextOf = (key: TemplateKey, locale: Locale): string | undefined => TEXTS[locale][key];

/** Messages that are sent as a text message too, to whoever has a number and has not switched it off. */
export const SMS_KEYS = Object.keys(EN) as readonly TemplateKey[];
