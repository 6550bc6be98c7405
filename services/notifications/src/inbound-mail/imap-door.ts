import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { Lease } from '@riparo/shared/persistence/lease';
import type { ImapFlow } from 'imapflow';
import type { Logger } from 'pino';
import { MAX_MAIL_BYTES, type KeepMail } from './keep-mail.js';

export interface ImapOptions {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly mailbox: string;
  /** Milliseconds after which the mailbox is looked into also where the server has said nothing. */
  readonly pollMs: number;
}

interface Deps {
  readonly keepMail: KeepMail;
  readonly wakeMails: () => void;
  readonly lease: Lease;
  readonly log: Logger;
}

export interface ImapDoor {
  start(): void;
  stop(): Promise<void>;
}

/** Two instances would fetch each mail twice. */
const LEASE = 'imap-mailbox';
const LEASE_MS = 30_000;
/** Milliseconds after which a lost mailbox, or one that another instance holds, is tried again. */
const AGAIN_MS = 15_000;

const connect = async ({ host, port, secure, user, password }: ImapOptions): Promise<ImapFlow> => {
  // Only installations with a mailbox pay for the library.
  const { ImapFlow: Client } = await import('imapflow');
  const client = new Client({ host, port, secure, auth: { user, pass: password }, logger: false, emitLogs: false });
  // The end of a connection is seen where somebody waits for it; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** Stores what nobody has stored yet. A mail is marked as seen after it is stored: what dies in between is fetched again. */
const fetchNew = async (client: ImapFlow, { keepMail, wakeMails, log }: Deps): Promise<void> => {
  const found = await client.search({ seen: false }, { uid: true });
  for (const uid of found === false || found === undefined ? [] : found) {
    const mail = await client.fetchOne(String(uid), { source: { maxLength: MAX_MAIL_BYTES + 1 } }, { uid: true });
    const source = mail === false ? undefined : mail.source;
    if (source === undefined) continue;
    if (source.length > MAX_MAIL_BYTES) log.warn({ uid }, 'a mail is too large and stays in the mailbox, marked as seen');
    else await keepMail(DEFAULT_TENANT, Buffer.from(source));
    await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    wakeMails();
  }
};

/** Resolves when something may have come: the server says so, the time is up, or the connection has ended. */
const news = (client: ImapFlow, pollMs: number, signal: AbortSignal, log: Logger): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, pollMs);
    function done(): void {
      clearTimeout(timer);
      client.off('exists', done).off('close', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    client.on('exists', done).on('close', done);
    signal.addEventListener('abort', done);
    // Ends with the next command; a server without IDLE is looked into when the time is up.
    client.idle().catch((error: unknown) => log.debug({ err: error }, 'the mailbox announces nothing for now'));
  });

/**
 * Reads a mailbox: at once what is there, then what comes, as the server announces it (IDLE) or at the latest after `pollMs`.
 * Of several instances one holds it.
 */
export const createImapDoor = (options: ImapOptions, deps: Deps): ImapDoor => {
  const ending = new AbortController();
  const { signal } = ending;
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  let running: Promise<void> | undefined;

  const watch = async (): Promise<void> => {
    const client = await connect(options);
    const close = (): void => client.close();
    signal.addEventListener('abort', close);
    try {
      const lock = await client.getMailboxLock(options.mailbox);
      try {
        let announcements = 0;
        client.on('exists', () => {
          announcements += 1;
        });
        while (!signal.aborted && client.usable) {
          const before = announcements;
          await fetchNew(client, deps);
          // What was announced while mails were fetched would be waited for in vain.
          if (announcements === before) await news(client, options.pollMs, signal, deps.log);
        }
      } finally {
        lock.release();
      }
    } finally {
      signal.removeEventListener('abort', close);
      client.close();
    }
  };
  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      await deps.lease.hold(LEASE, LEASE_MS, watch).catch((error: unknown) => {
        if (!signal.aborted) deps.log.warn({ err: error }, 'the mailbox cannot be read and is tried again');
      });
      await Promise.race([pause(AGAIN_MS, undefined, { ref: false }), aborted]);
    }
  };
  return {
    start: () => {
      running = loop();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};
