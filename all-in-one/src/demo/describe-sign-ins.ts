import { ROLES } from '@riparo/shared/contracts/roles';
import type { SignIns } from './fill.js';
import { PASSWORD } from './furnish.js';

/** The first person of each role, as lines of a table. */
export const describeSignIns = (people: SignIns): readonly string[] => {
  const chosen = [...ROLES].reverse().flatMap((role) => people.find((person) => person.role === role) ?? []);
  const rows = [['role', 'name', 'e-mail', 'password'], ...chosen.map(({ role, name, email }) => [role, name, email, PASSWORD])];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    '',
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
  ];
};
