import type { brokerDefinitions } from '../../messaging/broker-definitions.js';

const TIMEOUT_MS = 30_000;

/** Tells the broker by its management API what it has to hold. What is there already stays, but users get these passwords and rights. */
export const importDefinitions = async (apiUrl: string, definitions: ReturnType<typeof brokerDefinitions>): Promise<void> => {
  const { origin, username, password } = new URL(apiUrl);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const answer = await fetch(`${origin}/api/definitions`, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
    body: JSON.stringify(definitions),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the broker's API answered ${answer.status}: ${text.slice(0, 500)}`);
};
