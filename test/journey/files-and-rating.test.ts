import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { eachMode } from '../systems/modes.js';
import * as journey from './journey.js';
import { mailTo } from './mailbox.js';
import { createPerson, PASSWORD } from './person.js';

interface File {
  readonly id: string;
  readonly name: string;
}
interface TicketWithFiles {
  readonly activities: readonly { readonly attachments?: readonly File[] }[];
  readonly rating?: { readonly score: number };
}

/** Larger than anything that is passed on in one piece. */
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(9 * 1024 * 1024, ' '), Buffer.from('\n%%EOF\n')]);

const tokenOf = async (url: string, email: string): Promise<string> => {
  const answer = await createPerson(url, email).post<{ token: string }>('/auth/login', { email, password: PASSWORD });
  return answer.token;
};

const upload = async (url: string, token: string): Promise<File> => {
  const form = new FormData();
  form.append('file', new Blob([PDF]), 'Perché.pdf');
  const response = await fetch(`${url}/api/v1/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
  expect(response.status).to.equal(201);
  return ((await response.json()) as { data: File }).data;
};

const download = async (url: string, token: string, id: string): Promise<Buffer> => {
  const response = await fetch(`${url}/api/v1/attachments/${id}`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.headers.get('content-disposition')).to.match(/^attachment; .*Perch%C3%A9\.pdf/);
  return Buffer.from(await response.arrayBuffer());
};

eachMode('a file that comes with a reply, and a rating at the end', (begin) => {
  it('when a ticket with a file is closed, then the engineer had the file, and the customer rates by mail', async () => {
    const { cast } = await begin();
    const { url, mailbox, admin } = cast;
    const { customer } = await journey.moveIn(url, 'carla@example.com');
    const engineer = await journey.joinAsEngineer(cast, 'edith@example.com', 'Edith Engineer');
    const ticket = await journey.openTicket(customer, 'Strange invoice');
    await journey.assigned(customer, ticket.id);

    const file = await upload(url, await tokenOf(url, 'carla@example.com'));
    expect(file.name).to.equal('Perché.pdf');
    await customer.post(`/tickets/${ticket.id}/reply`, { body: 'Here it is.', attachmentIds: [file.id] });
    const { activities } = await engineer.get<TicketWithFiles>(`/tickets/${ticket.id}`);
    expect(activities.flatMap(({ attachments = [] }) => attachments.map(({ id }) => id))).to.deep.equal([file.id]);
    expect((await download(url, await tokenOf(url, 'edith@example.com'), file.id)).equals(PDF)).to.equal(true);

    await admin.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' });
    const mail = await mailTo(mailbox, 'carla@example.com', /Closed/);
    const link = /\/rate\/([\w.-]+)/.exec(mail.text)?.[1] ?? '';
    const somebody = createPerson(url, 'nobody@example.com');
    expect(await somebody.get(`/public/ratings/${link}`)).to.include({ ticketNumber: ticket.ticketNumber, canRate: true });
    await somebody.post(`/public/ratings/${link}`, { score: 1, comment: 'Too slow' });
    expect((await customer.get<TicketWithFiles>(`/tickets/${ticket.id}`)).rating?.score).to.equal(1);
    await mailTo(mailbox, 'edith@example.com', /Rated 1 of 5/);
    await mailTo(mailbox, admin.email, /Rated 1 of 5/);
    const { satisfaction } = await eventually(async () => {
      const report = await admin.get<{ satisfaction: { count: number; mean: number } }>('/reports/tickets');
      return report.satisfaction.count > 0 && report;
    });
    expect(satisfaction.mean).to.equal(1);
  });
});
