import { randomUUID } from 'node:crypto';
import type { HttpClient } from '@riparo/shared/testing/http-client';

type Ask = (api: HttpClient, token: string) => Promise<{ readonly status: number }>;

/** Cancelled long before it is due: what is counted here is delivered to nobody. */
const SEND_AT = '2099-01-01T00:00:00.000Z';
const MANY = Array.from({ length: 100 }, (_, index) => `limits-${index}@example.com`);

/** Requests that one person repeats from one address until a count refuses them. */
export const LIMITS: Readonly<Record<string, Ask>> = {
  'mails to one mailbox': (api, token) =>
    api.post('/users', { email: `limits+${randomUUID()}@example.com`, name: 'Ada', role: 'AGENT' }, { token }),
  'passwords tried for one account': (api, token) => {
    const approval = { email: 'limits@example.com', password: 'a wrong one', purpose: 'sign:report', subjectId: randomUUID() };
    return api.post('/auth/approvals', approval, { token });
  },
  'messages of one sender': async (api, token) => {
    const message = { channel: 'EMAIL', recipients: MANY, subject: 'Hello', body: 'Text', sendAt: SEND_AT };
    const answer = await api.post<{ id: string }>('/notifications', message, { token });
    if (answer.status === 202) await api.post(`/notifications/${answer.body.data.id}/cancel`, undefined, { token });
    return answer;
  },
  announcements: async (api, token) => {
    const announcement = { audience: 'CUSTOMERS', channels: ['EMAIL'], subject: 'Hello', body: 'Text', sendAt: SEND_AT };
    const answer = await api.post<{ id: string }>('/announcements', announcement, { token });
    if (answer.status === 201) await api.post(`/announcements/${answer.body.data.id}/cancel`, undefined, { token });
    return answer;
  },
};

const MOST = 20;

/** Repeats it until it is refused; false when it never is. */
export const useUp = async (ask: Ask, api: HttpClient, token: string): Promise<boolean> => {
  for (let tries = 0; tries < MOST; tries++) if ((await ask(api, token)).status === 429) return true;
  return false;
};
