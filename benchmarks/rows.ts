import { randomUUID } from 'node:crypto';
import type { LoadOptions } from './load.js';
import type { Population } from './population.js';
import { scenarios } from './scenarios.js';

type Target = Pick<LoadOptions, 'url' | 'pids'>;

const DEVICE = { category: 'LAPTOP', brand: 'Dell', model: 'Latitude 7420', serialNumber: 'SCALE-1' } as const;

/** A repair to ask the public status of; answers the path that asks. */
const bringIn = async ({ url }: Target, { customerToken }: Pick<Population, 'customerToken'>): Promise<string> => {
  const answer = await fetch(`${url}/api/v1/repairs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${customerToken}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ device: DEVICE, problemDescription: 'It makes a noise.' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const { data } = (await answer.json()) as { readonly data: { readonly number: string } };
  return `/public/repairs/status?serialNumber=${DEVICE.serialNumber}&number=${data.number}`;
};

/** What both sides are asked; reading first, because what is created would change the lists. */
export const rowsOf = async (target: Target, people: Population): Promise<readonly LoadOptions[]> => {
  const [create, list, read, reply] = scenarios(target, people) as [LoadOptions, LoadOptions, LoadOptions, LoadOptions];
  const status = await bringIn(target, people);
  const asked = (title: string, query: string): LoadOptions => ({ ...list, title, paths: [`/tickets?${query}&pageSize=25`] });
  return [
    list,
    asked('my tickets, all', 'sort=-createdAt'),
    asked('my tickets, search for a word', 'search=noise'),
    asked('my tickets, search for two words', 'search=laptop%20noise'),
    asked('my tickets, search for the beginning of a word', 'search=noi'),
    read,
    { ...list, title: 'public repair status', paths: [status] },
    create,
    reply,
  ];
};
