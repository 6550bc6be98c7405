import type { Money } from '@riparo/shared/contracts/money';
import type { Cell, Table } from '@riparo/shared/files/csv';
import type { TechnicianRepairs } from './repair-figures.js';

/** One line per currency: `productionCost,EUR,,7770` in minor units. */
export const moneyLines = (section: string, sums: readonly Money[]): readonly (readonly Cell[])[] =>
  sums.map(({ amount, currency }) => [section, currency, '', amount]);

const TECHNICIAN_COLUMNS = [
  'technicianId',
  'name',
  'processed',
  'completed',
  'refused',
  'medianHours',
] as const satisfies readonly (keyof TechnicianRepairs)[];

export const technicianTable = (technicians: readonly TechnicianRepairs[]): Table => [
  TECHNICIAN_COLUMNS,
  ...technicians.map((row) => TECHNICIAN_COLUMNS.map((column) => row[column])),
];
