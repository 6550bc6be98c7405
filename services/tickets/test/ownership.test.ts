import { expect } from 'chai';
import { buildRepair } from './repair/repair.builder.js';
import { startBench, type Bench, type Person } from './bench.js';

interface Attempt {
  readonly method: 'put' | 'patch' | 'post' | 'delete';
  readonly path: string;
  readonly body?: object;
}

/** Every door that changes what somebody else has, with a body that its owner could send. */
const attempts = (ids: { readonly ticket: string; readonly repair: string; readonly appointment: string; readonly file: string }) =>
  [
    { method: 'put', path: `/tickets/${ids.ticket}`, body: { title: 'Mine' } },
    { method: 'patch', path: `/tickets/${ids.ticket}/status`, body: { status: 'CLOSED' } },
    { method: 'post', path: `/tickets/${ids.ticket}/reply`, body: { body: 'Hello' } },
    { method: 'post', path: `/tickets/${ids.ticket}/attach-asset`, body: { assetId: ids.appointment } },
    { method: 'post', path: `/tickets/${ids.ticket}/rating`, body: { score: 1 } },
    { method: 'post', path: `/repairs/${ids.repair}/cancel`, body: { reason: 'No' } },
    { method: 'post', path: `/repairs/${ids.repair}/reply`, body: { body: 'Hello' } },
    { method: 'patch', path: `/appointments/${ids.appointment}`, body: { status: 'CANCELLED' } },
    { method: 'delete', path: `/attachments/${ids.file}` },
  ] as const satisfies readonly Attempt[];

describe('what another customer has', () => {
  let bench: Bench;
  let rosa: Person;
  let stranger: Person;
  let ids: Parameters<typeof attempts>[0];
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    [rosa, stranger] = [await bench.customer(), await bench.customer()];
    const { id: ticket } = await bench.open(rosa);
    const { body: repair } = await bench.api.post<{ id: string }>('/repairs', buildRepair(), rosa);
    const times = { scheduledStartAt: '2026-03-04T09:00:00Z', scheduledEndAt: '2026-03-04T10:00:00Z' };
    const booked = await bench.api.post<{ id: string }>(`/tickets/${ticket}/appointments`, { type: 'DROP_OFF', ...times }, rosa);
    const form = new FormData();
    form.append('file', new Blob(['%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n']), 'report.pdf');
    const sent = await bench.api.request<{ id: string }>('POST', '/attachments', form, { token: rosa.token });
    if (sent.status !== 201) throw new Error(sent.text);
    ids = { ticket, repair: repair.data.id, appointment: booked.body.data.id, file: sent.body.data.id };
  });
  after(() => bench.stop());

  const call = ({ method, path, body }: Attempt, by: Person, ifMatch?: string) => {
    const options = { token: by.token, ...(ifMatch === undefined ? {} : { headers: { 'if-match': ifMatch } }) };
    return method === 'delete' ? bench.api.delete(path, options) : bench.api[method](path, body, options);
  };

  it('when a stranger changes it with a stale If-Match, then it does not exist, as without one', async () => {
    for (const attempt of attempts(ids)) {
      for (const ifMatch of [undefined, '"999"', '"998", "999"', '"x"']) {
        const { status, body } = await call(attempt, stranger, ifMatch);
        expect(status, `${attempt.method} ${attempt.path} ${ifMatch}: ${JSON.stringify(body)}`).to.equal(404);
        expect(body).to.not.have.property('currentVersion');
      }
    }
  });

  it('when its owner does, then 412, so that the attempts above could have told', async () => {
    const told = await Promise.all(attempts(ids).map((attempt) => call(attempt, rosa, '"999"')));
    expect(told.filter(({ status }) => status === 412).length).to.be.greaterThan(4);
  });
});
