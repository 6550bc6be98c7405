import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { Answer } from '@riparo/shared/testing/http-client';
import { expect } from 'chai';
import type { ActivityView, Bench, Person } from '../bench.js';
import { buildRepair, opened, type RepairView } from './repair.builder.js';

export interface WholeRepair extends RepairView {
  readonly version: number;
  readonly assignedToUserId?: string;
  readonly allowedTransitions: readonly RepairStatus[];
  readonly amountLeft: { readonly amount: number; readonly currency: string };
  readonly amountPaid: { readonly amount: number; readonly currency: string };
  readonly payments: readonly Readonly<Record<string, unknown>>[];
  readonly documents: readonly Readonly<Record<string, unknown>>[];
  readonly activities: readonly ActivityView[];
}

/** What the work costs where a test says nothing else. */
export const CHARGE = 4_990;

type Step = RepairStatus | 'complete' | 'refuse' | 'cancel' | 'ready';

/** How a repair gets there. */
const WAY: Readonly<Record<RepairStatus, readonly Step[]>> = {
  PENDING: [],
  SCHEDULED: ['SCHEDULED'],
  DISPATCHED: ['SCHEDULED', 'DISPATCHED'],
  IN_PROGRESS: ['IN_PROGRESS'],
  AWAITING_PARTS: ['IN_PROGRESS', 'AWAITING_PARTS'],
  ON_HOLD: ['IN_PROGRESS', 'ON_HOLD'],
  DELAYED: ['IN_PROGRESS', 'DELAYED'],
  QUALITY_CHECK: ['IN_PROGRESS', 'QUALITY_CHECK'],
  COMPLETED: ['IN_PROGRESS', 'complete'],
  REFUSED: ['IN_PROGRESS', 'refuse'],
  PAYMENT_PENDING: ['IN_PROGRESS', 'complete', 'PAYMENT_PENDING'],
  READY_FOR_PICKUP: ['IN_PROGRESS', 'complete', 'ready'],
  CANCELED: ['cancel'],
  CLOSED: ['cancel', 'CLOSED'],
};

const BODIES: Readonly<Record<string, unknown>> = {
  complete: { description: 'New mainboard', amount: CHARGE },
  refuse: { reason: 'Too wet', amount: CHARGE },
};

/** The people of a repair desk, and how they act on its repairs. */
export interface Desk {
  readonly rosa: Person;
  readonly agent: Person;
  readonly elena: Person;
  act(id: string, what: string, by: Person, body?: unknown): Promise<Answer<WholeRepair>>;
  patch(id: string, status: string, by: Person, more?: object): Promise<Answer<WholeRepair>>;
  read(id: string, by?: Person): Promise<WholeRepair>;
  /** A repair of Rosa's in that status; Elena has it, unless `holder` says otherwise. */
  repairIn(status: RepairStatus, options?: { readonly holder?: string | null; readonly sheet?: object }): Promise<string>;
}

export const startDesk = async (bench: Bench): Promise<Desk> => {
  const [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
  const act: Desk['act'] = (id, what, by, body) => bench.api.post(`/repairs/${id}/${what}`, body, by);
  const patch: Desk['patch'] = (id, status, by, more = {}) => bench.api.patch(`/repairs/${id}/status`, { status, ...more }, by);
  const step = (id: string, what: Step) => {
    if (what === 'complete' || what === 'refuse') return act(id, what, elena, BODIES[what]);
    return what === 'cancel' || what === 'ready' ? act(id, what, agent, what === 'cancel' ? {} : undefined) : patch(id, what, agent);
  };
  return {
    rosa,
    agent,
    elena,
    act,
    patch,
    read: async (id, by = agent) => (await bench.api.get<WholeRepair>(`/repairs/${id}`, by)).body.data,
    repairIn: async (status, { holder = elena.caller.userId, sheet = {} } = {}) => {
      const { id } = await opened(bench, agent, buildRepair({ customerId: rosa.caller.customerId, ...sheet }));
      if (holder !== null) expect((await act(id, 'assign', agent, { technicianId: holder })).status).to.equal(200);
      for (const what of WAY[status]) expect((await step(id, what)).status, `${status}: ${what}`).to.equal(200);
      return id;
    },
  };
};
