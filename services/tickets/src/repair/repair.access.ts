import { visibleOr } from '../kernel/held.js';
import { repairNotFound } from './repair.errors.js';

/** The repair, or 404 when the caller may not see it. */
export const visibleTo = visibleOr(repairNotFound);
