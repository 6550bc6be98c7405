import { WORK_REPORT_LINK } from '@riparo/shared/contracts/links';
import { WorkReportApproved, WorkReportClosed, WorkReportDisputed } from '@riparo/shared/contracts/work-reports.events';
import { buildWorkReport } from '@riparo/shared/testing/published-work-report';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { knowCustomer, startBench, type Bench } from './bench.js';

const AT = '2026-03-02T10:00:00.000Z';

describe('work reports', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
  });
  after(() => bench.stop());

  const walkIn = async () => {
    const [customerId, address] = [randomUUID(), `${randomUUID()}@walk-in.test`];
    await knowCustomer(bench, customerId, address);
    return { customerId, address };
  };
  const technician = async () => {
    const [id, email] = [randomUUID(), `${randomUUID()}@riparo.test`];
    await bench.knowUser({ id, email, role: 'TECH', name: 'Tina Tech' });
    return { id, email };
  };
  const mailsTo = async (address: string) => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };

  it('when it is closed, then the customer gets one mail with what was done and the link to sign', async () => {
    const { customerId, address } = await walkIn();
    const workReport = buildWorkReport({ customerId, reportVersion: 2, total: { amount: 12_200, currency: 'EUR' } });
    for (let again = 0; again < 2; again++) await bench.publish(WorkReportClosed, { workReport, at: AT }, { subject: workReport.id });
    const [mail, ...others] = await mailsTo(address);
    expect([mail?.subject, others.length]).to.deep.equal(['[WR-2026-000001] Your corrected work report: please approve', 0]);
    expect(mail?.text).to.include('Changed the power supply.').and.include('€122.00');
    const [, token = ''] = /https:\/\/support\.test\/sign\/(\S+)/.exec(mail?.text ?? '') ?? [];
    expect(bench.platform.links.verify(WORK_REPORT_LINK, token)).to.deep.equal({
      tenantId: 'default',
      subjectId: workReport.id,
      state: '2',
    });
  });

  it('when it is approved, then the customer and those who worked learn it, but not who did it', async () => {
    const { customerId, address } = await walkIn();
    const [tina, tom] = [await technician(), await technician()];
    const approval = { method: 'CREDENTIALS' as const, name: 'Ada Rossi', at: AT };
    const workReport = buildWorkReport({ customerId, technicianIds: [tina.id, tom.id], status: 'APPROVED', approval });
    await bench.publish(WorkReportApproved, { workReport, at: AT, actorUserId: tom.id }, { subject: workReport.id });
    expect((await mailsTo(address)).map(({ subject }) => subject)).to.deep.equal(['[WR-2026-000001] Work report approved']);
    const [toTina] = await mailsTo(tina.email);
    expect(toTina?.text).to.include('Ada Rossi has approved').and.include(`/work-reports/${workReport.id}`);
    expect(await mailsTo(tom.email)).to.deep.equal([]);
  });

  it('when it is disputed, then those who worked read why', async () => {
    const tina = await technician();
    const dispute = { reason: 'It was half an hour less.', at: AT };
    const workReport = buildWorkReport({ technicianIds: [tina.id], status: 'DISPUTED', dispute });
    await bench.publish(WorkReportDisputed, { workReport, at: AT }, { subject: workReport.id });
    const [mail] = await mailsTo(tina.email);
    expect(mail?.subject).to.equal('[WR-2026-000001] Sent back by the customer: TKT-2026-001');
    expect(mail?.text).to.include('It was half an hour less.');
  });
});
