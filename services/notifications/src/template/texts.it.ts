import { REPAIR_ITALIAN } from './repair-texts.it.js';
import type { TemplateKey, TemplateText } from './template.js';

const about = 'Ticket {{ticketNumber}}: {{title}}{{#if device}} ({{device}}){{/if}}';

/** An appointment is about a ticket or about a repair. */
const number = '{{#if repairNumber}}{{repairNumber}}{{else}}{{ticketNumber}}{{/if}}';
const work = '{{#if repairNumber}}la riparazione{{else}}il ticket{{/if}}';
const inWork = '{{#if repairNumber}}nella riparazione{{else}}nel ticket{{/if}}';
const done = '{{#if repairNumber}}la riparazione è conclusa{{else}}il ticket è concluso{{/if}}';
const workLabel = '{{#if repairNumber}}Riparazione{{else}}Ticket{{/if}}';

const visit = `{{appointmentType type}}: {{when start}} – {{clock end}}{{#if technician}}\nTecnico: {{technician}}{{/if}}{{#if address}}\nDove: {{address}}{{/if}}{{#if device}}\nDispositivo: {{device}}{{/if}}\n${workLabel}: ${number}`;
const change =
  '{{#if appointmentLink}}Per confermarlo, scegliere un altro orario o annullarlo apri questa pagina:\n{{appointmentLink}}{{/if}}';
const job = `{{appointmentType type}}: {{when start}} – {{clock end}}{{#if customer}}\nCliente: {{customer}}{{/if}}{{#if address}}\nDove: {{address}}{{/if}}{{#if device}}\nDispositivo: {{device}}{{/if}}{{#if notes}}\nNote: {{notes}}{{/if}}\n${workLabel}: ${number}`;

export const ITALIAN: Readonly<Record<TemplateKey, TemplateText>> = {
  'registration-approved': {
    subject: 'La tua registrazione è stata approvata',
    body: 'Ciao {{name}},\n\nla tua registrazione presso {{company}} è stata approvata. Da ora puoi accedere.',
    action: 'Accedi',
  },
  'registration-rejected': {
    subject: 'La tua registrazione non è stata approvata',
    body: 'Ciao {{name}},\n\nla tua registrazione presso {{company}} non è stata approvata.\n\nMotivo: {{reason}}\n\nSe pensi che sia un errore, contattaci.',
  },
  'ticket-opened': {
    subject: '[{{ticketNumber}}] Abbiamo ricevuto la tua richiesta: {{title}}',
    body: `Ciao {{name}},\n\ngrazie per la tua richiesta. Abbiamo aperto un ticket e ti risponderemo al più presto.\n\n${about}`,
    action: 'Vedi il ticket',
  },
  'ticket-assigned-customer': {
    subject:
      '[{{ticketNumber}}] {{#if technician}}{{technician}} si occupa della tua richiesta{{else}}Qualcuno si occupa della tua richiesta{{/if}}',
    body: `Ciao {{name}},\n\n{{#if technician}}{{technician}}{{else}}uno dei nostri tecnici{{/if}} si occupa della tua richiesta.\n\n${about}`,
    action: 'Vedi il ticket',
  },
  'ticket-assigned-technician': {
    subject: '[{{ticketNumber}}] Assegnato a te: {{title}}',
    body: `Ciao {{name}},\n\nquesto ticket ti è stato assegnato.\n\n${about}\n\nPriorità: {{priority}}{{#if customer}}\nCliente: {{customer}}{{/if}}`,
    action: 'Apri il ticket',
  },
  'ticket-unassigned-technician': {
    subject: '[{{ticketNumber}}] Non più assegnato a te: {{title}}',
    body: `Ciao {{name}},\n\nquesto ticket non è più assegnato a te.\n\n${about}`,
  },
  'ticket-replied-customer': {
    subject: '[{{ticketNumber}}] Nuova risposta: {{title}}',
    body: `Ciao {{name}},\n\n{{#if author}}{{author}} ha scritto{{else}}c'è una risposta{{/if}}:\n\n{{reply}}\n\n${about}{{#unless link}}\n\nPer rispondere contattaci{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}{{/unless}}`,
    action: 'Rispondi',
  },
  'ticket-replied-technician': {
    subject: '[{{ticketNumber}}] Il cliente ha risposto: {{title}}',
    body: `Ciao {{name}},\n\n{{#if author}}{{author}}{{else}}il cliente{{/if}} ha scritto:\n\n{{reply}}\n\n${about}`,
    action: 'Apri il ticket',
  },
  'ticket-status-changed': {
    subject: '[{{ticketNumber}}] {{ticketStatus status}}: {{title}}',
    body: `Ciao {{name}},\n\nil tuo ticket ora è: {{ticketStatus status}}.\n\n${about}`,
    action: 'Vedi il ticket',
  },
  'ticket-resolved': {
    subject: '[{{ticketNumber}}] Risolto: {{title}}',
    body: `Ciao {{name}},\n\nil tuo ticket è stato risolto.\n\n{{#if resolution}}Soluzione: {{resolution}}\n\n{{/if}}${about}\n\nSe il problema non è scomparso, {{#if link}}rispondi nel ticket e riprenderemo a lavorarci.{{else}}contattaci{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}{{/if}}`,
    action: 'Vedi il ticket',
  },
  'ticket-sla-breached': {
    subject: '[{{ticketNumber}}] In ritardo: {{title}}',
    body: `Ciao {{name}},\n\nil tempo promesso per questo ticket è passato. Occupatene ora, per favore.\n\n${about}\n\nPriorità: {{priority}}`,
    action: 'Apri il ticket',
  },
  'ticket-sla-due-soon': {
    subject: '[{{ticketNumber}}] In scadenza: {{title}}',
    body: `Ciao {{name}},\n\nil tempo promesso per questo ticket sta per finire.\n\n${about}\n\nPriorità: {{priority}}{{#if customer}}\nCliente: {{customer}}{{/if}}`,
    action: 'Apri il ticket',
  },
  'ticket-rated-badly': {
    subject: '[{{ticketNumber}}] Valutato {{score}} su 5: {{title}}',
    body: `Ciao {{name}},\n\n{{#if customer}}{{customer}}{{else}}il cliente{{/if}} non è rimasto soddisfatto e ha valutato questo ticket {{score}} su 5.\n\n{{#if comment}}{{comment}}\n\n{{/if}}${about}`,
    action: 'Apri il ticket',
  },
  'plan-expiring': {
    subject: 'Il tuo piano {{plan}} scade {{when endDate}}',
    body: 'Ciao {{name}},\n\nil tuo piano {{plan}} copre i tuoi dispositivi per altri {{daysLeft}} giorni, fino a {{when endDate}}. Contattaci per rinnovarlo.',
    action: 'Vedi il piano',
  },
  'ticket-merged': {
    subject: '[{{ticketNumber}}] Continua come {{into}}: {{title}}',
    body: `Ciao {{name}},\n\nil tuo ticket {{ticketNumber}} riguarda lo stesso problema di {{into}}. Li abbiamo uniti e proseguiamo in {{into}}; tutto ciò che hai scritto è stato riportato.\n\n${about}`,
    action: 'Vedi il ticket',
  },
  'ticket-unmerged': {
    subject: '[{{ticketNumber}}] Continua con il proprio numero: {{title}}',
    body: `Ciao {{name}},\n\nil tuo ticket {{ticketNumber}} era stato unito a {{from}} ed è di nuovo un ticket a sé. Proseguiamo con entrambi.\n\n${about}`,
    action: 'Vedi il ticket',
  },
  'ticket-merged-technician': {
    subject: '[{{ticketNumber}}] Unito a {{into}}: {{title}}',
    body: `Ciao {{name}},\n\nquesto ticket è stato unito a {{into}}. Con il suo numero non resta più nulla da fare.\n\n${about}`,
    action: 'Apri il ticket',
  },
  'ticket-closed': {
    subject: '[{{ticketNumber}}] Chiuso: {{title}}',
    body: `Ciao {{name}},\n\nil tuo ticket è stato chiuso. Grazie per la fiducia.\n\n${about}{{#if ratingLink}}\n\nCom'è andata? La tua valutazione richiede un attimo e nessuna password:\n{{ratingLink}}{{/if}}`,
    action: 'Vedi il ticket',
  },
  'appointment-booked': {
    subject: `[${number}] Il tuo appuntamento: {{when start}}`,
    body: `Ciao {{name}},\n\nil tuo appuntamento è prenotato.\n\n${visit}\n\n${change}`,
    action: `Vedi ${work}`,
  },
  'appointment-moved': {
    subject: `[${number}] Il tuo appuntamento è stato spostato: {{when start}}`,
    body: `Ciao {{name}},\n\nil tuo appuntamento di {{when previousStart}} ha un nuovo orario.\n\n${visit}\n\n${change}`,
    action: `Vedi ${work}`,
  },
  'appointment-cancelled': {
    subject: `[${number}] {{#if noShow}}Non ti abbiamo trovato{{else}}Il tuo appuntamento è stato annullato{{/if}}: {{when start}}`,
    body: `Ciao {{name}},\n\n{{#if noShow}}non siamo riusciti a trovarti per l’appuntamento di {{when start}}.{{else}}il tuo appuntamento di {{when start}} è stato annullato{{#if done}}, perché ${done}{{/if}}.{{/if}}{{#if reason}}\n\nMotivo: {{reason}}{{/if}}\n\n${workLabel} ${number}{{#unless done}}\n\n{{#if link}}Puoi prenotarne un altro ${inWork}, oppure contattarci.{{else}}Per prenotarne un altro contattaci{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}{{/if}}{{/unless}}`,
    action: `Vedi ${work}`,
  },
  'appointment-on-the-way': {
    subject: `[${number}] {{#if technician}}{{technician}} è in arrivo{{else}}Siamo in arrivo{{/if}}`,
    body: `Ciao {{name}},\n\n{{#if technician}}{{technician}} è{{else}}siamo{{/if}} in viaggio verso di te{{#if arrival}}, con arrivo previsto verso le {{clock arrival}}{{/if}}.\n\n${visit}`,
    action: `Vedi ${work}`,
  },
  'appointment-completed': {
    subject: `[${number}] Concluso: il tuo appuntamento di {{when start}}`,
    body: `Ciao {{name}},\n\nil tuo appuntamento di {{when start}} è concluso.{{#if summary}}\n\n{{summary}}{{/if}}\n\n${visit}`,
    action: `Vedi ${work}`,
  },
  'appointment-reminder': {
    subject: `[${number}] {{#if soon}}Tra poco{{else}}Promemoria{{/if}}: il tuo appuntamento, {{when start}}`,
    body: `Ciao {{name}},\n\n{{#if soon}}il tuo appuntamento è tra circa due ore.{{else}}ti aspettiamo al tuo appuntamento.{{/if}}\n\n${visit}{{#if appointmentLink}}\n\nConferma che ci sarai. Dalla stessa pagina puoi anche scegliere un altro orario o annullare:\n{{appointmentLink}}{{/if}}`,
    action: `Vedi ${work}`,
  },
  'appointment-booked-technician': {
    subject: `[${number}] Appuntamento per te: {{when start}}`,
    body: `Ciao {{name}},\n\nhai un appuntamento.\n\n${job}`,
    action: `Apri ${work}`,
  },
  'appointment-moved-technician': {
    subject: `[${number}] Appuntamento spostato: {{when start}}`,
    body: `Ciao {{name}},\n\nil tuo appuntamento di {{when previousStart}} ha un nuovo orario.\n\n${job}`,
    action: `Apri ${work}`,
  },
  'appointment-cancelled-technician': {
    subject: `[${number}] Appuntamento non più tuo: {{when start}}`,
    body: 'Ciao {{name}},\n\nil tuo appuntamento di {{when start}}{{#if customer}} con {{customer}}{{/if}} non ha luogo, o è passato a qualcun altro.{{#if reason}}\n\nMotivo: {{reason}}{{/if}}',
    action: `Apri ${work}`,
  },
  'appointment-needs-replanning': {
    subject: `[${number}] Da ripianificare: {{when start}}`,
    body: `Ciao {{name}},\n\n{{#if vehicleGone}}il veicolo di questa visita non è disponibile: serve un altro veicolo o un altro orario.{{else}}{{#if left}}{{#if technician}}{{technician}}{{else}}il tecnico{{/if}} non è più disponibile{{else}}{{#if technician}}{{technician}}{{else}}il tecnico{{/if}} sarà assente{{/if}}: questo appuntamento ha bisogno di un altro orario o di un altro tecnico.{{/if}}\n\n${job}`,
    action: `Apri ${work}`,
  },
  'report-ready': {
    subject:
      '{{reportName report}}: {{#if firstDay}}{{when firstDay}}{{#if lastDay}} – {{when lastDay}}{{/if}}{{else}}{{when madeAt}}{{/if}}',
    body: 'Ciao {{name}},\n\necco il report che hai richiesto.\n\nReport: {{reportName report}}\n{{#if firstDay}}{{#if lastDay}}Da: {{when firstDay}}\nA: {{when lastDay}}{{else}}Giorno: {{when firstDay}}{{/if}}{{else}}Situazione al: {{when madeAt}}{{/if}}\n\n{{#if attached}}Lo trovi allegato a questa e-mail come {{fileName}}.{{else}}{{#if gone}}Il file non è più conservato. Puoi generarlo di nuovo quando vuoi nella tua area personale.{{else}}{{#if tooLarge}}Il file è troppo grande per una e-mail. Puoi scaricarlo nella tua area personale.{{else}}Puoi leggerlo e scaricarlo quando vuoi nella tua area personale.{{/if}}{{/if}}{{/if}}',
    action: 'Apri il report',
  },
  'webhook-switched-off': {
    subject: 'Webhook disattivato: {{host}}',
    body: 'Ciao {{name}},\n\nil webhook verso {{host}}{{#if about}} ({{about}}){{/if}} è stato disattivato il {{when at}}: {{#if gone}}il destinatario ha risposto di non esistere più{{else}}da due giorni nulla raggiunge il destinatario{{/if}}.\n\nNon riceverà altri eventi finché non lo riattivi. Ciò che non era ancora arrivato verrà inviato dopo la riattivazione, entro i 30 giorni in cui viene conservato.',
    action: 'Apri il webhook',
  },
  ...REPAIR_ITALIAN,
};
