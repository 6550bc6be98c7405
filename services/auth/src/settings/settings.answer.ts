import { view } from '@riparo/shared/http/reference/answer';
import { businessCalendar, moment, text, version } from '@riparo/shared/http/reference/answer-fields';

export const settingsAnswer = view('Settings', 'The centre as a whole.', {
  companyName: text(),
  address: text().optional(),
  contactEmail: text().optional(),
  contactPhone: text().optional(),
  logoUrl: text().optional(),
  timeZone: text().description('IANA name, such as `Europe/Rome`.'),
  locale: text().description('Language of mails and documents, such as `it-IT`, where nobody chose another.'),
  currency: text().description('ISO 4217.'),
  calendar: businessCalendar(),
  updatedAt: moment(),
  version: version(),
});
