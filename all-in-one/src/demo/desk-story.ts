import { at, plusDays } from './days.js';
import type { Story } from './play.js';
import { staffMember, type World } from './world.js';

const day = ({ days }: World, index: number): string => days.work.at(index) as string;

/** Companies sign plans in the first days. */
export const plansStory = async function* (world: World): Story {
  yield at(day(world, 1), '10:00');
  const desk = staffMember(world, 'desk1');
  const [first, last] = [day(world, 1), plusDays(day(world, 1), 365)];
  const plans = [
    ['Assistenza completa', 'ENTERPRISE', 'FULL_SERVICE', '2 hours', '1 day', 'Business hours'],
    ['Assistenza remota e in sede', 'PREMIUM', 'REMOTE_PLUS_ONSITE', '4 hours', '2 days', 'Business hours'],
    ['Reperibilità continua', 'PREMIUM', 'REMOTE_PLUS_ONSITE', '4 hours', '3 days', '24/7'],
    ['Solo remoto', 'BASIC', 'REMOTE_ONLY', '1 day', '5 days', 'Business hours'],
  ] as const;
  const companies = world.clients.filter(({ data }) => data.type !== 'INDIVIDUAL');
  for (const [index, [name, planType, coverageLevel, responseTime, resolutionTime, supportHours]] of plans.entries()) {
    const client = companies[index];
    if (client === undefined) continue;
    const sla = { responseTime, resolutionTime, supportHours };
    const terms = { startDate: first, endDate: last, termsSummary: 'Canone mensile, ricambi esclusi.', sla };
    const plan = await desk.post<{ id: string }>('/service-plans', { customerId: client.id, name, planType, coverageLevel, ...terms });
    await desk.post(`/service-plans/${plan.id}/assets`, { assetIds: client.devices.slice(0, 4).map(({ id }) => id) });
  }
};

const REPLIES = [
  ['Presa in carico', 'Buongiorno {{customerName}}, abbiamo preso in carico la sua richiesta e la richiamiamo in giornata.'],
  ['Serve una foto', 'Può inviarci una foto dell’etichetta sotto il dispositivo? Ci servono modello e numero di serie.'],
  ['Remote session', 'I will connect at the agreed time. Please start the support program and read me the number it shows.'],
] as const;

/** What the desk sets up for itself: replies, reports by mail, news, holidays. */
export const deskStory = async function* (world: World): Story {
  const [desk, manager] = [staffMember(world, 'desk2'), staffMember(world, 'manager')];
  yield at(day(world, 2), '12:00');
  for (const [title, body] of REPLIES) await desk.post('/canned-replies', { title, body: body.replace(/\{\{.*?\}\}/, ''), isShared: true });
  const recipientsOfReport = [manager.id];
  await manager.post('/reports/schedules', { report: 'tickets', every: 'DAY', hour: 8, recipients: recipientsOfReport });
  yield at(day(world, 20), '09:30');
  const leaver = staffMember(world, 'bench3');
  await manager.post(`/schedules/${leaver.id}/time-off`, { from: day(world, 24), to: day(world, 28), reason: 'Ferie' });
  for (const key of ['engineer1', 'bench1']) await manager.post(`/schedules/${staffMember(world, key).id}/calendar-feed`);
  yield at(day(world, 22), '17:00');
  const recipients = world.clients.slice(0, 12).map(({ data }) => data.email);
  const body = 'La prossima settimana il banco è aperto solo al mattino. Per le urgenze resta attivo il telefono.';
  await manager.post('/notifications', { channel: 'EMAIL', recipients, subject: 'Orario ridotto', body });
  await manager.post('/announcements', { audience: 'CUSTOMERS', channels: ['IN_APP'], subject: 'Orario ridotto', body });
  yield at(day(world, -2), '10:30');
  const [coming] = world.days.coming.slice(10);
  if (coming !== undefined)
    await manager.post(`/schedules/${staffMember(world, 'bench2').id}/time-off`, { from: coming, to: plusDays(coming, 2) });
  const { data: _data, ...tickets } = {
    data: 0,
    list: await desk.get<readonly { id: string; status: string; customerId: string }[]>('/tickets?pageSize=100'),
  };
  const open = tickets.list.filter(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS');
  const twin = open.find(({ id, customerId }) => open.some((other) => other.id !== id && other.customerId === customerId));
  const other = open.find(({ id, customerId }) => id !== twin?.id && customerId === twin?.customerId);
  if (twin !== undefined && other !== undefined) await desk.post(`/tickets/${twin.id}/links`, { ticketId: other.id, relation: 'CAUSES' });
};

/** Engineers write down what helped. */
export const knowledgeStory = async function* (world: World): Story {
  const engineer = staffMember(world, 'engineer1');
  yield at(day(world, 30), '15:00');
  const cases = [
    [
      'LAPTOP',
      'Lenovo',
      'ThinkPad T14 Gen 3',
      'the trackpad no longer clicks and the bottom is bent',
      'replaced the swollen battery and checked the charging circuit',
      true,
    ],
    [
      'NETWORK',
      'Synology',
      'DS920+',
      'shared folders are gone and the status light is orange',
      'replaced the failed disk and rebuilt the array before any restart',
      true,
    ],
    ['PRINTER', 'Brother', 'HL-L2350DW', 'toner comes off the paper', 'replaced the fuser and cleaned the paper path', false],
  ] as const;
  for (const [category, brand, model, symptom, solution, isPublished] of cases) {
    const text = { device: { category, brand, model }, symptom, solution, minutes: 60, tags: [category.toLowerCase()] };
    const { id } = await engineer.post<{ id: string }>('/knowledge', text);
    if (isPublished) await engineer.post(`/knowledge/${id}/publish`, { public: true });
  }
};
