import type { TemplateKey, TemplateText } from './template.js';

const about = 'Ticket {{ticketNumber}}: {{title}}{{#if device}} ({{device}}){{/if}}';

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
    body: `Hello {{name}},\n\n{{#if author}}{{author}} wrote{{else}}there is a reply{{/if}}:\n\n{{reply}}\n\n${about}`,
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
    body: `Hello {{name}},\n\nyour ticket was resolved.\n\n{{#if resolution}}Resolution: {{resolution}}\n\n{{/if}}${about}\n\nIf the problem is not gone, simply reply in the ticket and we will go on.`,
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
    subject: 'Your service plan {{plan}} ends on {{endDate}}',
    body: 'Hello {{name}},\n\nyour service plan {{plan}} covers your devices for {{daysLeft}} more days, until {{endDate}}. Get in touch with us to renew it.',
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
};
