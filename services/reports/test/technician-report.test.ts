import { expect } from 'chai';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { startBench, type Bench } from './bench.js';

interface Row {
  readonly technicianId: string;
  readonly name: string;
  readonly openTickets: number;
  readonly overdueTickets: number;
  readonly oldestTicketAt: string | null;
  readonly resolved: number;
}

describe('Workload', () => {
  let bench: Bench;
  let tina: string;
  let tom: string;
  beforeEach(async () => {
    bench = await startBench();
    [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
    await bench.ticket({ assignedToUserId: tina, slaDueAt: '2026-03-02T09:30:00.000Z' }).opened();
    await bench.ticket({ assignedToUserId: tina, createdAt: '2026-03-01T09:00:00.000Z' }).opened();
    await bench.ticket({ priority: 'CRITICAL' }).opened();
    const life = bench.ticket({ assignedToUserId: tom });
    await life.opened();
    await life.resolved('2026-03-02T11:00:00.000Z', tom);
    bench.world.clock.set('2026-03-02T12:00:00.000Z');
  });
  afterEach(() => bench.stop());

  describe('GET /reports/technicians', () => {
    it("when no period is given, then it shows everybody's desk and results, also of who has none", async () => {
      const idle = await bench.technician('Ida', { role: 'ENGINEER' });
      const { technicians, unassignedTickets } = await bench.report<{ id: string; technicians: Row[]; unassignedTickets: number }>(
        '/reports/technicians',
      );
      expect(unassignedTickets).to.equal(1);
      const pick = ({ technicianId, openTickets, overdueTickets, resolved }: Row) => [technicianId, openTickets, overdueTickets, resolved];
      expect(technicians.map(pick)).to.deep.equal([
        [tom, 0, 0, 1],
        [idle, 0, 0, 0],
        [tina, 2, 1, 0],
      ]);
      expect(technicians.at(-1)?.oldestTicketAt).to.equal('2026-03-01T09:00:00.000Z');
    });

    it('when a technician has gone, then only what they did is there, under their last name', async () => {
      const user = {
        id: tom,
        email: 't@example.test',
        name: 'Thomas',
        role: 'TECH' as const,
        status: 'DISABLED' as const,
        skills: [],
        removed: false,
      };
      await bench.world.publish(UserUpdated, { user }, { subject: tom, version: 3 });
      await bench.world.publish(UserUpdated, { user: { ...user, name: 'Old name' } }, { subject: tom, version: 2 });
      const names = async (query: string) =>
        (await bench.report<{ id: string; technicians: Row[] }>(`/reports/technicians${query}`)).technicians.map(({ name }) => name);
      expect(await names('')).to.deep.equal(['Thomas', 'Tina']);
      expect(await names('?from=2026-01-01&to=2026-01-02')).to.deep.equal(['Tina']);
    });

    it('when CSV is asked for, then each technician is a row', async () => {
      const { text } = await bench.api.get('/reports/technicians', { token: bench.token, headers: { accept: 'text/csv' } });
      expect(text).to.include(`${tina},Tina,2,1,2026-03-01T09:00:00.000Z,0,0,,0,0,0,\r\n`);
    });
  });

  describe('GET /reports/dashboard', () => {
    it("when the desk asks, then it shows today's numbers", async () => {
      const { body } = await bench.api.get<{ id: string; date: string; today: object; now: object }>('/reports/dashboard', {
        token: bench.token,
      });
      expect(body.data).to.include({ date: '2026-03-02', timeZone: 'Europe/Rome' });
      expect(body.data.today).to.include({ opened: 3, resolved: 1, closed: 0 });
      expect(body.data.now).to.deep.include({
        open: 3,
        unassigned: 1,
        overdue: 1,
        waitingForCustomer: 0,
        byPriority: { LOW: 0, MEDIUM: 0, HIGH: 2, CRITICAL: 1 },
      });
    });
  });
});
