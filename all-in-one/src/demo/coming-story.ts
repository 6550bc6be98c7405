import { at } from './days.js';
import type { Story } from './play.js';
import { staffMember, type World } from './world.js';

interface Made {
  readonly id: string;
}
interface Slot {
  readonly startAt: string;
  readonly endAt: string;
}

const WISHES = [
  ['Installare la nuova stampante', 'È arrivata la stampante nuova: serve qualcuno che la colleghi ai nostri computer.'],
  ['Move two mailboxes', 'Two colleagues have left; their mail should come to the office from now on.'],
  ['Aggiornamento del gestionale', 'Il fornitore chiede di installare l’aggiornamento insieme a un tecnico.'],
] as const;

/** On the last day customers book sessions for the days to come, one a day. */
export const comingStory = async function* (world: World): Story {
  const last = world.days.work.at(-1) as string;
  yield at(last, '16:30');
  const people = world.clients.flatMap(({ portal }) => (portal === undefined ? [] : [portal]));
  for (const [index, [title, description]] of WISHES.entries()) {
    const [portal, day, next] = [people[index + 1], world.days.coming[index + 1], world.days.coming[index + 4]];
    if (portal === undefined || day === undefined || next === undefined) continue;
    const { id } = await portal.post<Made>('/tickets', { title, description, category: 'SOFTWARE', priority: 'LOW' });
    await world.settle();
    await staffMember(world, 'desk1').post(`/tickets/${id}/assign`, { technicianId: staffMember(world, 'bench2').id });
    await world.settle();
    const [slot] = await portal.get<readonly Slot[]>(`/appointments/slots?type=REMOTE_SESSION&from=${day}&to=${next}`);
    if (slot === undefined) continue;
    const times = { scheduledStartAt: slot.startAt, scheduledEndAt: slot.endAt };
    await portal.post(`/tickets/${id}/appointments`, { type: 'REMOTE_SESSION', ...times });
  }
};
