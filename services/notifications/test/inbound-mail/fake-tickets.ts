import { randomUUID } from 'node:crypto';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { UploadingClient } from '@riparo/shared/http/internal-client';

interface Reply {
  readonly userId: string;
  readonly subject: { readonly kind: string; readonly id?: string; readonly number?: string };
  readonly body: string;
  readonly attachmentIds?: readonly string[];
  readonly isInternal?: boolean;
}

interface Opening {
  readonly userId: string;
  readonly title: string;
  readonly description: string;
  readonly customerId?: string;
}

interface State {
  away: boolean;
  dieAfterTaking: boolean;
  /** Calls wait for it. */
  gate?: Promise<void>;
  waiting: number;
}

interface Known {
  readonly id: string;
  readonly number: string;
  /** Users who may see it. */
  readonly visibleTo: readonly string[];
  readonly closed?: boolean;
}

/** Stands in for the tickets service, which answers a key a second time as the first time. */
export const createFakeTickets = () => {
  const [replies, openings, files]: [Reply[], Opening[], string[]] = [[], [], []];
  const known: Known[] = [];
  const answers = new Map<string, unknown>();
  const state: State = { away: false, dieAfterTaking: false, waiting: 0 };

  const once = async <T>(key: string, make: () => unknown): Promise<T> => {
    state.waiting++;
    await state.gate;
    if (state.away) throw unavailable('The tickets service');
    if (!answers.has(key)) answers.set(key, make());
    // What was taken is taken, and nobody hears of it.
    if (state.dieAfterTaking && !key.includes(':file')) throw new Error('the process was killed');
    return answers.get(key) as T;
  };
  const take = (body: Reply): { id: string } => {
    const found = known.find(({ id, number }) => id === body.subject.id || number === body.subject.number);
    if (found === undefined || !(body.isInternal === true || found.visibleTo.includes(body.userId))) throw notFound('ticket');
    if (found.closed === true) throw new DomainError('conflict', 'TICKET_CLOSED', 'This ticket is closed.');
    replies.push(body);
    return { id: found.id };
  };
  const open = (body: Opening): { id: string } => {
    openings.push(body);
    return { id: randomUUID() };
  };
  const client: UploadingClient = {
    get: () => Promise.reject(new Error('is not asked')),
    post: (path, body, key) => once(key, () => (path === '/internal/mail-replies' ? take(body as Reply) : open(body as Opening))),
    upload: (_path, { fileName, bytes }, key) =>
      once(key, () => {
        const isPicture = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
        if (!isPicture) throw new DomainError('unsupported-media-type', 'ATTACHMENT_TYPE_NOT_SUPPORTED', 'Send a photo.');
        files.push(fileName);
        return { id: randomUUID() };
      }),
  };
  return {
    client,
    replies,
    openings,
    files,
    state,
    knows: (ticket: Partial<Known> & Pick<Known, 'visibleTo'>): Known => {
      const made = { id: randomUUID(), number: `TKT-2026-${String(known.length + 1).padStart(3, '0')}`, ...ticket };
      known.push(made);
      return made;
    },
  };
};
