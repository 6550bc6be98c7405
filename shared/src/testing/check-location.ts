/** Operations by the role of who asked. To follow every `Location` would double all creations, and teach nothing more. */
const followed = new Set<string>();

const roleOf = (token: string | undefined): unknown =>
  token === undefined ? undefined : (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { role?: unknown }).role;

/** What a server may answer to anything while it starts, stops, or is overrun. */
const PASSING = new Set([429, 503]);

/**
 * Throws unless the `Location` of a 201 is answered 200 to the same person. Follows the first one of each operation and
 * role in this process.
 */
export const checkLocation = async (operationId: string, { status, headers, url }: Response, token: string | undefined): Promise<void> => {
  const location = headers.get('location');
  const name = `${operationId} ${String(roleOf(token))}`;
  if (status !== 201 || location === null || followed.has(name)) return;
  followed.add(name);
  const found = await fetch(new URL(location, url), token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  await found.body?.cancel();
  if (found.status === 200 || PASSING.has(found.status)) return;
  throw new Error(`The Location ${location} of ${operationId} is answered ${found.status} to who made it`);
};
