import { at, plusDays } from './days.js';
import type { Story } from './play.js';
import { staffMember, type World } from './world.js';

interface Order {
  readonly id: string;
  readonly lines: readonly { readonly id: string }[];
}

/** Parts are ordered, come, are counted, and two run short. */
export const shelfStory = async function* (world: World): Story {
  const desk = staffMember(world, 'desk3');
  const day = (index: number): string => world.days.work.at(index) as string;
  const line = (sku: string, quantity: number, from: string) => ({ partId: world.parts.get(sku), quantity, expectedOn: plusDays(from, 6) });
  yield at(day(15), '10:15');
  const lines = [line('SSD-1T', 6, day(15)), line('RAM-16', 8, day(15))];
  const order = await desk.post<Order>('/purchase-orders', { supplier: 'TecnoLogistica', lines });
  await desk.post(`/purchase-orders/${order.id}/order`);
  yield at(day(19), '11:00');
  const come = order.lines.map(({ id }, index) => ({ lineId: id, quantity: index === 0 ? 6 : 5 }));
  await desk.post(`/purchase-orders/${order.id}/receive`, { lines: come });
  yield at(day(40), '17:30');
  const counts = [
    { partId: world.parts.get('PAS-01'), counted: 13 },
    { partId: world.parts.get('SSD-500'), counted: 29 },
  ];
  await desk.post('/parts/counts', { lines: counts, reason: 'Conta di fine trimestre' });
  yield at(day(-4), '09:40');
  const screens = [line('LCD-IPAD9', 4, day(-4)), line('LCD-IP13', 5, day(-4))];
  const second = await desk.post<Order>('/purchase-orders', { supplier: 'Ricambi Padana', lines: screens });
  await desk.post(`/purchase-orders/${second.id}/order`);
  await desk.post('/purchase-orders', { supplier: 'TecnoLogistica', lines: [line('HDD-4T', 4, day(-4))] });
};
