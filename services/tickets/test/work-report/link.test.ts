import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { WORK_REPORT_LINK, WORK_REPORT_LINK_DAYS } from '@riparo/shared/contracts/links';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { hash, randomUUID } from 'node:crypto';
import { buildUser } from '../bench.js';
import { startField, type Field, type ReportView } from './field.js';

const svgPath = 'M 10 20 L 40 60 C 50 70 60 20 90 30';

describe('the link to sign a work report', () => {
  let field: Field;
  let report: ReportView & { readonly documentHash: string };
  let token: string;
  beforeEach(async () => {
    field = await startField();
    report = await field.closed();
    token = await linkOf();
  });
  afterEach(() => field.stop());

  const linkOf = async (): Promise<string> => {
    const { status, body, text } = await field.bench.api.post<{ url: string }>(
      `/work-reports/${report.id}/sign-link`,
      undefined,
      field.elena,
    );
    expect(status, text).to.equal(200);
    return new URL(body.data.url).pathname.replace('/sign/', '');
  };
  const read = (of = token) => field.bench.api.get<Readonly<Record<string, unknown>>>(`/public/work-reports/${of}`, {});
  const post = (what: string, body: object, of = token) =>
    field.bench.api.post<Readonly<Record<string, unknown>>>(`/public/work-reports/${of}/${what}`, body, {});
  const sign = (overrides: object = {}, of = token) =>
    post('approve', { name: 'Rosa Bianchi', svgPath, documentHash: report.documentHash, ...overrides }, of);
  const login = () => {
    const user = buildUser({ role: 'CUSTOMER_USER', customerId: field.rosa.customer.id });
    return field.bench.test.publish(UserUpdated, { user }, { subject: user.id });
  };

  it('when it is opened, then it shows the work and the document, and no ids of people', async () => {
    const { body, text } = await read();
    expect(body.data).to.deep.include({ number: report.number, status: 'CLOSED', technicians: ['Elena'], canSign: true, canDispute: true });
    expect(text).to.not.include(field.elena.user.id).and.not.include(field.rosa.customer.id);
    const file = await fetch(`${field.bench.baseUrl}/api/v1/public/work-reports/${token}/report.pdf`);
    expect(hash('sha256', Buffer.from(await file.arrayBuffer()))).to.equal(report.documentHash);
  });

  it('when it is signed, then it is approved once, by nobody who is signed in', async () => {
    const [one, again] = [await sign(), await sign()];
    expect([one.status, again.status], one.text).to.deep.equal([200, 200]);
    expect(one.body.data).to.include({ status: 'APPROVED', canSign: false, canDispute: false });
    const { approval } = (await field.read(report.id)).body.data;
    expect(approval).to.include({ method: 'SIGNATURE', name: 'Rosa Bianchi' }).and.not.have.any.keys('takenByUserId', 'userId');
    const told = (await field.bench.events()).filter(({ type }) => type === 'work-report-approved');
    expect(told.map(({ data }) => data.actorUserId)).to.deep.equal([undefined]);
  });

  it('when the customer has a login, then it can be read and sent back, but not signed', async () => {
    await login();
    expect((await read()).body.data).to.include({ canSign: false, canDispute: true });
    expect((await sign()).body.code).to.equal('CUSTOMER_HAS_LOGIN');
    expect((await post('dispute', { name: 'Rosa', reason: 'No.' })).body.data.status).to.equal('DISPUTED');
    expect((await field.read(report.id)).body.data.versions[0]?.dispute).to.include({ reason: 'No.', name: 'Rosa' });
  });

  it('when there is a newer version, then the old link only shows the old one', async () => {
    await post('dispute', { name: 'Rosa', reason: 'No.' });
    expect((await sign()).body).to.include({ code: 'WORK_REPORT_NOT_CLOSED', current: 'DISPUTED' });
    const newer = (await field.act(report.id, 'close')).body.data;
    expect((await read()).body.data).to.include({ hasNewerVersion: true, canSign: false, reportVersion: 1 });
    expect((await sign()).body).to.include({ code: 'WORK_REPORT_CHANGED', documentHash: newer.documentHash });
    expect((await sign({ documentHash: newer.documentHash })).body.code).to.equal('WORK_REPORT_CHANGED');
    expect((await post('dispute', { name: 'Rosa', reason: 'No.' })).body.code).to.equal('WORK_REPORT_CHANGED');
    expect((await sign({ documentHash: newer.documentHash }, await linkOf())).status).to.equal(200);
  });

  it('when the link is forged, for something else or too old, then 422 LINK_NOT_VALID', async () => {
    const { links } = field.bench.test.platform;
    const later = new Date(field.bench.test.clock.now().getTime() + DAY_MS);
    const grant = { tenantId: 'default', subjectId: report.id, state: '1' };
    const wrong = [
      'nonsense',
      links.sign('quote', grant, later),
      links.sign(WORK_REPORT_LINK, { ...grant, state: '2' }, later),
      links.sign(WORK_REPORT_LINK, { ...grant, subjectId: randomUUID() }, later),
    ];
    for (const each of wrong) {
      expect((await read(each)).body.code).to.equal('LINK_NOT_VALID');
      expect((await sign({}, each)).body.code).to.equal('LINK_NOT_VALID');
    }
    field.bench.test.clock.set(new Date(later.getTime() + WORK_REPORT_LINK_DAYS * DAY_MS));
    expect((await read()).body.code).to.equal('LINK_NOT_VALID');
  });

  it('when somebody else asks for a link, or nothing waits, then none is made', async () => {
    const ask = (by: { readonly token: string }) => field.bench.api.post(`/work-reports/${report.id}/sign-link`, undefined, by);
    expect([(await ask(field.rosa)).status, (await ask(field.luca)).status]).to.deep.equal([403, 404]);
    await sign();
    expect((await ask(field.elena)).body.code).to.equal('WORK_REPORT_NOT_CLOSED');
  });

  describe('GET /sign/:token', () => {
    const show = async (path = '', form?: Readonly<Record<string, string>>, of = token) => {
      const body = form === undefined ? undefined : new URLSearchParams(form);
      const options = body === undefined ? {} : { method: 'POST', body };
      const response = await fetch(`${field.bench.baseUrl}/sign/${of}${path}`, options);
      return { status: response.status, text: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
    };
    const signed = (overrides: object = {}) => ({ name: 'Rosa Bianchi', svgPath, documentHash: report.documentHash, ...overrides });

    it('when it is opened, then it shows the report, and runs its one script', async () => {
      const { status, text, policy } = await show();
      expect([status, text.includes(report.number), text.includes('id="sign"')]).to.deep.equal([200, true, true]);
      const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? '';
      expect(policy).to.include(`'sha256-${hash('sha256', script, 'base64')}'`);
    });

    it('when it is signed, then it says thank you; without a signature it asks for one', async () => {
      expect((await show('/approve', signed({ svgPath: '' }))).status).to.equal(422);
      const { status, text } = await show('/approve', signed());
      expect([status, text.includes('id="sign"'), text.includes('id="reason"')]).to.deep.equal([200, false, false]);
      expect((await field.read(report.id)).body.data.status).to.equal('APPROVED');
      expect((await show('/dispute', { name: 'Rosa', reason: 'No.' })).status).to.equal(409);
    });

    it('when it is sent back, then nothing can be signed; what was typed is never run', async () => {
      expect((await show('/dispute', { name: '<script>alert(1)</script>', reason: '' })).text).to.not.include('<script>alert');
      expect((await show('/dispute', { name: 'Rosa', reason: 'No.' })).status).to.equal(200);
      expect((await show('/approve', signed())).status).to.equal(409);
    });

    it('when the customer has a login, then there is nothing to sign', async () => {
      await login();
      const { text } = await show();
      expect([text.includes('id="sign"'), text.includes('id="reason"')]).to.deep.equal([false, true]);
      expect((await show('/approve', signed())).status).to.equal(409);
    });

    it('when the link is not valid, then the page says so', async () => {
      expect((await show('', undefined, 'nonsense')).status).to.equal(422);
    });
  });
});
