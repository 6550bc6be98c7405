import { view } from '@riparo/shared/http/reference/answer';
import { moment, text } from '@riparo/shared/http/reference/answer-fields';

export const emailFailureAnswer = view('EmailFailure', 'Why mails to an address do not arrive.', {
  since: moment(),
  reason: text().description('What the other mail server said.'),
});
