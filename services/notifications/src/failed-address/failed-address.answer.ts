import { view } from '@riparo/shared/http/reference/answer';
import { id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { FAILURE_SOURCES } from './failed-address.js';

export const failedAddressAnswer = view('FailedAddress', 'An address that takes no mail.', {
  id: id(),
  version: version(),
  address: text(),
  source: oneOf(FAILURE_SOURCES).description('REFUSED: the mail server took no mail for it. BOUNCE: a mail came back.'),
  reason: text(),
  failedAt: moment(),
  confirmedAt: moment().optional().description('Missing: nothing is sent there, except what is about an account.'),
  confirmedByUserId: id().optional(),
});
