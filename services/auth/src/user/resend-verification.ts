import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { mailTask } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { GuessLimiter } from '../throttle/guess-limiter.js';

interface Deps {
  readonly tasks: TaskRunner;
  readonly limiter: GuessLimiter;
}

/** One's own address; when it is confirmed already no mail goes out. */
export const resendVerification =
  ({ tasks, limiter }: Deps) =>
  async ({ caller: { tenantId, userId, email }, now, ip, ids }: Call): Promise<Reply> => {
    await limiter.count({ tenantId, purpose: 'verify', account: userId, ip, known: true });
    await tasks.add(tenantId, userId, [mailTask(ids, now, 'VERIFY_EMAIL')]);
    return accepted({ email }, 'A link to confirm your address is on its way, unless it is confirmed already.');
  };
