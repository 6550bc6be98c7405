import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import type { UploadingClient } from '@riparo/shared/http/internal-client';
import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Logger } from 'pino';
import { classify } from './classify.js';
import { handOverReply, handOverTicket, sentFiles, type HandedOver } from './hand-over.js';
import { begin, keyOfSubject, conclude, type InboundMail, type MailFacts, type MailFile, type Outcome } from './inbound-mail.js';
import type { InboundMails, RawMails } from './inbound-mail.repository.js';
import { readMail, type ReadMail } from './read-mail.js';
import { routeMail, type RouteDeps, type Way } from './route-mail.js';
import { visibleText } from './visible-text.js';

export interface ProcessDeps extends RouteDeps {
  readonly inboundMails: InboundMails;
  readonly rawMails: RawMails;
  readonly dueMails: AcrossTenants;
  readonly tickets: UploadingClient;
  /** What follows from a bounce; resolves to the reason that the list shows. */
  readonly takeBounce: (tenantId: string, mail: ReadMail, raw: Buffer) => Promise<string>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Mails of one sender about one thing within an hour: who writes more is a program that answers another one. */
export const STORM = 20;

const factsOf = (mail: ReadMail, kind: MailFacts['kind'], files: readonly MailFile[]): MailFacts => ({
  kind,
  ...(mail.fromAddress === undefined ? {} : { fromAddress: mail.fromAddress }),
  ...(mail.fromName === undefined ? {} : { fromName: mail.fromName }),
  mailSubject: mail.subject,
  ...(mail.sentAt === undefined ? {} : { sentAt: mail.sentAt }),
  text: mail.text,
  shownText: visibleText(mail.text),
  files,
});

const plainFiles = (mail: ReadMail): readonly MailFile[] =>
  sentFiles(mail).map(({ name, contentType, bytes }) => ({ name, contentType, byteCount: bytes.length }));

interface Followed extends HandedOver {
  readonly aboutKey: string;
  readonly isLoop?: boolean;
}

export const createProcessMail = (deps: ProcessDeps) => {
  const { inboundMails, rawMails, tickets, clock } = deps;

  const isStorm = async (tenantId: string, mail: InboundMail, fromAddress: string, aboutKey: string): Promise<boolean> => {
    const since = new Date(clock.now().getTime() - HOUR_MS);
    const filter = { fromAddress, aboutKey, createdAt: { $gt: since }, id: { $ne: mail.id } };
    return (await inboundMails.in(tenantId).count(filter, { upTo: STORM })) >= STORM;
  };

  const handOver = async (tenantId: string, { id }: InboundMail, read: ReadMail, way: Way): Promise<HandedOver> => {
    if (way.kind === 'quarantine') {
      const { reason, about } = way;
      return { outcome: { status: 'QUARANTINED', reason, ...(about === undefined ? {} : { about }) }, files: plainFiles(read) };
    }
    const as = { tenantId, userId: way.author.id, locale: way.author.locale };
    const words = { text: visibleText(read.text), title: read.subject };
    return way.kind === 'reply'
      ? handOverReply(tickets, as, way.about, read, words, `mail:${id}`)
      : handOverTicket(tickets, as, read, words, `mail:${id}`);
  };

  const followed = async (tenantId: string, mail: InboundMail, read: ReadMail): Promise<Followed> => {
    const way = await routeMail(deps, tenantId, read);
    const aboutKey = keyOfSubject(way.kind === 'reply' ? way.about : undefined);
    const { fromAddress } = read;
    if (way.kind !== 'quarantine' && fromAddress !== undefined && (await isStorm(tenantId, mail, fromAddress, aboutKey))) {
      const about = way.kind === 'reply' ? { about: way.about } : {};
      return { outcome: { status: 'IGNORED', reason: 'TOO_MANY_MAILS', ...about }, files: plainFiles(read), aboutKey, isLoop: true };
    }
    return { ...(await handOver(tenantId, mail, read, way)), aboutKey };
  };

  const ignored = async (tenantId: string, kind: MailFacts['kind'], read: ReadMail, raw: Buffer): Promise<Outcome> => ({
    status: 'IGNORED',
    reason: kind === 'BOUNCE' ? await deps.takeBounce(tenantId, read, raw) : kind,
  });

  /**
   * One mail, in steps that each can be repeated: what was handed over is handed over under the same key, and what became of it is
   * written down last.
   */
  const processOne = async ({ tenantId, id }: Found): Promise<void> => {
    const mails = inboundMails.in(tenantId);
    const mail = await mails.update(id, (before) => begin(before, clock.now()));
    if (mail?.status !== 'RECEIVED') return;
    const raw = await rawMails.get(tenantId, id, 'raw');
    const read = await readMail(raw?.bytes ?? Buffer.alloc(0));
    const kind = classify(read, deps.own);
    if (kind !== 'MESSAGE') {
      const outcome = await ignored(tenantId, kind, read, raw?.bytes ?? Buffer.alloc(0));
      await mails.update(id, (before) => conclude(before, factsOf(read, kind, plainFiles(read)), outcome));
      return;
    }
    const { outcome, files, aboutKey, isLoop } = await followed(tenantId, mail, read);
    await mails.update(id, (before) => conclude(before, factsOf(read, isLoop === true ? 'LOOP' : kind, files), outcome, aboutKey));
  };

  /** Goes through whatever is due, over all tenants. */
  return (): Promise<void> =>
    forEachFound(
      { everywhere: deps.dueMails, log: deps.log, failure: 'a mail waits and is tried again' },
      { nextAttemptAt: { $lte: clock.now() } },
      processOne,
    );
};
