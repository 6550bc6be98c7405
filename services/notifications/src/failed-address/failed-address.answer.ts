import { ADDRESS_FAILURES } from '@riparo/shared/contracts/notifications.events';
import { view } from '@riparo/shared/http/reference/answer';
import { id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';

export const failedAddressAnswer = view('FailedAddress', 'An address that takes no mail.', {
  id: id(),
  version: version(),
  address: text(),
  source: oneOf(ADDRESS_FAILURES).description('REFUSED: the mail server took no mail for it. BOUNCE: a mail came back.'),
  reason: text(),
  failedAt: moment(),
  confirmedAt: moment().optional().description('Missing: nothing is sent there, except what is about an account.'),
  confirmedByUserId: id().optional().description('Missing with `confirmedAt`: the address took a mail that was tried all the same.'),
});
