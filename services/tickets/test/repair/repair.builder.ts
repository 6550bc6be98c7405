import { expect } from 'chai';
import type { Bench, Person } from '../bench.js';

export interface RepairView {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly customerId: string;
  readonly [field: string]: unknown;
}

/** A sheet as the desk (with `customerId`) or a customer fills it in. */
export const buildRepair = (overrides: Readonly<Record<string, unknown>> = {}) => ({
  device: { category: 'LAPTOP', brand: 'Lenovo', model: 'ThinkPad T14', serialNumber: 'PF-3X9K21' },
  problemDescription: 'Does not start; the light blinks three times.',
  ...overrides,
});

export const opened = async (bench: Bench, by: Person, overrides: Readonly<Record<string, unknown>> = {}): Promise<RepairView> => {
  const { status, body } = await bench.api.post<RepairView>('/repairs', buildRepair(overrides), by);
  expect(status, JSON.stringify(body)).to.equal(201);
  return body.data;
};
