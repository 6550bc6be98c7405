import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildDone, startTill, type InvoiceView, type Person, type Till } from './till.js';

describe('who may do what with documents', () => {
  let till: Till;
  let invoice: InvoiceView;
  let repairId: string;
  before(async () => {
    till = await startTill();
    repairId = (await till.tell(buildDone({ customerId: till.rosa.caller.customerId ?? '' }))).id;
    invoice = await till.issue({ repairId });
  });
  after(() => till.stop());

  const statuses = async ({ token }: Person, id: string): Promise<readonly number[]> => {
    const paths = [`/invoices/${id}`, `/invoices/${id}/invoice.pdf`];
    const read = await Promise.all(paths.map((path) => till.api.get(path, { token })));
    const written = await till.api.post(`/invoices/${id}/credit`, { reason: 'Wrong' }, { token });
    return [...read, written].map(({ status }) => status);
  };

  /** Status of reading, of its PDF, and of taking it back; for what is theirs or there, and for what is not. */
  const ROLES = {
    CUSTOMER_USER: { theirs: [200, 200, 403], none: [404, 404, 403] },
    CUSTOMER_ADMIN: { theirs: [200, 200, 403], none: [404, 404, 403] },
    TECH: { theirs: [403, 403, 403], none: [403, 403, 403] },
    ENGINEER: { theirs: [403, 403, 403], none: [403, 403, 403] },
    AGENT: { theirs: [200, 200, 403], none: [404, 404, 403] },
    ADMIN: { theirs: [200, 200, 201], none: [404, 404, 404] },
    SUPER_ADMIN: { theirs: [200, 200, 201], none: [404, 404, 404] },
  } as const;

  for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
    const isCustomer = role.startsWith('CUSTOMER');
    const person = (part: object = {}): Person =>
      till.person(role, { ...(isCustomer ? { customerId: till.rosa.caller.customerId ?? '' } : {}), ...part });

    it(`when a ${role} asks for one of theirs, then the permissions decide`, async () => {
      const own =
        role === 'ADMIN' || role === 'SUPER_ADMIN'
          ? await till.issue({ repairId: (await till.tell(buildDone({ customerId: till.rosa.caller.customerId ?? '' }))).id })
          : invoice;
      expect(await statuses(person(), own.id)).to.deep.equal(ROLES[role].theirs);
    });

    it(`when a ${role} asks for what is not there, or of another tenant, then there is none`, async () => {
      expect(await statuses(person(), randomUUID())).to.deep.equal(ROLES[role].none);
      expect(await statuses(person({ tenantId: 'other' }), invoice.id)).to.deep.equal(ROLES[role].none);
      if (isCustomer) expect(await statuses(person({ customerId: randomUUID() }), invoice.id)).to.deep.equal(ROLES[role].none);
    });

    it(`when a ${role} lists or issues, then customers list theirs and the desk issues`, async () => {
      const { token } = person();
      const list = await till.api.get<readonly InvoiceView[]>('/invoices', { token });
      expect(list.status).to.equal(role === 'TECH' || role === 'ENGINEER' ? 403 : 200);
      const foreign = isCustomer ? await till.all('', person({ customerId: randomUUID() })) : [];
      expect(foreign).to.deep.equal([]);
      const { status } = await till.api.post('/invoices', { repairId }, { token });
      expect(status).to.equal(['AGENT', 'ADMIN', 'SUPER_ADMIN'].includes(role) ? 409 : 403);
    });
  }

  it('when a customer reads, then they do not learn who of the staff issued it', async () => {
    expect(await till.read(invoice.id, till.rosa)).not.to.have.property('issuedByUserId');
    expect(await till.read(invoice.id)).to.have.property('issuedByUserId', till.agent.caller.userId);
  });

  it('when the list is filtered, then what matches is found', async () => {
    const count = async (query: string): Promise<number> => (await till.all(query)).length;
    expect(await count(`?repairId=${repairId}&kind=RECEIPT&status=ISSUED&customerId=${till.rosa.caller.customerId}`)).to.equal(1);
    expect(await count(`?repairId=${repairId}&from=2026-03-02&to=2026-03-03`)).to.equal(1);
    expect(await count(`?repairId=${repairId}&from=2026-03-03`)).to.equal(0);
    expect(await count(`?repairId=${repairId}&to=2026-03-02`)).to.equal(0);
    expect(await count(`?repairId=${repairId}&kind=INVOICE`)).to.equal(0);
    expect(await count(`?ticketId=${repairId}`)).to.equal(0);
  });
});
