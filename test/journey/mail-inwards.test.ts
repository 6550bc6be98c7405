import { eventually } from '@riparo/shared/testing/eventually';
import { httpClientOf } from '@riparo/shared/testing/http-client';
import { expect } from 'chai';
import { eachSharedMode, type Scene } from '../systems/modes.js';
import { moveIn, openTicket } from './journey.js';

interface Ticket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly source: string;
  readonly activities: readonly { readonly type: string; readonly body: string }[];
}

const TOKEN = 'a-token-for-the-mail-door';

const define = (scene: () => Scene): void => {
  it('when a customer answers a mail, then the answer is a reply on the ticket, once', async () => {
    const { sink, cast } = scene();
    const { customer } = await moveIn(cast.url, 'carla@example.com');
    const ticket = await openTicket(customer, 'It does not start');
    const sent = await eventually(() => {
      const found = sink.mails.find(({ to, mail }) => to.includes(customer.email) && mail.subject?.includes(ticket.ticketNumber));
      return found?.mail ?? false;
    });
    const replyTo = sent.replyTo?.value[0]?.address ?? '';
    expect(replyTo).to.match(/^support\+t\./);
    const raw = [
      `From: Carla <${customer.email}>`,
      `To: ${replyTo}`,
      'Subject: Re: your request',
      'Message-ID: <answer-1@example.com>',
      `In-Reply-To: ${sent.messageId}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      'It starts again now.',
      '',
      'On Mon, 2 Mar 2026 at 10:00, Riparo <riparo@example.com> wrote:',
      '> We have received your request.',
    ].join('\r\n');
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'message/rfc822' };
    const post = () => httpClientOf(cast.url).request('POST', '/inbound-mail', raw, { headers });
    expect((await post()).status).to.equal(202);
    const replies = async (): Promise<readonly string[]> => {
      const { activities } = await customer.get<Ticket>(`/tickets/${ticket.id}`);
      return activities.filter(({ type }) => type === 'COMMENT').map(({ body }) => body);
    };
    await eventually(async () => expect(await replies()).to.deep.equal(['It starts again now.']));
    await eventually(async () => expect((await post()).body.data).to.include({ status: 'REPLIED' }));
    expect(await replies()).to.have.length(1);
  });
};

eachSharedMode('mails that come in', define, { INBOUND_MAIL_TOKEN: TOKEN, INBOUND_MAIL_ADDRESS: 'support@example.com' });
