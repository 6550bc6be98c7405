import type { RepairTemplateKey } from './repair-templates.js';
import type { TemplateText } from './template.js';

const about = 'Repair {{number}}: {{device}}';
const expected = '{{#if estimate}}\nExpected to be done: {{when estimate}}{{/if}}';
const hello = 'Hello {{name}},\n\n';
const toPay = '{{#if amount}}To be paid: {{money amount}}{{else}}There is nothing to be paid.{{/if}}';
const leftToPay = '{{#if left}}Still to be paid: {{money left}}{{else}}There is nothing left to be paid.{{/if}}';
const whoToCall =
  'Customer: {{customer}}{{#if customerPhone}}\nPhone: {{customerPhone}}{{/if}}{{#if customerEmail}}\nE-mail: {{customerEmail}}{{/if}}';
const job = `${about}\nProblem: {{problem}}{{#if customer}}\nCustomer: {{customer}}{{/if}}${expected}`;
const see = 'See the repair';
const open = 'Open the repair';

const price = 'Total with VAT: {{money total}}{{#if maximum}}\nAt most: {{money maximum}}{{/if}}\nValid until: {{when validUntil}}';
const forWork = '{{#if forTicket}}Ticket{{else}}Repair{{/if}} {{workNumber}}: {{about}}';

export const REPAIR_ENGLISH: Readonly<Record<RepairTemplateKey, TemplateText>> = {
  'repair-received': {
    subject: '[{{number}}] {{#if counter}}We have your {{device}}{{else}}We have received your request: {{device}}{{/if}}',
    body: `${hello}{{#if counter}}we have taken your device in for repair.{{else}}thank you for your request. We have opened a repair for it and will get back to you soon.{{/if}} Its number is {{number}}.\n\nDevice: {{device}}{{#if serialNumber}}\nSerial number: {{serialNumber}}{{/if}}{{#if accessories}}\nWith it: {{accessories}}{{/if}}{{#if condition}}\nCondition: {{condition}}{{/if}}\nProblem: {{problem}}${expected}{{#if statusLink}}\n\nHow far it is you can look up any time with the number and the serial number, without a password:\n{{statusLink}}{{/if}}`,
    action: see,
  },
  'repair-started': {
    subject: '[{{number}}] {{#if resumed}}We go on with{{else}}We have begun with{{/if}} your {{device}}',
    body: `${hello}{{#if technician}}{{technician}} {{#if resumed}}works on your device again{{else}}has begun to work on your device{{/if}}{{else}}{{#if resumed}}we work on your device again{{else}}we have begun to work on your device{{/if}}{{/if}}.{{#if reason}}\n\n{{reason}}{{/if}}\n\n${about}${expected}`,
    action: see,
  },
  'repair-held-up': {
    subject: '[{{number}}] {{repairStatus status}}: {{device}}',
    body: `${hello}we cannot go on with your device at the moment: {{repairStatus status}}.{{#if reason}}\n\nReason: {{reason}}{{/if}}\n\n${about}${expected}`,
    action: see,
  },
  'repair-canceled': {
    subject: '[{{number}}] Canceled: {{device}}',
    body: `${hello}this repair was canceled.{{#if reason}}\n\nReason: {{reason}}{{/if}}\n\n${about}\n\nIf your device is with us, you can collect it.`,
    action: see,
  },
  'repair-estimate-changed': {
    subject: '[{{number}}] {{#if estimate}}Expected on {{when estimate}}{{else}}No date yet{{/if}}: {{device}}',
    body: `${hello}{{#if estimate}}we expect your device to be done on {{when estimate}}{{#if previousEstimate}}, and not on {{when previousEstimate}} as we said before{{/if}}.{{else}}we cannot keep the date we gave you{{#if previousEstimate}} ({{when previousEstimate}}){{/if}} and will tell you a new one as soon as we know it.{{/if}}\n\n${about}`,
    action: see,
  },
  'repair-completed': {
    subject: '[{{number}}] Repaired: {{device}}',
    body: `${hello}your device is repaired. We will tell you as soon as it can be fetched.{{#if work}}\n\nWhat we did: {{work}}{{/if}}\n\n${about}\n${toPay}`,
    action: see,
  },
  'repair-refused': {
    subject: '[{{number}}] Not repaired: {{device}}',
    body: `${hello}we could not repair your device. We will tell you as soon as it can be fetched.{{#if work}}\n\nReason: {{work}}{{/if}}\n\n${about}\n${toPay}`,
    action: see,
  },
  'repair-ready': {
    subject: '[{{number}}] Ready for pickup: {{device}}',
    body: `${hello}your device is ready: you can fetch it at {{company}}.{{#if companyAddress}}\n\nWhere: {{companyAddress}}{{/if}}{{#if companyPhone}}\nPhone: {{companyPhone}}{{/if}}\n\n${about}\n${leftToPay}\n\nPlease bring the number of the repair.`,
    action: see,
  },
  'repair-paid': {
    subject: '[{{number}}] Payment received: {{money paid}}',
    body: `${hello}thank you for your payment.\n\nReceived: {{money paid}} ({{paymentMethod method}}){{#if paidOn}}\nOn: {{when paidOn}}{{/if}}{{#if reference}}\nReference: {{reference}}{{/if}}\n${leftToPay}\n\n${about}`,
    action: see,
  },
  'repair-refunded': {
    subject: '[{{number}}] Refund: {{money refunded}}',
    body: `${hello}we have given you money back.\n\nRefund: {{money refunded}} ({{paymentMethod method}}){{#if refundedOn}}\nOn: {{when refundedOn}}{{/if}}{{#if reference}}\nReference: {{reference}}{{/if}}{{#if reason}}\nReason: {{reason}}{{/if}}\n${leftToPay}\n\n${about}`,
    action: see,
  },
  'payment-to-verify-desk': {
    subject: '[{{number}}] Payment to check: {{money paid}}',
    body: `${hello}{{#if customer}}{{customer}} has{{else}}a customer has{{/if}} sent a payment that needs your check.\n\nAmount: {{money paid}} ({{paymentMethod method}}){{#if reference}}\nReference: {{reference}}{{/if}}\nRepair: {{number}}`,
    action: 'Check the payment',
  },
  'payment-rejected': {
    subject:
      '[{{number}}] {{#if sentBack}}Your payment of {{money paid}} is on its way back{{else}}We could not find your payment of {{money paid}}{{/if}}',
    body: `${hello}{{#if sentBack}}we are sending your payment of {{money paid}} back to you.{{else}}we could not find the transfer of {{money paid}} that you announced{{#if reference}} ({{reference}}){{/if}}.{{/if}}{{#if reason}}\n\n{{reason}}{{/if}}\n\nQuestions? Just contact us{{#if companyPhone}}: {{companyPhone}}{{else}}.{{/if}}`,
    action: see,
  },
  'repair-collected': {
    subject: '[{{number}}] Handed back: {{device}}',
    body: `${hello}your device was handed back{{#if collectedBy}} to {{collectedBy}}{{/if}}{{#if collectedAt}} on {{when collectedAt}}{{/if}}. Thank you for your trust.\n\n${about}`,
    action: see,
  },
  'repair-pickup-notice': {
    subject: '[{{number}}] {{#if last}}Last reminder: please collect{{else}}Please collect{{/if}} your {{device}}',
    body: `${hello}{{#if again}}your device is still with us{{else}}your device is waiting for you at {{company}}{{/if}}: it has been ready since {{when readyOn}}.{{#if last}} This is our last reminder.{{/if}}{{#if givenUpAfter}}\n\nIf nobody has collected it by {{when givenUpAfter}}, we may give it up, as agreed when you left it with us.{{/if}}{{#if storageFee}}\n\nStorage so far: {{money storageFee}}. It is part of what is to be paid.{{/if}}{{#if companyAddress}}\n\nWhere: {{companyAddress}}{{/if}}{{#if companyPhone}}\nPhone: {{companyPhone}}{{/if}}\n\n${about}\n${leftToPay}\n\nIf you cannot come, please call us.`,
    action: see,
  },
  'repair-abandoned': {
    subject: '[{{number}}] Given up: {{device}}',
    body: `${hello}nobody has collected your device after our last reminder, and we have given it up, as agreed when you left it with us.{{#if left}}\n\nStill to be paid: {{money left}}{{/if}}{{#if companyPhone}}\n\n{{company}}: {{companyPhone}}{{/if}}\n\n${about}`,
    action: see,
  },
  'repair-replied-customer': {
    subject: '[{{number}}] New reply: {{device}}',
    body: `${hello}{{#if author}}{{author}} wrote{{else}}there is a reply{{/if}}:\n\n{{reply}}\n\n${about}`,
    action: see,
  },
  'repair-replied-technician': {
    subject: '[{{number}}] The customer replied: {{device}}',
    body: `${hello}{{#if author}}{{author}}{{else}}the customer{{/if}} wrote:\n\n{{reply}}\n\n${about}`,
    action: open,
  },
  'repair-assigned-technician': {
    subject: '[{{number}}] Repair for you: {{device}}',
    body: `${hello}this repair was assigned to you.\n\n${job}`,
    action: open,
  },
  'repair-unassigned-technician': {
    subject: '[{{number}}] Repair no longer yours: {{device}}',
    body: `${hello}this repair is no longer assigned to you.\n\n${about}`,
  },
  'repair-canceled-staff': {
    subject: '[{{number}}] Canceled: {{device}}',
    body: `${hello}this repair was canceled.{{#if reason}}\n\nReason: {{reason}}{{/if}}\n\n${job}`,
    action: open,
  },
  'repair-requested-desk': {
    subject: '[{{number}}] {{#if customer}}{{customer}} asks{{else}}A customer asks{{/if}} for a repair: {{device}}',
    body: `${hello}there is a new request for a repair.\n\n${about}\nProblem: {{problem}}\n\n${whoToCall}`,
    action: open,
  },
  'repair-outcome-desk': {
    subject: '[{{number}}] {{#if refused}}Refused{{else}}Completed{{/if}}: {{device}}',
    body: `${hello}{{#if author}}{{author}} has{{else}}the technician has{{/if}} {{#if refused}}refused{{else}}completed{{/if}} this repair. Please inform the customer, and make it ready for pickup.{{#if work}}\n\n{{work}}{{/if}}\n\n${about}\n${toPay}\n\n${whoToCall}`,
    action: open,
  },
  'repair-parts-arrived': {
    subject: '[{{number}}] Parts have arrived: {{device}}',
    body: `${hello}the parts that this repair was waiting for are there. You can go on.\n\n${job}`,
    action: open,
  },
  'quote-sent': {
    subject: '[{{number}}] {{#if newer}}Your new quote{{else}}Your quote{{/if}}: {{about}}',
    body: `${hello}{{#if newer}}something has changed, so here is a new quote; it takes the place of the earlier one.{{else}}here is our quote{{#unless forTicket}} for the repair of your device{{/unless}}.{{/if}}\n\n${price}\n\nPlease tell us with the button below whether we may go on. Until then the work waits.\n\n${forWork}`,
    action: 'See the quote and answer',
  },
  'quote-reminder': {
    subject: '[{{number}}] Waiting for your answer: {{about}}',
    body: `${hello}we have not had an answer to our quote yet, and the work waits for it.\n\n${price}\n\n${forWork}`,
    action: 'See the quote and answer',
  },
  'quote-accepted': {
    subject: '[{{number}}] Quote accepted: {{about}}',
    body: `${hello}thank you: our quote has been accepted, and we go on with the work.\n\n${price}\n\n${forWork}`,
    action: 'See the quote',
  },
  'quote-expired': {
    subject: '[{{number}}] Quote expired: {{about}}',
    body: `${hello}our quote was valid until {{when validUntil}} and has expired without an answer. We have not gone on. Please call us if you still want it done.{{#if companyPhone}}\n\n{{company}}: {{companyPhone}}{{/if}}\n\n${forWork}`,
    action: 'See the quote',
  },
  'quote-withdrawn': {
    subject: '[{{number}}] Quote withdrawn: {{about}}',
    body: `${hello}we have withdrawn this quote; you do not have to answer it any more. We will get back to you.\n\n${forWork}`,
    action: 'See the quote',
  },
  'quote-decided-staff': {
    subject: '[{{number}}] {{#if accepted}}Accepted{{else}}Declined{{/if}}: {{about}}',
    body: `${hello}{{#if customer}}{{customer}}{{else}}the customer{{/if}} has {{#if accepted}}accepted{{else}}declined{{/if}} this quote.{{#if comment}}\n\n{{comment}}{{/if}}\n\n${price}\n\n${forWork}`,
    action: 'Open the quote',
  },
  'quote-expired-staff': {
    subject: '[{{number}}] Expired without an answer: {{about}}',
    body: `${hello}nobody has answered this quote in time. The work still waits for it: please ask the customer.\n\n${forWork}`,
    action: 'Open the quote',
  },
  'invoice-issued': {
    subject:
      '[{{number}}] {{#if creditNote}}Your credit note{{else}}{{#if receipt}}Your receipt{{else}}Your invoice{{/if}}{{/if}}: {{money total}}',
    body: `${hello}{{#if creditNote}}here is our credit note for {{credits}}.{{else}}here is {{#if receipt}}our receipt{{else}}our invoice{{/if}} for {{#if forTicket}}ticket{{else}}repair{{/if}} {{workNumber}}.{{/if}}\n\nNumber: {{number}}\nTotal with VAT: {{money total}}{{#if dueOn}}\nPlease pay by: {{when dueOn}}{{/if}}\n\n{{#if openUntil}}You can open and download it with the button below until {{when openUntil}}; you need no password.{{else}}You can read and download it any time in your account.{{/if}}`,
    action: 'See the document',
  },
  'work-report-closed': {
    subject: '[{{number}}] {{#if newer}}Your corrected work report{{else}}Your work report{{/if}}: please approve',
    body: `${hello}{{#if newer}}here is the corrected report on our work; it takes the place of the earlier one.{{else}}here is the report on our work.{{/if}} Please read it, and approve it if everything is right.{{#if work}}\n\nWhat we did: {{work}}{{/if}}{{#if total}}\nTotal with VAT: {{money total}}{{/if}}\n\n{{#if forTicket}}Ticket{{else}}Repair{{/if}} {{workNumber}}\n\nIs something wrong? Tell us on the same page, and we will correct it.`,
    action: 'Read and approve',
  },
  'work-report-approved': {
    subject: '[{{number}}] Work report approved',
    body: `${hello}thank you for approving the report on our work.{{#if work}}\n\nWhat we did: {{work}}{{/if}}{{#if total}}\nTotal with VAT: {{money total}}{{/if}}\n\n{{#if forTicket}}Ticket{{else}}Repair{{/if}} {{workNumber}}`,
    action: 'Read it again',
  },
  'work-report-answered-staff': {
    subject: '[{{number}}] {{#if approved}}Approved{{else}}Sent back by the customer{{/if}}: {{workNumber}}',
    body: `${hello}{{#if approved}}{{#if by}}{{by}}{{else}}the customer{{/if}} has approved this work report. You can finish the work.{{else}}the customer does not agree with this work report. Please correct it and close it again.{{#if reason}}\n\n{{reason}}{{/if}}{{/if}}\n\n{{#if forTicket}}Ticket{{else}}Repair{{/if}} {{workNumber}}{{#if customer}}\nCustomer: {{customer}}{{/if}}`,
    action: 'Open the work report',
  },
  'part-low-on-stock': {
    subject: '[{{sku}}] Low on stock: {{part}}',
    body: `${hello}only {{available}} of {{part}} ({{sku}}) are available; there should be at least {{minimumStock}}.`,
    action: 'Open the part',
  },
};
