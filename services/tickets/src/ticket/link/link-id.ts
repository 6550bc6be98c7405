import { seededIds } from '@riparo/shared/runtime/ids';
import { pairOf } from './link.js';

/** The same from both sides, so that two who link the same tickets at once meet in one document. */
export const linkIdOf = (left: string, right: string): string => seededIds(`link ${pairOf(left, right).join(' ')}`, new Date(0)).next();
