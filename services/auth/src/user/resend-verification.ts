import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { MailPermits } from '../mail/mail-permits.js';
import type { TaskRunner } from '../task/task-runner.js';

interface Deps {
  readonly tasks: TaskRunner;
  readonly mailPermits: MailPermits;
}

/** One's own address; when it is confirmed already no mail goes out. */
export const resendVerification =
  ({ tasks, mailPermits }: Deps) =>
  async ({ caller, now, ip, ids }: Call): Promise<Reply> => {
    const { tenantId, userId, email } = caller;
    const permit = await mailPermits.ask({ tenantId, to: email, ip, sender: caller });
    await tasks.add(tenantId, userId, [permit.mail(ids, now, 'VERIFY_EMAIL')]);
    return accepted({ email }, 'A link to confirm your address is on its way, unless it is confirmed already.');
  };
