import type { LoadOptions } from './load.js';
import type { Population } from './population.js';

const CONNECTIONS = 16;
const SECONDS = 8;

type Target = Pick<LoadOptions, 'url' | 'pids'>;

/** What is measured, in this order: the lists come after the tickets that the first scenario makes. */
export const scenarios = ({ url, pids }: Target, people: Population): readonly LoadOptions[] => {
  const common = { url, token: people.customerToken, connections: CONNECTIONS, seconds: SECONDS, pids };
  return [
    {
      ...common,
      title: 'create ticket',
      paths: ['/tickets'],
      method: 'POST',
      body: {
        title: 'Printer is offline',
        description: 'Since this morning.',
        category: 'HARDWARE',
        priority: 'MEDIUM',
        assetId: people.laptopId,
      },
    },
    { ...common, title: 'my tickets, page 1 of 25, filter and sort', paths: ['/tickets?status=OPEN&sort=-createdAt&pageSize=25'] },
    { ...common, title: 'ticket with timeline', paths: people.ticketIds.map((id) => `/tickets/${id}`) },
    { ...common, title: 'reply', paths: people.ticketIds.map((id) => `/tickets/${id}/reply`), method: 'POST', body: { body: 'Any news?' } },
  ];
};
