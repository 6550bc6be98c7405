import type { RepairText } from './content/repair-texts.js';
import { later } from './days.js';
import type { Person } from './person.js';
import type { Story } from './play.js';
import { anybodyAtDesk, staffMember, type Client, type Device, type World } from './world.js';

/** How a repair ends. `LEFT_BEHIND`: it is ready and nobody comes. */
export type RepairEnd = 'COLLECTED' | 'LEFT_BEHIND' | 'OPEN_AMOUNT' | 'REFUSED' | 'DECLINED' | 'CANCELED' | 'WAITS_FOR_PART' | 'UNANSWERED';
export type RepairMoney = 'CASH' | 'CARD' | 'TRANSFER' | 'REJECTED_TRANSFER' | 'WAIVED' | 'REFUNDED';

export interface RepairPlan {
  readonly client: Client;
  readonly device: Device;
  readonly text: RepairText;
  readonly technician: string;
  readonly takenInAt: Date;
  readonly takenAfter: number;
  readonly doneAfter: number;
  readonly isQuoted: boolean;
  readonly end: RepairEnd;
  readonly money: RepairMoney;
  /** The fault comes back some weeks later. */
  readonly comesBack: boolean;
}

interface Repair {
  readonly id: string;
  readonly status: string;
  readonly amountLeft: { readonly amount: number };
}
interface Quote {
  readonly id: string;
}

const VAT = 22;

const takeIn = async (world: World, { client, device, text }: RepairPlan, more: object = {}): Promise<Repair> => {
  const intake = { assetId: device.id, problemDescription: text.problem, ...more };
  if (client.portal !== undefined && world.dice.chance(0.6)) return client.portal.post('/repairs', intake);
  const notes = world.dice.one(['Consegnato con alimentatore.', 'Senza custodia.', 'Graffi sul coperchio.', 'Left without its charger.']);
  const password = world.dice.chance(0.3) ? { devicePassword: 'tulipano-42' } : {};
  return anybodyAtDesk(world).post('/repairs', { ...intake, customerId: client.id, source: 'COUNTER', notes, ...password });
};

const linesOf = (world: World, { text }: RepairPlan): readonly object[] => {
  const labour = { kind: 'LABOUR', description: text.work, unitPrice: text.labour, vatRate: VAT, minutes: text.minutes };
  const partId = text.sku === undefined ? undefined : world.parts.get(text.sku);
  return partId === undefined
    ? [labour]
    : [labour, { kind: 'PART', partId, description: text.sku, quantity: 1, unitPrice: 8_900, vatRate: VAT }];
};

const quote = async (world: World, plan: RepairPlan, technician: Person, repairId: string): Promise<string> => {
  const { id } = await technician.post<Quote>('/quotes', { repairId, lines: linesOf(world, plan), finding: plan.text.finding });
  await anybodyAtDesk(world).post(`/quotes/${id}/send`);
  return id;
};

const decide = async (world: World, { client }: RepairPlan, quoteId: string, decision: 'accept' | 'decline'): Promise<void> => {
  const inName = client.portal === undefined ? { name: `${client.data.name} ${client.data.surname ?? ''}`.trim() } : {};
  await (client.portal ?? anybodyAtDesk(world)).post(`/quotes/${quoteId}/${decision}`, { version: 1, ...inName });
};

const reserve = async (world: World, { text }: RepairPlan, technician: Person, repairId: string): Promise<void> => {
  const partId = text.sku === undefined ? undefined : world.parts.get(text.sku);
  if (partId !== undefined) await technician.post('/parts/reservations', { partId, repairId, quantity: 1 });
};

/** A bank transfer is announced by the customer and looked for on the statement by the desk. */
const transfer = async (world: World, { client, money }: RepairPlan, repair: Repair): Promise<boolean> => {
  const desk = anybodyAtDesk(world);
  const payer = client.portal ?? desk;
  const announcement = { repairId: repair.id, amount: repair.amountLeft.amount, reference: `CRO ${world.dice.between(10_000, 99_999)}` };
  const { id } = await payer.post<{ id: string }>('/payments/announcements', announcement);
  await world.settle();
  if (money === 'REJECTED_TRANSFER') {
    await desk.post(`/payments/${id}/reject`, { reason: 'Il bonifico non risulta sull’estratto conto.' });
    return false;
  }
  await desk.post(`/payments/${id}/verify`, { note: 'Visto sull’estratto conto.' });
  return true;
};

const pay = async (world: World, plan: RepairPlan, id: string): Promise<boolean> => {
  const desk = anybodyAtDesk(world);
  const repair = await desk.get<Repair>(`/repairs/${id}`);
  const { amount } = repair.amountLeft;
  if (amount === 0) return true;
  if (plan.money === 'TRANSFER' || plan.money === 'REJECTED_TRANSFER') return transfer(world, plan, repair);
  if (plan.money === 'WAIVED') await desk.post(`/repairs/${id}/waive`, { reason: 'Ritardo nostro: riparazione offerta.' });
  else await desk.post(`/repairs/${id}/payment`, { method: plan.money === 'CARD' ? 'CARD' : 'CASH', amount, reference: 'Banco' });
  return true;
};

/** Ready, paid and fetched, as far as the plan goes. */
const handBack = async function* (world: World, plan: RepairPlan, id: string): Story {
  const desk = anybodyAtDesk(world);
  yield later(world.now(), 90);
  await desk.post(`/repairs/${id}/ready`);
  if (plan.end === 'LEFT_BEHIND') return;
  yield later(world.now(), world.dice.between(120, 1_500));
  if (plan.end === 'OPEN_AMOUNT' || !(await pay(world, plan, id))) return;
  await world.settle();
  await desk.post(`/repairs/${id}/collect`, { collectedBy: plan.client.portal?.name ?? plan.client.data.name });
  if (plan.money !== 'REFUNDED') return;
  yield later(world.now(), 900);
  const refund = { method: 'CASH', amount: 1_000, reason: 'Sconto concordato per l’attesa.', kind: 'REDUCTION' };
  await staffMember(world, 'manager').post(`/repairs/${id}/refund`, refund);
};

const refuse = async (technician: Person, id: string, reason: string): Promise<void> => {
  await technician.post(`/repairs/${id}/refuse`, { reason, amount: 1_500 });
};

/** The work after the device is on the bench; `false` when it came to no outcome. */
const work = async function* (world: World, plan: RepairPlan, technician: Person, id: string): AsyncGenerator<Date, boolean, void> {
  const { end, doneAfter } = plan;
  if (plan.isQuoted) {
    const quoteId = await quote(world, plan, technician, id);
    if (end === 'UNANSWERED') return false;
    yield later(world.now(), world.dice.between(60, 900));
    await decide(world, plan, quoteId, end === 'DECLINED' ? 'decline' : 'accept');
    await world.settle();
    if (end === 'DECLINED') return false;
  } else if (end !== 'REFUSED') await reserve(world, plan, technician, id);
  if (end === 'WAITS_FOR_PART') {
    // Where the part is not on the shelf, the repair waits for it by itself.
    await world.settle();
    const { status } = await technician.get<Repair>(`/repairs/${id}`);
    if (status === 'IN_PROGRESS')
      await technician.patch(`/repairs/${id}/status`, { status: 'AWAITING_PARTS', reason: 'Ricambio in arrivo.' });
    return false;
  }
  yield later(world.now(), doneAfter);
  // A part that was quoted may have gone into another device meanwhile: the repair waits for the next one.
  const { status } = await technician.get<Repair>(`/repairs/${id}`);
  if (status !== 'IN_PROGRESS') return false;
  if (end === 'REFUSED')
    await refuse(technician, id, world.dice.one(['Danno da liquido: la scheda madre è ossidata.', 'The board is beyond repair.']));
  else await technician.post(`/repairs/${id}/complete`, completion(plan));
  return true;
};

/** What was quoted, or a round sum. */
const completion = ({ text, isQuoted }: RepairPlan) => ({
  description: text.work,
  productionCost: Math.round(text.labour * 0.6),
  labourMinutes: text.minutes,
  amount: Math.round((text.labour + (isQuoted ? 8_900 : 6_000)) * 1.22),
});

/** The same fault again, within the warranty on our work: it costs nothing. */
const claim = async function* (world: World, plan: RepairPlan, first: string, technician: Person): Story {
  yield later(world.now(), 12 * 540);
  const { id } = await anybodyAtDesk(world).post<Repair>('/repairs', {
    ...{ assetId: plan.device.id, customerId: plan.client.id, source: 'COUNTER', warrantyClaimOf: first },
    problemDescription: `È tornato il difetto: ${plan.text.problem}`,
  });
  yield later(world.now(), 200);
  await technician.post(`/repairs/${id}/take`);
  yield later(world.now(), 300);
  await technician.post(`/repairs/${id}/complete`, { description: `${plan.text.work} In garanzia.`, labourMinutes: plan.text.minutes });
  yield* handBack(world, { ...plan, end: 'COLLECTED', money: 'CASH' }, id);
};

/** From the counter and back to it. */
export const repairStory = async function* (world: World, plan: RepairPlan): Story {
  yield plan.takenInAt;
  const { id } = await takeIn(world, plan);
  yield later(plan.takenInAt, plan.takenAfter);
  if (plan.end === 'CANCELED') {
    await (plan.client.portal ?? anybodyAtDesk(world)).post(`/repairs/${id}/cancel`, { reason: 'Ne ho comprato uno nuovo.' });
    return;
  }
  const technician = staffMember(world, plan.technician);
  await technician.post(`/repairs/${id}/take`);
  const hasOutcome = yield* work(world, plan, technician, id);
  if (!hasOutcome) return;
  yield* handBack(world, plan, id);
  if (plan.comesBack) yield* claim(world, plan, id, technician);
};
