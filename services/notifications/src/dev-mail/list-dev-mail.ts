import { notFound } from '@riparo/shared/errors/common-errors';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Handlebars from 'handlebars';
import type { Dependencies } from '../dependencies.js';
import { listMails } from './mail-files.js';

const PAGE = Handlebars.compile(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mail</title></head><body style="font-family:sans-serif;max-width:60rem;margin:2rem auto">
<h1>Mail that would have been sent</h1>
<p>No mail server is set (SMTP_HOST). Newest first.</p>
{{#each mails}}<details style="border-top:1px solid #ccc;padding:.5rem 0"><summary><b dir="auto">{{subject}}</b> to <bdi>{{to}}</bdi>, {{at}}</summary>
<pre dir="auto" style="white-space:pre-wrap">{{text}}</pre><a href="/dev/mail/{{name}}">source</a></details>
{{else}}<p>Nothing yet.</p>
{{/each}}</body></html>
`);

const MAX_SHOWN = 200;

/**
 * A page for whoever tries Riparo out on their own machine. The mails hold links that let their reader in: they are
 * for the machine that Riparo runs on, not for the network.
 */
export const listDevMail =
  ({ devMailDirectory }: Pick<Dependencies, 'devMailDirectory'>) =>
  async ({ fromThisMachine }: PublicCall): Promise<Reply> => {
    if (devMailDirectory === undefined || !fromThisMachine) throw notFound('page');
    const html = PAGE({ mails: await listMails(devMailDirectory, MAX_SHOWN) });
    return { status: 200, body: Buffer.from(html), headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } };
  };
