const repair = {
  name: 'Ada Rossi',
  company: 'Riparo',
  timeZone: 'Europe/Rome',
  number: 'REP-2026-000001',
  device: 'Lenovo ThinkPad T14',
  problem: 'Does not start; the light blinks three times.',
  estimate: '2026-03-06T16:00:00.000Z',
  technician: 'Grace Bianchi',
  customer: 'Studio Verdi',
  customerPhone: '+39 059 123456',
  customerEmail: 'office@studio-verdi.example.com',
  companyAddress: 'Via Emilia 1, 41121 Modena MO',
  companyPhone: '+39 059 654321',
  link: 'https://support.example.com/repairs/0199a0c0-0000-7000-8000-000000000000',
};
const amount = { amount: 14_900, currency: 'EUR' };
const priced = { ...repair, amount, left: amount };

const quote = {
  name: 'Ada Rossi',
  company: 'Riparo',
  customer: 'Studio Verdi',
  companyPhone: '+39 059 654321',
  number: 'QUO-2026-000001',
  newer: true,
  /** For the work on a ticket, where it is set. */
  forTicket: true,
  workNumber: 'REP-2026-000001',
  about: 'Lenovo ThinkPad T14',
  total: { amount: 14_900, currency: 'EUR' },
  maximum: { amount: 18_000, currency: 'EUR' },
  validUntil: '2026-04-05',
  link: 'https://support.example.com/quote/example',
};

const workReport = {
  name: 'Ada Rossi',
  company: 'Riparo',
  customer: 'Studio Verdi',
  companyPhone: '+39 059 654321',
  number: 'WR-2026-000001',
  newer: true,
  forTicket: true,
  workNumber: 'TKT-2026-001',
  work: 'Changed the power supply and tested for half an hour.',
  total: { amount: 14_900, currency: 'EUR' },
  link: 'https://support.example.com/sign/example',
};

const payment = {
  name: 'Ada Rossi',
  company: 'Riparo',
  customer: 'Studio Verdi',
  companyPhone: '+39 059 654321',
  number: 'REP-2026-000001',
  paid: { amount: 9_900, currency: 'EUR' },
  method: 'BANK_TRANSFER',
  reference: 'TRN 4711',
  link: 'https://support.example.com/payments/0199a0c0-0000-7000-8000-000000000000',
};

/** What is written about repairs. Money is `{ amount, currency }` in minor units, for the helper `money`. */
export const REPAIR_TEMPLATES = {
  'repair-received': {
    category: 'REPAIRS',
    description: 'To the customer: taken in at the desk (`counter`) or asked for, with the number and where to look how far it is.',
    sample: {
      ...repair,
      counter: true,
      serialNumber: 'PF-3X9K21',
      accessories: 'charger, bag',
      condition: 'Scratches on the lid',
      statusLink: 'https://support.example.com/repair-status?number=REP-2026-000001&serialNumber=PF-3X9K21',
    },
  },
  'repair-started': {
    category: 'REPAIRS',
    description: 'To the customer: somebody works on it, for the first time or again (`resumed`).',
    sample: { ...repair, resumed: true },
  },
  'repair-held-up': {
    category: 'REPAIRS',
    description: 'To the customer: waiting for parts, on hold or delayed, and why.',
    sample: { ...repair, status: 'AWAITING_PARTS', reason: 'The mainboard has been ordered.' },
  },
  'repair-canceled': {
    category: 'REPAIRS',
    description: 'To the customer: called off.',
    sample: { ...repair, reason: 'There are no more parts for it.' },
  },
  'repair-estimate-changed': {
    category: 'REPAIRS',
    description: 'To the customer: expected to be done at another time than before, for the first time, or nobody can say.',
    sample: { ...repair, previousEstimate: '2026-03-04T16:00:00.000Z' },
  },
  'repair-completed': {
    category: 'REPAIRS',
    description: 'To the customer: what was done, and what is to be paid.',
    sample: { ...priced, work: 'New mainboard.' },
  },
  'repair-refused': {
    category: 'REPAIRS',
    description: 'To the customer: why it was not repaired, and what is to be paid.',
    sample: { ...priced, work: 'Water damage; a repair would cost more than the device.' },
  },
  'repair-ready': {
    category: 'REPAIRS',
    description: 'To the customer: it can be fetched, where, and what is left to pay.',
    sample: priced,
  },
  'repair-paid': {
    category: 'REPAIRS',
    description: 'To the customer: a small receipt for a payment, and what is left to pay.',
    sample: {
      ...priced,
      paid: { amount: 5_000, currency: 'EUR' },
      left: { amount: 9_900, currency: 'EUR' },
      method: 'CARD',
      reference: '4711',
      paidOn: '2026-03-06T15:00:00.000Z',
    },
  },
  'repair-refunded': {
    category: 'REPAIRS',
    description: 'To the customer: money was given back, how and why.',
    sample: {
      ...priced,
      refunded: { amount: 5_000, currency: 'EUR' },
      method: 'CARD',
      reference: '4712',
      reason: 'The new battery failed.',
      refundedOn: '2026-03-09T15:00:00.000Z',
    },
  },
  'payment-to-verify-desk': {
    category: 'REPAIRS',
    description: 'To the desk: a customer announced a transfer, or an online payment does not match what is due.',
    sample: payment,
  },
  'payment-rejected': {
    category: 'REPAIRS',
    description: 'To the customer: the announced transfer was not found, or an online payment goes back (`sentBack`), and why.',
    sample: { ...payment, reason: 'No transfer with this reference has arrived.', sentBack: true },
  },
  'repair-collected': {
    category: 'REPAIRS',
    description: 'To the customer: handed back, when and to whom.',
    sample: { ...repair, collectedAt: '2026-03-06T15:05:00.000Z', collectedBy: 'Carla Verdi' },
  },
  'repair-pickup-notice': {
    category: 'REPAIRS',
    description:
      'To the customer: nobody has collected the device; `again` from the second notice on, `last` with the day after which it may be given up.',
    sample: {
      ...priced,
      again: true,
      last: true,
      readyOn: '2026-03-06',
      givenUpAfter: '2026-06-04',
      storageFee: { amount: 1_500, currency: 'EUR' },
    },
    needsAnswer: true,
  },
  'repair-abandoned': {
    category: 'REPAIRS',
    description: 'To the customer: nobody collected the device, and it was given up.',
    sample: priced,
    needsAnswer: true,
  },
  'repair-replied-customer': {
    pace: 'AWAITED',
    category: 'REPLIES',
    description: 'To the customer: a reply by staff about a repair.',
    sample: { ...repair, author: 'Grace Bianchi', reply: 'Do you need the files on it?' },
  },
  'repair-replied-technician': {
    pace: 'AWAITED',
    category: 'REPLIES',
    description: 'To the technician, or to the desk when nobody has the repair: a reply by the customer.',
    sample: { ...repair, author: 'Carla Verdi', reply: 'Yes, please keep them.' },
  },
  'repair-assigned-technician': { category: 'ASSIGNMENTS', description: 'To the technician who was given a repair.', sample: repair },
  'repair-unassigned-technician': { category: 'ASSIGNMENTS', description: 'To the technician a repair was taken from.', sample: repair },
  'repair-canceled-staff': {
    category: 'ASSIGNMENTS',
    description: 'To the technician who has a repair, or to the desk: it was called off.',
    sample: { ...repair, reason: 'I have bought a new one.' },
  },
  'repair-requested-desk': { category: 'REPAIRS', description: 'To the desk: a customer asks for a repair.', sample: repair },
  'repair-outcome-desk': {
    category: 'REPAIRS',
    description: 'To the desk, which informs the customer: completed or refused (`refused`), whom to call, and what is to be paid.',
    sample: { ...priced, author: 'Grace Bianchi', refused: true, work: 'Water damage.' },
  },
  'repair-parts-arrived': {
    category: 'ASSIGNMENTS',
    description: 'To the technician who has a repair, or to the desk: the parts that were missing are there.',
    sample: repair,
  },
  'quote-sent': {
    category: 'REPAIRS',
    description:
      'To the customer: what it will cost, with the link to accept or decline; `newer`: in place of an earlier one. Nobody can switch it off.',
    sample: quote,
    needsAnswer: true,
  },
  'quote-reminder': {
    category: 'REPAIRS',
    description: 'To the customer, who has not answered a quote. Nobody can switch it off.',
    sample: quote,
    needsAnswer: true,
  },
  'quote-accepted': { category: 'REPAIRS', description: 'To the customer: the quote was accepted, and work goes on.', sample: quote },
  'quote-expired': { category: 'REPAIRS', description: 'To the customer: nobody answered in time.', sample: quote },
  'quote-withdrawn': { category: 'REPAIRS', description: 'To the customer: the quote no longer holds.', sample: quote },
  'quote-decided-staff': {
    category: 'ASSIGNMENTS',
    description: 'To whoever made a quote: accepted (`accepted`) or declined, and what the customer wrote.',
    sample: { ...quote, accepted: true, comment: 'Please keep the old part.' },
  },
  'quote-expired-staff': { category: 'ASSIGNMENTS', description: 'To whoever made a quote: nobody answered in time.', sample: quote },
  'invoice-issued': {
    category: 'REPAIRS',
    description:
      'To the customer: an invoice, a receipt (`receipt`) or a credit note (`creditNote`, which takes back `credits`) was issued. `openUntil`: the last day of a link that needs no account.',
    sample: {
      name: 'Ada Rossi',
      company: 'Riparo',
      number: 'A-2026-000001',
      receipt: true,
      creditNote: true,
      credits: 'A-2026-000001',
      forTicket: true,
      workNumber: 'REP-2026-000001',
      total: { amount: 14_900, currency: 'EUR' },
      dueOn: '2026-04-05',
      openUntil: '2027-03-06',
      link: 'https://support.example.com/invoices/0199a0c0-0000-7000-8000-000000000000',
    },
  },
  'work-report-closed': {
    category: 'REPAIRS',
    description:
      'To the customer: what was done, with the link to read and approve the work report; `newer`: in place of an earlier one. Nobody can switch it off.',
    sample: workReport,
    needsAnswer: true,
  },
  'work-report-approved': {
    category: 'REPAIRS',
    description: 'To the customer: the work report was approved, with the link to read it again.',
    sample: workReport,
  },
  'work-report-answered-staff': {
    category: 'ASSIGNMENTS',
    description: 'To whoever worked: the customer approved the work report (`approved`, `by`), or sent it back (`reason`).',
    sample: { ...workReport, approved: true, by: 'Ada Rossi', reason: 'It was half an hour less.' },
  },
  'part-low-on-stock': {
    category: 'ASSIGNMENTS',
    description: 'To the desk: fewer pieces of a part are available than there should be.',
    sample: {
      name: 'Ada Rossi',
      company: 'Riparo',
      part: 'Display 14"',
      sku: 'LCD-14-FHD',
      available: 1,
      minimumStock: 3,
      link: 'https://support.example.com/parts/0199a0c0-0000-7000-8000-000000000000',
    },
  },
} as const;

export type RepairTemplateKey = keyof typeof REPAIR_TEMPLATES;
