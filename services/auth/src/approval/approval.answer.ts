import { view } from '@riparo/shared/http/reference/answer';
import { moment, named, text } from '@riparo/shared/http/reference/answer-fields';

export const approvalAnswer = view('Approval', 'Proof that somebody approved one action with their password.', {
  approvalToken: text().description('For the request that needs the approval; it works once.'),
  expiresAt: moment(),
  approvedBy: named(),
});
