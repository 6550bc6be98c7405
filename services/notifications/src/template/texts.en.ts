import { REPAIR_ENGLISH } from './repair-texts.en.js';
import type { TemplateKey, TemplateText } from './template.js';

const about = 'Ticket {{ticketNumber}}: {{title}}{{#if device}} ({{device}}){{/if}}';

/** An appointment is about a ticket or about a repair. */
const number = '{{#if repairNumber}}{{repairNumber}}{{else}}{{ticketNumber}}{{/if}}';
const work = '{{#if repairNumber}}repair{{else}}ticket{{/if}}';
const workLabel = '{{#if repairNumber}}Repair{{else}}Ticket{{/if}}';

const visit = `{{appointmentType type}}: {{when start}} to {{clock end}}{{#if technician}}\nTechnician: {{technician}}{{/if}}{{#if address}}\nWhere: {{address}}{{/if}}{{#if device}}\nDevice: {{device}}{{/if}}\n${workLabel}: ${number}`;
const change = '{{#if appointmentLink}}To confirm it, choose another time or cancel it, open this page:\n{{appointmentLink}}{{/if}}';
const job = `{{appointmentType type}}: {{when start}} to {{clock end}}{{#if customer}}\nCustomer: {{customer}}{{/if}}{{#if address}}\nWhere: {{address}}{{/if}}{{#if device}}\nDevice: {{device}}{{/if}}{{#if notes}}\nNotes: {{notes}}{{/if}}\n${workLabel}: ${number}`;

export const ENGLISH: Readonly<Record<TemplateKey, TemplateText>> = {
  'registration-approved': {
    subject: 'Your registration was approved',
    body: 'Hello {{name}},\n\nyour registration at {{company}} was approved. You can sign in from now on.',
    action: 'Sign in',
  },
  'registration-rejected': {
    subject: 'Your registration was not approved',
    body: 'Hello {{name}},\n\nyour registration at {{company}} was not approved.\n\nReason: {{reason}}\n\nIf you think this is a mistake, please get in touch with us.',
  },
  'ticket-opened': {
    subject: '[{{ticketNumber}}] We have received your request: {{title}}',
    body: `Hello {{name}},\n\nthank you for your request. We have opened a ticket for it and will get back to you soon.\n\n${about}`,
    action: 'See the ticket',
  },
  'ticket-assigned-customer': {
    subject:
      '[{{ticketNumber}}] {{#if technician}}{{technician}} takes care of your request{{else}}Somebody takes care of your request{{/if}}',
    body: `Hello {{name}},\n\n{{#if technician}}{{technician}}{{else}}one of our technicians{{/if}} takes care of your request.\n\n${about}`,
    action: 'See the ticket',
  },
  'ticket-assigned-technician': {
    subject: '[{{ticketNumber}}] Assigned to you: {{title}}',
    body: `Hello {{name}},\n\nthis ticket was assigned to you.\n\n${about}\n\nPriority: {{priority}}{{#if customer}}\nCustomer: {{customer}}{{/if}}`,
    action: 'Open the ticket',
  },
  'ticket-unassigned-technician': {
    subject: '[{{ticketNumber}}] No longer assigned to you: {{title}}',
    body: `Hello {{name}},\n\nthis ticket is no longer assigned to you.\n\n${about}`,
  },
  'ticket-replied-customer': {
    subject: '[{{ticketNumber}}] New reply: {{title}}',
    body: `Hello {{name}},\n\n{{#if author}}{{author}} wrote{{else}}there is a reply{{/if}}:\n\n{{reply}}\n\n${about}{{#unless link}}\n\nTo answer, please get in touch with us{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}{{/unless}}`,
    action: 'Answer',
  },
  'ticket-replied-technician': {
    subject: '[{{ticketNumber}}] The customer replied: {{title}}',
    body: `Hello {{name}},\n\n{{#if author}}{{author}}{{else}}the customer{{/if}} wrote:\n\n{{reply}}\n\n${about}`,
    action: 'Open the ticket',
  },
  'ticket-status-changed': {
    subject: '[{{ticketNumber}}] {{ticketStatus status}}: {{title}}',
    body: `Hello {{name}},\n\nyour ticket is now: {{ticketStatus status}}.\n\n${about}`,
    action: 'See the ticket',
  },
  'ticket-resolved': {
    subject: '[{{ticketNumber}}] Resolved: {{title}}',
    body: `Hello {{name}},\n\nyour ticket was resolved.\n\n{{#if resolution}}Resolution: {{resolution}}\n\n{{/if}}${about}\n\nIf the problem is not gone, {{#if link}}simply reply in the ticket and we will go on.{{else}}please get in touch with us{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}{{/if}}`,
    action: 'See the ticket',
  },
  'ticket-sla-breached': {
    subject: '[{{ticketNumber}}] Overdue: {{title}}',
    body: `Hello {{name}},\n\nthe time promised for this ticket has passed. Please look after it now.\n\n${about}\n\nPriority: {{priority}}`,
    action: 'Open the ticket',
  },
  'ticket-sla-due-soon': {
    subject: '[{{ticketNumber}}] Due soon: {{title}}',
    body: `Hello {{name}},\n\nmost of the time promised for this ticket is used up.\n\n${about}\n\nPriority: {{priority}}{{#if customer}}\nCustomer: {{customer}}{{/if}}`,
    action: 'Open the ticket',
  },
  'ticket-rated-badly': {
    subject: '[{{ticketNumber}}] Rated {{score}} of 5: {{title}}',
    body: `Hello {{name}},\n\n{{#if customer}}{{customer}}{{else}}the customer{{/if}} was not satisfied and rated this ticket {{score}} of 5.\n\n{{#if comment}}{{comment}}\n\n{{/if}}${about}`,
    action: 'Open the ticket',
  },
  'plan-expiring': {
    subject: 'Your service plan {{plan}} ends on {{when endDate}}',
    body: 'Hello {{name}},\n\nyour service plan {{plan}} covers your devices for {{daysLeft}} more days, until {{when endDate}}. Get in touch with us to renew it.',
    action: 'See the plan',
  },
  'ticket-merged': {
    subject: '[{{ticketNumber}}] Goes on as {{into}}: {{title}}',
    body: `Hello {{name}},\n\nyour ticket {{ticketNumber}} is about the same as {{into}}. We have put the two together and go on in {{into}}; everything you wrote has come along.\n\n${about}`,
    action: 'See the ticket',
  },
  'ticket-unmerged': {
    subject: '[{{ticketNumber}}] Goes on under its own number: {{title}}',
    body: `Hello {{name}},\n\nyour ticket {{ticketNumber}} was put together with {{from}} and is a ticket of its own again. We go on with both.\n\n${about}`,
    action: 'See the ticket',
  },
  'ticket-merged-technician': {
    subject: '[{{ticketNumber}}] Merged into {{into}}: {{title}}',
    body: `Hello {{name}},\n\nthis ticket was merged into {{into}}. There is nothing left to do under its own number.\n\n${about}`,
    action: 'Open the ticket',
  },
  'ticket-closed': {
    subject: '[{{ticketNumber}}] Closed: {{title}}',
    body: `Hello {{name}},\n\nyour ticket was closed. Thank you for your trust.\n\n${about}{{#if ratingLink}}\n\nHow did we do? Your rating takes a moment and needs no password:\n{{ratingLink}}{{/if}}`,
    action: 'See the ticket',
  },
  'appointment-booked': {
    subject: `[${number}] Your appointment: {{when start}}`,
    body: `Hello {{name}},\n\nyour appointment is booked.\n\n${visit}\n\n${change}`,
    action: `See the ${work}`,
  },
  'appointment-moved': {
    subject: `[${number}] Your appointment was moved: {{when start}}`,
    body: `Hello {{name}},\n\nyour appointment of {{when previousStart}} has a new time.\n\n${visit}\n\n${change}`,
    action: `See the ${work}`,
  },
  'appointment-cancelled': {
    subject: `[${number}] {{#if noShow}}We missed you{{else}}Your appointment was cancelled{{/if}}: {{when start}}`,
    body: `Hello {{name}},\n\n{{#if noShow}}we could not reach you for the appointment of {{when start}}.{{else}}your appointment of {{when start}} was cancelled{{#if done}}, because the ${work} is done{{/if}}.{{/if}}{{#if reason}}\n\nReason: {{reason}}{{/if}}\n\n${workLabel} ${number}{{#unless done}}\n\n{{#if link}}You can book another one in the ${work}, or get in touch with us.{{else}}To book another one, please get in touch with us{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}{{/if}}{{/unless}}`,
    action: `See the ${work}`,
  },
  'appointment-on-the-way': {
    subject: `[${number}] {{#if technician}}{{technician}} is on the way{{else}}We are on the way{{/if}}`,
    body: `Hello {{name}},\n\n{{#if technician}}{{technician}} is{{else}}we are{{/if}} on the way to you{{#if arrival}} and should be there at about {{clock arrival}}{{/if}}.\n\n${visit}`,
    action: `See the ${work}`,
  },
  'appointment-completed': {
    subject: `[${number}] Done: your appointment of {{when start}}`,
    body: `Hello {{name}},\n\nyour appointment of {{when start}} is done.{{#if summary}}\n\n{{summary}}{{/if}}\n\n${visit}`,
    action: `See the ${work}`,
  },
  'appointment-reminder': {
    subject: `[${number}] {{#if soon}}Soon{{else}}Reminder{{/if}}: your appointment, {{when start}}`,
    body: `Hello {{name}},\n\n{{#if soon}}your appointment is in about two hours.{{else}}we look forward to your appointment.{{/if}}\n\n${visit}{{#if appointmentLink}}\n\nPlease confirm that you can make it. You can also choose another time or cancel, all on this page:\n{{appointmentLink}}{{/if}}`,
    action: `See the ${work}`,
  },
  'appointment-booked-technician': {
    subject: `[${number}] Appointment for you: {{when start}}`,
    body: `Hello {{name}},\n\nyou have an appointment.\n\n${job}`,
    action: `Open the ${work}`,
  },
  'appointment-moved-technician': {
    subject: `[${number}] Appointment moved: {{when start}}`,
    body: `Hello {{name}},\n\nyour appointment of {{when previousStart}} has a new time.\n\n${job}`,
    action: `Open the ${work}`,
  },
  'appointment-cancelled-technician': {
    subject: `[${number}] No appointment any more: {{when start}}`,
    body: 'Hello {{name}},\n\nyour appointment of {{when start}}{{#if customer}} with {{customer}}{{/if}} does not take place, or somebody else has it.{{#if reason}}\n\nReason: {{reason}}{{/if}}',
    action: `Open the ${work}`,
  },
  'appointment-needs-replanning': {
    subject: `[${number}] Needs replanning: {{when start}}`,
    body: `Hello {{name}},\n\n{{#if vehicleGone}}the vehicle of this visit is not there: it needs another one, or another time.{{else}}{{#if left}}{{#if technician}}{{technician}}{{else}}the technician{{/if}} has left{{else}}{{#if technician}}{{technician}}{{else}}the technician{{/if}} takes time off{{/if}}: this appointment needs another time or technician.{{/if}}\n\n${job}`,
    action: `Open the ${work}`,
  },
  'report-ready': {
    subject:
      '{{reportName report}}: {{#if firstDay}}{{when firstDay}}{{#if lastDay}} to {{when lastDay}}{{/if}}{{else}}{{when madeAt}}{{/if}}',
    body: 'Hello {{name}},\n\nhere is the report you asked for.\n\nReport: {{reportName report}}\n{{#if firstDay}}{{#if lastDay}}From: {{when firstDay}}\nTo: {{when lastDay}}{{else}}Day: {{when firstDay}}{{/if}}{{else}}As of: {{when madeAt}}{{/if}}\n\n{{#if attached}}It is attached to this mail as {{fileName}}.{{else}}{{#if gone}}Its file is no longer kept. You can make it again any time in your account.{{else}}{{#if tooLarge}}Its file is too large for a mail. You can download it in your account.{{else}}You can read and download it any time in your account.{{/if}}{{/if}}{{/if}}',
    action: 'Open the report',
  },
  'webhook-switched-off': {
    subject: 'Webhook switched off: {{host}}',
    body: 'Hello {{name}},\n\nthe webhook to {{host}}{{#if about}} ({{about}}){{/if}} was switched off on {{when at}}: {{#if gone}}its receiver answered that it is gone for good{{else}}for two days nothing has reached its receiver{{/if}}.\n\nOther events are not sent to it until you switch it on again. What had not arrived by then is sent after that, as long as it is kept: 30 days.',
    action: 'Open the webhook',
  },
  ...REPAIR_ENGLISH,
};
