import { pictureOfScreen } from './content/picture.js';
import { at, later } from './days.js';
import type { Person } from './person.js';
import type { Story } from './play.js';
import { staffMember, type World } from './world.js';

interface Made {
  readonly id: string;
}

const TEXTS = {
  title: 'Schermata blu all’avvio del gestionale',
  description: 'Da stamattina il gestionale si blocca e il computer mostra una schermata blu. Allego una foto.',
  again: 'Il gestionale non parte, schermo blu',
  alsoMine: 'Succede anche sulla mia postazione, appena apro il gestionale.',
  merged: 'Unisco le due richieste: è lo stesso problema, seguiamo tutto qui.',
};

/** Two people of one customer report the same: the desk merges their tickets. The first one sent a photo. */
const twiceReported = async function* (world: World, day: number, [first, second]: readonly [Person, Person]): Story {
  const desk = staffMember(world, 'desk1');
  yield at(world.days.work.at(day) as string, '09:10');
  const rest = { category: 'SOFTWARE', priority: 'HIGH' };
  const { id } = await first.post<Made>('/tickets', { ...rest, title: TEXTS.title, description: TEXTS.description });
  const { id: photo } = await first.upload<Made>('/attachments', 'file', 'schermata.png', pictureOfScreen());
  await first.post(`/tickets/${id}/reply`, { body: 'Ecco la foto dello schermo.', attachmentIds: [photo] });
  yield later(world.now(), 25);
  const { id: twin } = await second.post<Made>('/tickets', { ...rest, title: TEXTS.again, description: TEXTS.alsoMine });
  yield later(world.now(), 30);
  await desk.post(`/tickets/${twin}/merge`, { intoTicketId: id });
  await world.settle();
  await desk.post(`/tickets/${id}/reply`, { body: TEXTS.merged });
};

export const twiceReportedStories = (world: World): readonly Story[] =>
  world.clients
    .flatMap(({ portal, colleague }) => (portal === undefined || colleague === undefined ? [] : [[portal, colleague] as const]))
    .flatMap((people, index) => [twiceReported(world, 12 + 20 * index, people), twiceReported(world, -2 - index, people)]);
