import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { HOUR_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { pdfText } from '@riparo/shared/testing/pdf-text';
import { createReportFiles, createWorkReports } from '../../src/work-report/work-report.repository.js';
import { createSweepReportFiles } from '../../src/work-report/document/sweep-files.js';
import { buildUser, type Person } from '../bench.js';
import { buildContent, startField, type Field, type ReportView } from './field.js';

const PATH = 'M 10 20 L 40 60 C 50 70 60 20 90 30 q 5 5 10 0';

describe('approval of work reports', () => {
  let field: Field;
  let report: ReportView & { readonly documentHash: string };
  beforeEach(async () => {
    field = await startField();
    report = await field.closed();
  });
  afterEach(() => field.stop());

  const approve = (body: object, by?: Person, headers?: Record<string, string>) =>
    field.act(report.id, 'approve', { documentHash: report.documentHash, ...body }, by, headers);
  const login = (status: 'ACTIVE' | 'DISABLED' = 'ACTIVE') => {
    const user = buildUser({ role: 'CUSTOMER_USER', customerId: field.rosa.customer.id, status });
    return field.bench.test.publish(UserUpdated, { user }, { subject: user.id });
  };
  const events = async (name: string) => (await field.bench.events()).filter(({ type }) => type === `work-report-${name}`);

  describe('with a password', () => {
    it('when the customer approves in their own session, then nobody of the staff took it', async () => {
      const { status, body, text } = await approve({ approvalToken: field.approvalToken(report.id, field.rosa) }, field.rosa);
      expect(status, text).to.equal(200);
      expect(body.data.approval).to.include({ userId: field.rosa.caller.userId }).and.not.have.any.keys('takenByUserId', 'ip');
    });

    it('when the approval is for something else or of somebody else, then the report waits', async () => {
      const { rosa, elena } = field;
      const other = { purpose: 'sign:something' };
      expect((await approve({ approvalToken: field.approvalToken(report.id, elena, other) })).body.code).to.equal('APPROVAL_NOT_VALID');
      expect((await approve({ approvalToken: field.approvalToken(randomUUID(), elena) })).body.code).to.equal('APPROVAL_NOT_VALID');
      expect((await approve({ approvalToken: field.approvalToken(report.id, rosa) })).body.code).to.equal('APPROVAL_NOT_VALID');
      const foreign = field.approvalToken(report.id, elena, { customer: randomUUID() });
      const refused = await approve({ approvalToken: foreign });
      expect([refused.status, refused.body.code]).to.deep.equal([403, 'APPROVER_NOT_OF_CUSTOMER']);
      const own = field.approvalToken(report.id, elena, { sub: elena.user.id, customer: undefined, role: 'TECH' });
      expect((await approve({ approvalToken: own })).body.code).to.equal('APPROVER_NOT_OF_CUSTOMER');
      expect((await field.read(report.id)).body.data.status).to.equal('CLOSED');
    });

    it('when the request is repeated under its Idempotency-Key, then it is approved once', async () => {
      const body = { approvalToken: field.approvalToken(report.id, field.elena) };
      const headers = { 'idempotency-key': randomUUID() };
      const [one, other] = [await approve(body, field.elena, headers), await approve(body, field.elena, headers)];
      expect([one.status, other.status]).to.deep.equal([200, 200]);
      expect(other.body.data).to.deep.equal(one.body.data);
      expect((await approve(body)).status).to.equal(200);
      expect(await events('approved')).to.have.length(1);
    });

    it('when the approval was spent for another request, then 409 APPROVAL_ALREADY_USED', async () => {
      const approvalToken = field.approvalToken(report.id, field.elena);
      const { approvals } = field.bench.test.platform;
      const demand = { tenantId: 'default', requestedBy: field.elena.user.id, purpose: 'sign:work-report', subjectId: report.id };
      await approvals.redeem(approvalToken, { ...demand, use: 'another request' });
      expect((await approve({ approvalToken })).body.code).to.equal('APPROVAL_ALREADY_USED');
    });
  });

  describe('with a drawn signature', () => {
    it('when the customer has no login, then a path is kept and drawn on the last page', async () => {
      await login('DISABLED');
      const { status, text } = await approve({ signature: { name: 'Rosa Bianchi', svgPath: PATH } });
      expect(status, text).to.equal(200);
      expect((await field.read(report.id)).body.data.approval).to.include({ method: 'SIGNATURE', takenByUserId: field.elena.user.id });
      expect(pdfText((await field.pdf(report.id)).bytes).join('\n')).to.include('Rosa Bianchi');
    });

    it('when a picture is drawn, then it is drawn anew and kept', async () => {
      const png = await sharp({ create: { width: 300, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
        .png()
        .toBuffer();
      const { status, text } = await approve({ signature: { name: 'Rosa', png: png.toString('base64') } });
      expect(status, text).to.equal(200);
      expect((await field.pdf(report.id)).bytes.length).to.be.greaterThan(
        (await field.pdf(report.id, field.elena, '?version=1')).bytes.length,
      );
    });

    it('when the customer has a login, then 409 CUSTOMER_HAS_LOGIN', async () => {
      await login();
      expect((await approve({ signature: { name: 'Rosa', svgPath: PATH } })).body.code).to.equal('CUSTOMER_HAS_LOGIN');
    });

    for (const [what, signature] of [
      ['a path of something else', { svgPath: 'M 0 0 <script>' }],
      ['a path with a number missing', { svgPath: 'M 0 0 L 5' }],
      ['a dot', { svgPath: 'M 300 100 L 300 100 L 301 102' }],
      ['a path that does not begin', { svgPath: 'L 5 5 10 10' }],
      ['a path that is too long', { svgPath: `M 0 0 L ${'1 '.repeat(20_000)}` }],
      ['a picture that is none', { png: Buffer.from('GIF89a no picture at all').toString('base64') }],
      ['a picture that is too large', { png: Buffer.alloc(210 * 1024).toString('base64') }],
      ['both', { svgPath: PATH, png: 'AAAA' }],
      ['neither', {}],
    ] as const)
      it(`when there is ${what}, then 422`, async () => {
        expect((await approve({ signature: { name: 'Rosa', ...signature } })).status).to.equal(422);
        expect((await field.read(report.id)).body.data.status).to.equal('CLOSED');
      });
  });

  it('when the desk takes it down, then it says so; nobody else may', async () => {
    const counter = { name: 'Rosa Bianchi', note: 'Signed on paper' };
    for (const by of [field.elena, field.rosa]) expect((await approve({ counter }, by)).status).to.equal(403);
    expect((await approve({ signature: { name: 'Rosa', svgPath: PATH } }, field.rosa)).status).to.equal(403);
    const { body } = await approve({ counter }, field.agent);
    expect(body.data.approval).to.include({ method: 'COUNTER', takenByUserId: field.agent.caller.userId, note: 'Signed on paper' });
  });

  it('when approved, then it cannot be sent back, changed or closed', async () => {
    await approve({ counter: { name: 'Rosa' } }, field.agent);
    expect((await field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa)).body).to.include({
      code: 'WORK_REPORT_NOT_CLOSED',
      current: 'APPROVED',
    });
    expect((await field.patch(report.id, { solution: 'x' })).body.code).to.equal('WORK_REPORT_NOT_OPEN');
    expect((await field.act(report.id, 'close')).body.code).to.equal('WORK_REPORT_NOT_OPEN');
  });

  describe('at the same time', () => {
    it('when it is approved and sent back, then exactly one of both holds', async () => {
      for (let round = 0; round < 6; round++) {
        if (round > 0) report = await field.closed(await field.ticket(), false);
        const answers = await Promise.all([
          approve({ approvalToken: field.approvalToken(report.id, field.elena) }),
          field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa),
        ]);
        expect(answers.map(({ status }) => status).toSorted(), answers.map(({ text }) => text).join()).to.deep.equal([200, 409]);
        const { status } = (await field.read(report.id)).body.data;
        expect(status).to.equal(answers[0].status === 200 ? 'APPROVED' : 'DISPUTED');
      }
    });

    it('when two close it, then one does, and the other gets 409 WORK_REPORT_NOT_OPEN', async () => {
      await field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa);
      const answers = await Promise.all([field.act(report.id, 'close'), field.act(report.id, 'close', undefined, field.agent)]);
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).to.equal('WORK_REPORT_NOT_OPEN');
      expect((await field.read(report.id)).body.data.versions).to.have.length(2);
      expect(await events('closed')).to.have.length(2);
    });

    it('when it is changed and closed, then the document has the change, or the change is refused', async () => {
      await field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa);
      const [closed, written] = await Promise.all([field.act(report.id, 'close'), field.patch(report.id, { solution: 'Something else' })]);
      expect(closed.status).to.equal(200);
      const { solution } = (await field.read(report.id, field.rosa)).body.data;
      expect(solution === 'Something else').to.equal(written.status === 200);
      const text = pdfText((await field.pdf(report.id)).bytes).join('\n');
      expect(text.includes('Something else')).to.equal(written.status === 200);
    });
  });

  it('when a file was kept and its report never named it, then the sweep removes it, and no other', async () => {
    const { platform, clock } = field.bench.test;
    const [workReports, reportFiles] = [createWorkReports(platform), createReportFiles(platform)];
    const orphan = { tenantId: 'default', fileId: randomUUID(), ownerId: report.id };
    await reportFiles.put(orphan, { pdf: { bytes: Buffer.from('%PDF-'), contentType: 'application/pdf' } });
    const before = (await workReports.in('default').find(report.id))?.versions.at(-1)?.document.fileId ?? '';
    await reportFiles.loosen('default', before);
    clock.set(new Date(clock.now().getTime() + 2 * HOUR_MS));
    await createSweepReportFiles({ workReports, reportFiles, clock })();
    expect(await reportFiles.get('default', orphan.fileId, 'pdf')).to.equal(undefined);
    expect((await field.pdf(report.id, field.agent)).status).to.equal(200);
    expect(await reportFiles.findLoose(clock.now(), 10)).to.deep.equal([]);
  });

  it('when If-Match names an older version, then 412, and customers count only what they see', async () => {
    const shown = (await field.read(report.id, field.rosa)).body.data.version;
    const stale = await field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa, { 'if-match': `"${shown - 1}"` });
    expect(stale.status).to.equal(412);
    expect((await field.act(report.id, 'dispute', { reason: 'No.' }, field.rosa, { 'if-match': `"${shown}"` })).status).to.equal(200);
    await field.patch(report.id, buildContent({ solution: 'Another' }));
    expect((await field.read(report.id, field.rosa)).body.data.version).to.equal(shown + 1);
  });
});
